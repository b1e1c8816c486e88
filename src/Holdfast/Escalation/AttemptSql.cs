using Dapper;
using Holdfast.Core.Escalation;
using Holdfast.Core.People;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Escalation;

/// <summary>An attempt that this node has claimed: nobody else sends it until the lease runs out.</summary>
/// <param name="Fence">Goes up with each claim; who settles with an older one changes nothing.</param>
/// <param name="PossibleRepeat">An earlier claim ended without a word: it may have been sent already.</param>
internal sealed record ClaimedAttempt(Attempt Attempt, PageId? Page, long Fence, bool PossibleRepeat, string MessageId);

/// <summary>The rows of attempts.</summary>
internal static class AttemptSql
{
    private const string InsertSql = """
        insert into attempt (id, page_id, person_id, cause, note, way, address, step, round, due_at, state)
        values (@id, @page, @person, @cause, @note, @way, @address, @step, @round, @dueAt, 'Intent')
        """;

    private const string CancelSql = """
        update attempt set state = 'Void', ended_at = @now, outcome = @why
        where page_id = @page and state = 'Intent'
        """;

    // A retry that still waits says nothing that the new message to the same person does not say.
    private const string SupersedeSql = """
        update attempt set state = 'Void', ended_at = @now, outcome = 'Superseded'
        where page_id = @page and state = 'Intent' and person_id = any(@people)
        """;

    private const string DueSql = """
        select id, page_id as page from attempt
        where (state = 'Intent' and due_at <= @now) or (state = 'Claimed' and lease_until <= @now)
        order by due_at limit 8
        """;

    private const string NextDueSql = """
        select min(case state when 'Intent' then due_at else lease_until end) from attempt where state in ('Intent', 'Claimed')
        """;

    private const string LockDueSql = """
        select id, page_id as page, person_id as person, cause, note, way, address, step, round, tries, fence, state
        from attempt
        where id = @id and ((state = 'Intent' and due_at <= @now) or (state = 'Claimed' and lease_until <= @now))
        for update skip locked
        """;

    private const string ClaimSql = """
        update attempt set state = 'Claimed', claimed_at = @now, lease_until = @until, fence = fence + 1, message_id = @messageId,
          possible_repeat = possible_repeat or @repeat
        where id = @id
        """;

    private const string VoidSql = "update attempt set state = 'Void', ended_at = @now, outcome = @why where id = @id";

    private const string SettleSql = """
        update attempt set state = @state, way = @way, outcome = @outcome, tries = tries + 1,
          ended_at = case when @retryAt::timestamptz is null then @now end, due_at = coalesce(@retryAt, due_at), lease_until = null
        where id = @id and fence = @fence and state = 'Claimed'
        """;

    private const string StandingSql = """
        select step, round, cause,
          case when state in ('Confirmed', 'Unknown') then 'Reached'
            when state = 'Rejected' or tries > 0 then 'Failed' else 'Pending' end as reach
        from attempt where page_id = @page and round >= @round and id <> @id and state <> 'Void'
        """;

    public static async Task InsertAsync(
        NpgsqlTransaction transaction, PageId? page, IReadOnlyList<PlannedAttempt> attempts, string? note, TimeProvider time, CancellationToken cancel)
    {
        foreach (var attempt in attempts)
        {
            await transaction.Connection!.ExecuteAsync(Command(InsertSql, new
            {
                id = new AttemptId(Ids.New(time)),
                page,
                person = attempt.Person,
                cause = attempt.Cause.ToString(),
                note,
                way = attempt.Way.ToString(),
                address = attempt.Address,
                step = attempt.Step,
                round = attempt.Round,
                dueAt = attempt.DueAt,
            }, transaction, cancel));
        }
    }

    public static Task CancelAsync(NpgsqlTransaction transaction, PageId page, string why, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(Command(CancelSql, new { page, why, now }, transaction, cancel));

    public static Task SupersedeAsync(
        NpgsqlTransaction transaction, PageId page, IEnumerable<PersonId> people, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(Command(
            SupersedeSql, new { page, people = people.Select(person => person.Value).ToArray(), now }, transaction, cancel));

    /// <summary>What may be claimed now, longest due first; not locked.</summary>
    public static async Task<IReadOnlyList<DueAttempt>> DueAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancel) =>
        (await connection.QueryAsync<DueAttempt>(Command(DueSql, new { now }, null, cancel))).AsList();

    public static Task<DateTimeOffset?> NextDueAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.InstantAsync(Command(NextDueSql, new { }, null, cancel));

    /// <summary>The attempt, locked; null where another node has it or it is no longer due.</summary>
    public static async Task<LockedAttempt?> LockDueAsync(NpgsqlTransaction transaction, AttemptId id, DateTimeOffset now, CancellationToken cancel) =>
        await transaction.Connection!.QuerySingleOrDefaultAsync<LockedAttempt>(Command(LockDueSql, new { id, now }, transaction, cancel));

    public static Task ClaimAsync(
        NpgsqlTransaction transaction, AttemptId id, string messageId, bool repeat, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(Command(ClaimSql, new { id, messageId, repeat, now, until }, transaction, cancel));

    public static Task VoidAsync(NpgsqlTransaction transaction, AttemptId id, string why, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(Command(VoidSql, new { id, why, now }, transaction, cancel));

    /// <summary>False where the lease ran out meanwhile and another node has the attempt.</summary>
    public static async Task<bool> SettleAsync(
        NpgsqlTransaction transaction, ClaimedAttempt claimed, AttemptState state, PageWay way, string outcome, DateTimeOffset? retryAt, DateTimeOffset now, CancellationToken cancel) =>
        await transaction.Connection!.ExecuteAsync(Command(
            SettleSql,
            new { id = claimed.Attempt.Id, fence = claimed.Fence, state = state.ToString(), way = way.ToString(), outcome, retryAt, now },
            transaction, cancel)) == 1;

    public static async Task<IReadOnlyList<StandingAttempt>> StandingAsync(
        NpgsqlTransaction transaction, PageId page, Attempt attempt, CancellationToken cancel) =>
        [.. (await transaction.Connection!.QueryAsync<StandingRow>(Command(
                StandingSql, new { page, round = attempt.Round, id = attempt.Id }, transaction, cancel)))
            .Select(row => new StandingAttempt(row.Step, row.Round, Enum.Parse<AttemptCause>(row.Cause), Enum.Parse<Reach>(row.Reach)))];

    private static CommandDefinition Command(string sql, object parameters, NpgsqlTransaction? transaction, CancellationToken cancel) =>
        new(sql, parameters, transaction, cancellationToken: cancel);

    private sealed record StandingRow
    {
        public int Step { get; init; }

        public int Round { get; init; }

        public string Cause { get; init; } = "";

        public string Reach { get; init; } = "";
    }
}

/// <summary>An attempt that may be claimed.</summary>
internal sealed record DueAttempt
{
    public AttemptId Id { get; init; }

    public PageId? Page { get; init; }
}

/// <summary>An attempt as it stands under its lock.</summary>
internal sealed record LockedAttempt
{
    public AttemptId Id { get; init; }

    public PageId? Page { get; init; }

    public PersonId Person { get; init; }

    public string Cause { get; init; } = "";

    public string? Note { get; init; }

    public string Way { get; init; } = "";

    public string Address { get; init; } = "";

    public int Step { get; init; }

    public int Round { get; init; }

    public int Tries { get; init; }

    public long Fence { get; init; }

    public string State { get; init; } = "";

    /// <summary>Claimed, and the lease ran out: nobody knows whether it was sent.</summary>
    public bool MayHaveBeenSent => State == nameof(AttemptState.Claimed);

    public Attempt Attempt() => new(Id, Person, Enum.Parse<PageWay>(Way), Address, Step, Round, Enum.Parse<AttemptCause>(Cause), Tries);
}
