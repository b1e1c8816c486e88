using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Escalation;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Mastodon;
using Holdfast.Networks.Social.Practice;
using Holdfast.Publishing;
using Holdfast.Testing;
using Holdfast.Testing.Database;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Holdfast.App.Tests.Publishing;

/// <summary>A brand with an account on a practice network, and everything that sends and freezes, on a real PostgreSQL and a clock moved by hand.</summary>
internal sealed class PublishingHouse : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly NetworkHttp _http = new(TimeProvider.System);

    private PublishingHouse(Store store, PracticeServer? network = null)
    {
        Store = store;
        Network = network ?? new PracticeServer(TimeProvider.System, post => Way(post));
        Settings = new PublishSettings(PublishSettings.DefaultLease, ScheduledPost.Grace, PublishSettings.DefaultAskEvery, null, "here");
        Accounts = new AccountBook(store, DataProtectionProvider.Create("tests"));
        Desk = new PublishDesk(store, Time);
        Posts = new PostDesk(store, Desk, Time);
        Freezes = new FreezeDesk(store, Bell, Time);
        Sending = NewSendDesk();
        Worker = NewWorker(Sending);
        Asker = new ReconcileWorker(Sending, Networks, Accounts, Settings, Bell, new SignsOfLife(Time), Time, NullLogger<ReconcileWorker>.Instance);
    }

    public Store Store { get; }

    public FakeTime Time { get; } = new(Noon);

    public PracticeServer Network { get; }

    /// <summary>How the network treats a request; answers unless a test says otherwise.</summary>
    public Func<PracticePost, PracticeWay> Way { get; set; } = _ => new PracticeWay();

    public PublishSettings Settings { get; }

    public AccountBook Accounts { get; }

    public PublishDesk Desk { get; }

    public PostDesk Posts { get; }

    public ApprovalDesk Approvals => new(Store, Desk, Time);

    public PlanFileDesk Plans => new(Store, Posts, Time);

    public AccountDesk Connecting => new(Store, Networks, Accounts, Time);

    public FreezeDesk Freezes { get; }

    public SendDesk Sending { get; }

    public PublishWorker Worker { get; }

    public ReconcileWorker Asker { get; }

    public BrandId Brand { get; private set; }

    public Account Account { get; private set; } = null!;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Publishers Networks => new([new PracticePublisher(_http), new MastodonPublisher(_http, TimeProvider.System)]);

    private PublishBell Bell => new(new Changes(Store, Time, NullLogger<Changes>.Instance), Time);

    public static async Task<PublishingHouse> NewAsync(DatabaseFixture database)
    {
        var house = new PublishingHouse(database.Store);
        await house.ExecuteAsync("truncate \"freeze\", scheduled_post, account cascade");
        // The timeline cannot be emptied; what an earlier test left open would ask for a second person.
        await house.ExecuteAsync("update situation set state = 'Closed'");
        house.Brand = new BrandId(Ids.New(house.Time));
        await house.ExecuteAsync(
            "insert into brand (id, name, time_zone, created_at) values (@Brand, @name, 'Europe/Warsaw', @Noon)",
            new { house.Brand, name = $"United {house.Brand.Value}", Noon });
        house.Account = await house.AddAccountAsync("united");
        return house;
    }

    /// <summary>The same brand, account and network, in another database.</summary>
    public PublishingHouse In(Store store) => new(store, Network) { Brand = Brand, Account = Account };

    /// <summary>Another node, with the same database and another clock if given.</summary>
    public SendDesk NewSendDesk(TimeProvider? time = null, TimeSpan? tolerance = null) =>
        new(Store, Settings with { ClockTolerance = tolerance, Node = "there" }, time ?? Time, NullLogger<SendDesk>.Instance);

    public PublishWorker NewWorker(SendDesk desk, TimeProvider? time = null) =>
        new(Store, desk, Networks, Accounts, Bell, new SignsOfLife(Time), time ?? Time, NullLogger<PublishWorker>.Instance);

    public async Task<Account> AddAccountAsync(string handle)
    {
        var account = new Account(new AccountId(Ids.New(Time)), Brand, PracticePublisher.Name, Network.Address.GetLeftPart(UriPartial.Authority), handle, handle, AccountState.Connected);
        await ExecuteAsync(
            """
            insert into account (id, brand_id, network, server, network_id, handle, secret, limits, state, connected_at)
            values (@Id, @Brand, @Network, @Server, @NetworkId, @Handle, @secret, '{}', 'Connected', @Noon)
            """,
            new { account.Id, account.Brand, account.Network, account.Server, account.NetworkId, account.Handle, secret = Accounts.Seal("secret"), Noon });
        return account;
    }

    /// <summary>A post that is due <paramref name="after"/> from now.</summary>
    public async Task<ScheduledPost> ScheduleAsync(TimeSpan after = default, Account? account = null, Func<ScheduledPost, ScheduledPost>? with = null)
    {
        var draft = Desk.Draft(account ?? Account, PostPurpose.Planned, "Good morning.");
        return (await Desk.AddAsync(
            with?.Invoke(draft) ?? draft, new PostOptions(), Ids.New(Time), null, (post, gate, now) => PostDecisions.Schedule(post, now + after, gate.InForce, now), Cancel)).Value;
    }

    public async Task<Freeze> FreezeAsync(FreezeScope? scope = null) => (await PlaceAsync(scope)).Freeze;

    /// <summary>Without waiting for what is on its way.</summary>
    public Task<FreezeAnswer> PlaceAsync(FreezeScope? scope = null, Level? level = null) => Store.InRepeatedTransactionAsync(
        transaction => Freezes.PlaceAsync(transaction, new FreezeOrder(scope ?? new FreezeScope.Everything(), "A fire.", level), Someone, Cancel), Cancel);

    public static Actor Someone { get; } = Actor.Of(new PersonId(new Guid(1, 2, 3, new byte[8])));

    public static Actor Another { get; } = Actor.Of(new PersonId(new Guid(3, 2, 1, new byte[8])));

    public async Task<ScheduledPost> PostAsync(ScheduledPost post)
    {
        await using var connection = await Store.OpenAsync(Cancel);
        return (await PublishSql.ReadAsync(connection, post.Id, Cancel))!.Post;
    }

    /// <summary>Works until there is nothing to do.</summary>
    public async Task WorkAsync(PublishWorker? worker = null)
    {
        while (await (worker ?? Worker).WorkAsync(Cancel))
        {
        }
    }

    /// <summary>Until so many wait for the gate.</summary>
    public async Task WaitingAtTheGateAsync(int many = 1)
    {
        await using var connection = await Store.OpenAsync(Cancel);
        while (await connection.ExecuteScalarAsync<long>(
            "select count(*) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())") < many)
        {
            await Task.Delay(10, Cancel);
        }
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await Store.OpenAsync(Cancel);
        await connection.ExecuteAsync(sql, parameters);
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(Cancel);
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    public async ValueTask DisposeAsync()
    {
        await Network.DisposeAsync();
        _http.Dispose();
    }
}
