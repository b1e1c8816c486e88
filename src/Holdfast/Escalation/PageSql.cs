using Dapper;
using Holdfast.Core.Detection;
using Holdfast.Core.Escalation;
using Holdfast.Core.People;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Escalation;

/// <summary>The rows of pages. Who changes one has locked its situation first, then the page, then its attempts: always in this order.</summary>
internal static class PageSql
{
    private const string Columns = """
        id, level, to_confirm as toconfirm, policy, state, step, round, step_due_at as stepdueat, started_at as startedat, fresh_at as freshat,
        owner, acknowledged_at as acknowledgedat, lapses_at as lapsesat, signals, unreachable, void_reason as voidreason
        """;

    private const string OfSituationSql = $"""
        select {Columns} from page where situation_id = @situation and state <> 'Void' order by started_at desc, id desc limit 1 for update
        """;

    private const string LockSql = $"select {Columns} from page where id = @page for update";
    private const string HoldSql = $"select {Columns} from page where id = @page for share";
    private const string SituationOfSql = "select situation_id from page where id = @page";

    private const string InsertSql = """
        insert into page (id, situation_id, level, to_confirm, policy, state, step, round, step_due_at, started_at, fresh_at, signals, unreachable, void_reason)
        values (@id, @situation, @level, @toConfirm, @policy::jsonb, @state, @step, @round, @stepDueAt, @startedAt, @freshAt, @signals, @unreachable, @voidReason)
        """;

    private const string UpdateSql = """
        update page set level = @level, to_confirm = @toConfirm, policy = @policy::jsonb, state = @state, step = @step, round = @round,
          step_due_at = @stepDueAt, fresh_at = @freshAt, owner = @owner, acknowledged_at = @acknowledgedAt, lapses_at = @lapsesAt,
          signals = @signals, unreachable = @unreachable, void_reason = @voidReason
        where id = @id
        """;

    private const string DueSql = """
        select id as page, situation_id as situation from page
        where (state = 'Running' and step_due_at <= @now) or (state = 'Acknowledged' and lapses_at <= @now)
        order by coalesce(step_due_at, lapses_at) limit 50
        """;

    private const string NextDueSql = """
        select least((select min(step_due_at) from page where state = 'Running'), (select min(lapses_at) from page where state = 'Acknowledged'))
        """;

    // What a person did in the room keeps their acknowledgement alive; what the program wrote does not.
    private const string LastActivitySql = """
        select max(at) from timeline_entry
        where situation_id = @situation and who ~ '^[0-9a-f]{8}-' and at > @since
        """;

    // The newest thing a page is about, in event time; what a person did just now is new whatever the posts are.
    private const string FreshAtSql = """
        select max(case when who ~ '^[0-9a-f]{8}-' then at else (body ->> 'lastAt')::timestamptz end)
        from timeline_entry
        where situation_id = @situation
          and (kind in ('SignalJoined', 'SignalGrew')
            or (who ~ '^[0-9a-f]{8}-' and kind in ('Opened', 'LevelRaised', 'LevelConfirmed', 'Reopened')))
        """;

    /// <summary>The page of a situation that can still grow, locked; null where a new one must be begun.</summary>
    public static async Task<Page?> OfSituationAsync(NpgsqlTransaction transaction, SituationId situation, CancellationToken cancel) =>
        (await transaction.Connection!.QuerySingleOrDefaultAsync<Row>(Command(OfSituationSql, new { situation }, transaction, cancel)))?.Page();

    public static async Task<Page?> LockAsync(NpgsqlTransaction transaction, PageId page, CancellationToken cancel) =>
        (await transaction.Connection!.QuerySingleOrDefaultAsync<Row>(Command(LockSql, new { page }, transaction, cancel)))?.Page();

    /// <summary>The page as it is, kept so until the transaction ends: an acknowledgement waits for it, or it for the acknowledgement.</summary>
    public static async Task<Page?> HoldAsync(NpgsqlTransaction transaction, PageId page, CancellationToken cancel) =>
        (await transaction.Connection!.QuerySingleOrDefaultAsync<Row>(Command(HoldSql, new { page }, transaction, cancel)))?.Page();

    public static async Task<SituationId?> SituationOfAsync(NpgsqlTransaction transaction, PageId page, CancellationToken cancel) =>
        await transaction.Connection!.ExecuteScalarAsync<Guid?>(Command(SituationOfSql, new { page }, transaction, cancel)) is { } id ? new SituationId(id) : null;

    public static Task InsertAsync(NpgsqlTransaction transaction, SituationId situation, Page page, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(Command(InsertSql, Parameters(page, situation), transaction, cancel));

    public static Task UpdateAsync(NpgsqlTransaction transaction, Page page, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(Command(UpdateSql, Parameters(page, null), transaction, cancel));

    /// <summary>Pages with a step or a lapse that is due, longest due first; not locked.</summary>
    public static async Task<IReadOnlyList<DuePage>> DueAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancel) =>
        (await connection.QueryAsync<DuePage>(Command(DueSql, new { now }, null, cancel))).AsList();

    public static Task<DateTimeOffset?> NextDueAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.InstantAsync(Command(NextDueSql, new { }, null, cancel));

    public static Task<DateTimeOffset?> LastActivityAsync(NpgsqlTransaction transaction, SituationId situation, DateTimeOffset since, CancellationToken cancel) =>
        transaction.Connection!.InstantAsync(Command(LastActivitySql, new { situation, since }, transaction, cancel));

    public static Task<DateTimeOffset?> FreshAtAsync(NpgsqlTransaction transaction, SituationId situation, CancellationToken cancel) =>
        transaction.Connection!.InstantAsync(Command(FreshAtSql, new { situation }, transaction, cancel));

    private static object Parameters(Page page, SituationId? situation) => new
    {
        id = page.Id,
        situation,
        level = (int)page.Level,
        toConfirm = page.ToConfirm,
        policy = Json.Write(page.Plan),
        state = page.State.ToString(),
        step = page.Step,
        round = page.Round,
        stepDueAt = page.StepDueAt,
        startedAt = page.StartedAt,
        freshAt = page.FreshAt,
        owner = page.Owner,
        acknowledgedAt = page.AcknowledgedAt,
        lapsesAt = page.LapsesAt,
        signals = page.Signals,
        unreachable = page.Unreachable,
        voidReason = page.VoidReason?.ToString(),
    };

    private static CommandDefinition Command(string sql, object parameters, NpgsqlTransaction? transaction, CancellationToken cancel) =>
        new(sql, parameters, transaction, cancellationToken: cancel);

    private sealed record Row
    {
        public PageId Id { get; init; }

        public short Level { get; init; }

        public bool ToConfirm { get; init; }

        public string Policy { get; init; } = "";

        public string State { get; init; } = "";

        public int Step { get; init; }

        public int Round { get; init; }

        public DateTimeOffset? StepDueAt { get; init; }

        public DateTimeOffset StartedAt { get; init; }

        public DateTimeOffset FreshAt { get; init; }

        public PersonId? Owner { get; init; }

        public DateTimeOffset? AcknowledgedAt { get; init; }

        public DateTimeOffset? LapsesAt { get; init; }

        public int Signals { get; init; }

        public bool Unreachable { get; init; }

        public string? VoidReason { get; init; }

        public Page Page() => new()
        {
            Id = Id,
            Level = (Level)Level,
            ToConfirm = ToConfirm,
            Plan = Json.Read<PagePlan>(Policy),
            State = Enum.Parse<PageState>(State),
            Step = Step,
            Round = Round,
            StepDueAt = StepDueAt,
            StartedAt = StartedAt,
            FreshAt = FreshAt,
            Owner = Owner,
            AcknowledgedAt = AcknowledgedAt,
            LapsesAt = LapsesAt,
            Signals = Signals,
            Unreachable = Unreachable,
            VoidReason = VoidReason is null ? null : Enum.Parse<VoidReason>(VoidReason),
        };
    }
}

/// <summary>A page that has something due, and its situation.</summary>
internal sealed record DuePage
{
    public PageId Page { get; init; }

    public SituationId Situation { get; init; }
}
