using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Holdfast.Publishing;
using Holdfast.Testing;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Publishing;

/// <summary>A brand in Warsaw with two accounts, two people who write for it, and a clock moved by hand.</summary>
internal sealed class PlanningHouse
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private PlanningHouse(Store store)
    {
        Store = store;
        var publish = new PublishDesk(store, Time);
        Posts = new PostDesk(store, publish, Time);
        Approvals = new ApprovalDesk(store, publish, Time);
        Compose = new ComposeDesk(store, new PostPreviewDesk(store), Time);
        Calendar = new CalendarDesk(store, Time);
        Pictures = new MediaDesk(store, Time);
    }

    public Store Store { get; }

    public FakeTime Time { get; } = new(Noon);

    public PostDesk Posts { get; }

    public ApprovalDesk Approvals { get; }

    public ComposeDesk Compose { get; }

    public CalendarDesk Calendar { get; }

    public MediaDesk Pictures { get; }

    public BrandId Brand { get; private set; }

    public PersonId Ania { get; private set; }

    public PersonId Marek { get; private set; }

    public Guid Bluesky { get; private set; }

    public Guid Mastodon { get; private set; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<PlanningHouse> NewAsync(DatabaseFixture database)
    {
        var house = new PlanningHouse(database.Store);
        house.Brand = new BrandId(Ids.New(house.Time));
        await house.ExecuteAsync(
            "insert into brand (id, name, time_zone, languages, created_at) values (@Brand, @name, 'Europe/Warsaw', '{pl}', @Noon)",
            new { house.Brand, name = $"Aurelka {house.Brand.Value}", Noon });
        house.Ania = await house.PersonAsync("Ania");
        house.Marek = await house.PersonAsync("Marek");
        house.Bluesky = await house.AccountAsync("bluesky", 300);
        house.Mastodon = await house.AccountAsync("mastodon", 500);
        return house;
    }

    public PostForm Form(string text, PostWish wish = PostWish.Schedule, string day = "2026-03-10", string time = "09:00", params Guid[] accounts) => new(
        Brand.Value, text, accounts.Length == 0 ? [Bluesky] : accounts, new Dictionary<Guid, string>(), "pl", null, null, [], day, time, null, false, wish);

    public async Task<Guid> AccountAsync(string network, int max, bool needsApproval = false)
    {
        var id = Ids.New(Time);
        await ExecuteAsync(
            """
            insert into account (id, brand_id, network, server, network_id, handle, secret, limits, state, needs_approval, connected_at)
            values (@id, @Brand, @network, 'https://social.example', @handle, @handle, '\x01', @limits::jsonb, 'Connected', @needsApproval, @Noon)
            """,
            new
            {
                id,
                Brand,
                network,
                handle = $"{network}-{id:N}",
                limits = Json.Write(new NetworkLimits(new TextRule(TextCount.Graphemes, max), 2, 1_000, 20, ["image/png"])),
                needsApproval,
                Noon,
            });
        return id;
    }

    public async Task<IReadOnlyList<SetRow>> SetAsync(Guid set)
    {
        await using var connection = await Store.OpenAsync(Cancel);
        return await PostSetSql.OfSetAsync(connection, set, Cancel);
    }

    public async Task<SetRow> OneAsync(Guid set) => Assert.Single(await SetAsync(set));

    public async Task<IReadOnlyList<HistoryRow>> HistoryAsync(Guid set)
    {
        await using var connection = await Store.OpenAsync(Cancel);
        return await PostSetSql.HistoryAsync(connection, set, Cancel);
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await Store.OpenAsync(Cancel);
        await connection.ExecuteAsync(sql, parameters);
    }

    private async Task<PersonId> PersonAsync(string name)
    {
        var id = new PersonId(Ids.New(Time));
        await ExecuteAsync(
            "insert into person (id, name, mail, permission, security_stamp, created_at) values (@id, @name, @mail, 'Command', 's', @Noon)",
            new { id, name, mail = $"{id.Value}@example.org", Noon });
        return id;
    }
}
