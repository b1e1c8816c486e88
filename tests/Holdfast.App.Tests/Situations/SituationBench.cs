using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Situations;
using Holdfast.Testing;
using Holdfast.Testing.Database;
using Npgsql;

namespace Holdfast.App.Tests.Situations;

/// <summary>What a test of situations needs around it: a brand, people, a clock, a desk and what it asked of escalation.</summary>
internal sealed class SituationBench
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private SituationBench(Store store)
    {
        Store = store;
        Desk = new SituationDesk(store, Paged, Frozen, Time);
    }

    public Store Store { get; }

    public FakeTime Time { get; } = new(Noon);

    public PageCalls Paged { get; } = new();

    public FreezeCalls Frozen { get; } = new();

    public SituationDesk Desk { get; }

    public BrandId Brand { get; private set; }

    public PersonId Ania { get; private set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<SituationBench> NewAsync(DatabaseFixture database)
    {
        var bench = new SituationBench(database.Store);
        bench.Brand = await bench.AddBrandAsync();
        bench.Ania = await bench.AddPersonAsync("Ania");
        return bench;
    }

    public async Task<BrandId> AddBrandAsync()
    {
        var id = new BrandId(Ids.New(Time));
        await using var connection = await Store.OpenAsync(Cancel);
        await connection.ExecuteAsync(
            "insert into brand (id, name, created_at) values (@id, @name, @Noon)", new { id, name = $"United {id.Value}", Noon });
        return id;
    }

    public async Task<PersonId> AddPersonAsync(string name)
    {
        var id = new PersonId(Ids.New(Time));
        await using var connection = await Store.OpenAsync(Cancel);
        await connection.ExecuteAsync(
            "insert into person (id, name, mail, permission, security_stamp, created_at) values (@id, @name, @mail, 'Command', 's', @Noon)",
            new { id, name, mail = $"{id.Value}@example.org", Noon });
        return id;
    }

    public async Task<TopicId> AddTopicAsync(string name, TopicId? mergedInto = null)
    {
        var id = new TopicId(Ids.New(Time));
        await using var connection = await Store.OpenAsync(Cancel);
        await connection.ExecuteAsync(
            "insert into topic (id, brand_id, name, terms, first_at, last_at, merged_into) values (@id, @Brand, @name, '{}', @Noon, @Noon, @mergedInto)",
            new { id, Brand, name, Noon, mergedInto });
        return id;
    }

    public Signal Signal(int level, SignalKind kind = SignalKind.SameIssue, TopicId? topic = null, string rule = "same-issue", double size = 10) =>
        new(new SignalId(Ids.New(Time)), Brand, kind, rule, null, topic, null, (Level)level, Noon.AddHours(-1), Noon, [new Figure("people", size, "h")], []);

    public Task<TakenSignal> TakeAsync(Signal signal) =>
        Store.InRepeatedTransactionAsync(t => Desk.TakeAsync(t, signal, Time.GetUtcNow(), Cancel), Cancel);

    public async Task<SituationId> DeclareAsync(int level = 3) =>
        (await Desk.DeclareAsync(new Declaration(Brand, "Flights", (Level)level, "it is on the news"), Ania, Cancel)).Value;

    public Task<Core.Result<Situation>> ActAsync(
        SituationId id, Func<Situation, Core.Result<IReadOnlyList<TimelineEvent>>> decide, PersonId? by = null) =>
        Desk.ActAsync(id, by ?? Ania, (situation, _) => decide(situation), Cancel);

    /// <summary>All that is due, also of other tests in this database.</summary>
    public async Task TakeAllDueAsync()
    {
        while (await Desk.TakeDueAsync(Cancel))
        {
        }
    }

    public async Task<Situation> ReadAsync(SituationId id)
    {
        await using var connection = await Store.OpenAsync(Cancel);
        return (await TimelineSql.ReadAsync(connection, null, id, Cancel)).State;
    }

    public async Task<IReadOnlyList<TimelineEntry>> TimelineAsync(SituationId id)
    {
        await using var connection = await Store.OpenAsync(Cancel);
        return await TimelineSql.EntriesAsync(connection, id, Cancel);
    }

    public async Task<DateTimeOffset?> DeadlineAsync(SituationId id, string column)
    {
        await using var connection = await Store.OpenAsync(Cancel);
        return await connection.ExecuteScalarAsync<DateTimeOffset?>($"select {column} from situation where id = @id", new { id });
    }
}

/// <summary>Writes down what situations ask of escalation.</summary>
internal sealed class PageCalls : IEscalations
{
    private readonly List<string> _calls = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls];
            }
        }
    }

    public Task StartAsync(NpgsqlTransaction transaction, Situation situation, Level level, bool toConfirm, DateTimeOffset now, CancellationToken cancel) =>
        Add($"start {(int)level}{(toConfirm ? " to confirm" : "")}");

    public Task GrowAsync(NpgsqlTransaction transaction, Situation situation, DateTimeOffset now, CancellationToken cancel) => Add("grow");

    public Task VoidAsync(NpgsqlTransaction transaction, SituationId situation, StandDown why, DateTimeOffset now, CancellationToken cancel) =>
        Add($"void {why}");

    private Task Add(string call)
    {
        lock (_calls)
        {
            _calls.Add(call);
        }

        return Task.CompletedTask;
    }
}
