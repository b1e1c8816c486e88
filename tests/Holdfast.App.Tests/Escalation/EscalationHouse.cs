using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Escalation;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Escalation;
using Holdfast.Networks.Notices.Mail;
using Holdfast.Responses;
using Holdfast.Situations;
using Holdfast.Testing;
using Holdfast.Testing.Database;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Holdfast.App.Tests.Escalation;

/// <summary>A brand with its plan and people, and everything that pages them, on a real PostgreSQL and a clock moved by hand.</summary>
internal sealed class EscalationHouse
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private EscalationHouse(Store store)
    {
        Store = store;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("PublicUrl", "https://holdfast.example.org")]).Build();
        Settings = EscalationSettings.From(configuration);
        var book = new PageBook(Time);
        var signs = new SignsOfLife(Time);
        var bell = new EscalationBell(new Changes(store, Time, NullLogger<Changes>.Instance), Time);
        var sender = new SmtpSender(TimeProvider.System);
        Mail = new MailSettingsDesk(store, DataProtectionProvider.Create("tests"), sender, Time);
        Desk = new EscalationDesk(store, book, Time);
        Situations = new SituationDesk(store, Desk, new Situations.FreezeCalls(), Time);
        Attempts = new AttemptDesk(store, book, new PublicAddress(new NoServer(), configuration), Settings, [new ResponseLetters()], Time);
        Steps = new EscalationWorker(store, book, bell, signs, Time, NullLogger<EscalationWorker>.Instance);
        Senders = new AttemptWorker(store, Attempts, new PageWays(Mail, sender, store, Time), bell, signs, Time, NullLogger<AttemptWorker>.Instance);
    }

    public Store Store { get; }

    public FakeTime Time { get; } = new(Noon);

    public EscalationSettings Settings { get; }

    public MailSettingsDesk Mail { get; }

    public EscalationDesk Desk { get; }

    public SituationDesk Situations { get; }

    public AttemptDesk Attempts { get; }

    public EscalationWorker Steps { get; }

    public AttemptWorker Senders { get; }

    public BrandId Brand { get; private set; }

    public PersonId Ania { get; private set; }

    public PersonId Marek { get; private set; }

    public PersonId Admin { get; private set; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Ania leads and speaks Polish, Marek is her deputy; the admin is in no plan.</summary>
    public static async Task<EscalationHouse> NewAsync(DatabaseFixture database)
    {
        var house = new EscalationHouse(database.Store);
        await house.ExecuteAsync("truncate attempt, acknowledgement_link, page, outbox, setting, person cascade");
        house.Brand = new BrandId(Ids.New(house.Time));
        await house.ExecuteAsync(
            "insert into brand (id, name, time_zone, created_at) values (@Brand, @name, 'Europe/Warsaw', @Noon)",
            new { house.Brand, name = $"United {house.Brand.Value}", Noon });
        house.Ania = await house.AddPersonAsync("Ania", "Respond", "pl");
        house.Marek = await house.AddPersonAsync("Marek", "Respond", "en");
        house.Admin = await house.AddPersonAsync("Admin", "Administer", "en");
        var plan = CrisisPlan.Template() with
        {
            Duties = [new Duty(DutyKind.Lead, [new DutyHolders(Level.One, house.Ania, [house.Marek])])],
        };
        await house.ExecuteAsync(
            "insert into plan (id, brand_id, version, in_force_from, document, written_at) values (@id, @Brand, 1, @Noon, @plan::jsonb, @Noon)",
            new { id = Ids.New(house.Time), house.Brand, Noon, plan = Json.Write(plan) });
        return house;
    }

    public async Task<SituationId> DeclareAsync(Level level = Level.Three) =>
        (await Situations.DeclareAsync(new Declaration(Brand, "cancelled flights", level, "the hotline is full"), Admin, Cancel)).Value;

    public async Task ActAsync(SituationId situation, Func<Situation, Core.Result<IReadOnlyList<TimelineEvent>>> act) =>
        Assert.True((await Situations.ActAsync(situation, Admin, (state, _) => act(state), Cancel)).Succeeded(out _));

    /// <summary>Everything that is due now, as the workers would do it.</summary>
    public async Task WorkAsync()
    {
        var busy = true;
        while (busy)
        {
            var next = await Steps.TakeDueAsync(Cancel);
            busy = await Senders.SendOneAsync(Cancel) || next <= Time.GetUtcNow();
        }
    }

    public async Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        await WorkAsync();
    }

    public async Task<IReadOnlyList<OutboxRow>> OutboxAsync()
    {
        await using var connection = await Store.OpenAsync(Cancel);
        return [.. (await OutboxSql.NewestAsync(connection, Cancel)).Reverse()];
    }

    public async Task<PageId> PageAsync(SituationId situation)
    {
        await using var connection = await Store.OpenAsync(Cancel);
        return await connection.QuerySingleAsync<PageId>("select id from page where situation_id = @situation order by started_at desc, id desc limit 1", new { situation });
    }

    public async Task<string> StateAsync(SituationId situation) =>
        await ScalarAsync<string>("select state from page where situation_id = @situation order by started_at desc, id desc limit 1", new { situation });

    public async Task<T> ScalarAsync<T>(string sql, object parameters)
    {
        await using var connection = await Store.OpenAsync(Cancel);
        return (await connection.QuerySingleAsync<T>(sql, parameters))!;
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await Store.OpenAsync(Cancel);
        await connection.ExecuteAsync(sql, parameters);
    }

    public async Task<IReadOnlyList<TimelineEvent>> TimelineAsync(SituationId situation)
    {
        await using var connection = await Store.OpenAsync(Cancel);
        return [.. (await TimelineSql.EntriesAsync(connection, situation, Cancel)).Select(entry => entry.Event)];
    }

    public static string LinkIn(string body) =>
        body.Split('\n').Single(line => line.Contains("/a/", StringComparison.Ordinal)).Split("/a/")[1];

    private async Task<PersonId> AddPersonAsync(string name, string permission, string language)
    {
        var id = new PersonId(Ids.New(Time));
        await ExecuteAsync(
            """
            insert into person (id, name, mail, language, time_zone, permission, security_stamp, created_at)
            values (@id, @name, @mail, @language, 'Europe/Warsaw', @permission, '', @Noon)
            """,
            new { id, name, mail = $"{name}-{id.Value:N}@localhost", language, permission, Noon });
        return id;
    }

    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
