using Dapper;
using Holdfast.Core.Detection;
using Holdfast.Core.Escalation;
using Holdfast.Core.People;
using Holdfast.Core.Situations;
using Npgsql;

namespace Holdfast.Escalation;

/// <summary>A page as the room shows it.</summary>
internal sealed record SentPage
{
    public PageId Id { get; init; }

    public short LevelNumber { get; init; }

    public string StateName { get; init; } = "";

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? StepDueAt { get; init; }

    public PersonId? Owner { get; init; }

    public string? OwnerName { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public bool Unreachable { get; init; }

    public string? VoidReason { get; init; }

    public Level Level => (Level)LevelNumber;

    public PageState State => Enum.Parse<PageState>(StateName);
}

/// <summary>One message of a page, as the room shows it.</summary>
internal sealed record SentAttempt
{
    public string Name { get; init; } = "";

    public string Way { get; init; } = "";

    public DateTimeOffset At { get; init; }

    public string State { get; init; } = "";

    public string? Outcome { get; init; }

    public bool PossibleRepeat { get; init; }
}

/// <summary>Reads what was sent for a situation.</summary>
internal static class PagesSentSql
{
    private const int MaxAttempts = 30;

    private const string Columns = """
        p.id, p.level as levelnumber, p.state as statename, p.started_at as startedat, p.step_due_at as stepdueat, p.owner, o.name as ownername,
        p.acknowledged_at as acknowledgedat, p.unreachable, p.void_reason as voidreason
        """;

    private const string PageSql = $"select {Columns} from page p left join person o on o.id = p.owner where p.id = @page";

    private const string LatestSql = $"""
        select {Columns} from page p left join person o on o.id = p.owner
        where p.situation_id = @situation order by p.started_at desc, p.id desc limit 1
        """;

    private const string AttemptsSql = """
        select coalesce(person.name, '?') as name, a.way, coalesce(a.ended_at, a.claimed_at, a.due_at) as at, a.state, a.outcome, a.possible_repeat as possiblerepeat
        from attempt a join page p on p.id = a.page_id left join person on person.id = a.person_id
        where p.situation_id = @situation and not (a.state = 'Void' and a.claimed_at is null)
        order by coalesce(a.ended_at, a.claimed_at, a.due_at) desc, a.id desc limit @limit
        """;

    public static Task<SentPage?> PageAsync(NpgsqlConnection connection, PageId page, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<SentPage?>(new CommandDefinition(PageSql, new { page }, cancellationToken: cancel));

    public static Task<SentPage?> LatestAsync(NpgsqlConnection connection, SituationId situation, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<SentPage?>(new CommandDefinition(LatestSql, new { situation }, cancellationToken: cancel));

    public static async Task<IReadOnlyList<SentAttempt>> AttemptsAsync(NpgsqlConnection connection, SituationId situation, CancellationToken cancel) =>
        (await connection.QueryAsync<SentAttempt>(new CommandDefinition(
            AttemptsSql, new { situation, limit = MaxAttempts }, cancellationToken: cancel))).AsList();
}
