using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Responses;

/// <summary>A wish that a public post be gone.</summary>
public sealed record Deletion
{
    public Guid Id { get; init; }

    public BrandId Brand { get; init; }

    public string BrandName { get; init; } = "";

    public string Zone { get; init; } = "UTC";

    public SituationId? Situation { get; init; }

    public string Snapshot { get; init; } = "";

    public string Reason { get; init; } = "";

    public PersonId AskedBy { get; init; }

    public string? AskedName { get; init; }

    public DateTimeOffset AskedAt { get; init; }

    public string? DecidedName { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public bool? Agreed { get; init; }

    public string? DecisionReason { get; init; }

    public AnsweredPost Post => Json.Read<AnsweredPost>(Snapshot);
}

/// <summary>The rows of wishes to delete; nothing of them is ever taken away.</summary>
internal static class DeletionSql
{
    private const string Columns = """
        select d.id, d.brand_id as brand, b.name as brand_name, b.time_zone as zone, d.situation_id as situation, d.snapshot::text as snapshot, d.reason, d.asked_by,
          a.name as asked_name, d.asked_at, w.name as decided_name, d.decided_at, d.agreed, d.decision_reason
        from deletion d join brand b on b.id = d.brand_id left join person a on a.id = d.asked_by left join person w on w.id = d.decided_by
        """;

    private const string AllSql = Columns + " order by d.decided_at is not null, d.asked_at desc limit 100";
    private const string LockSql = Columns + " where d.id = @id for update of d";

    private const string InsertSql = """
        insert into deletion (id, brand_id, situation_id, post_id, snapshot, reason, asked_by, asked_at)
        values (@id, @brand, @situation, @post, @snapshot::jsonb, @reason, @by, @now)
        """;

    private const string DecideSql = "update deletion set decided_by = @by, decided_at = @now, agreed = @agreed, decision_reason = @reason where id = @id";

    public static async Task<IReadOnlyList<Deletion>> AllAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        (await connection.QueryAsync<Deletion>(new CommandDefinition(AllSql, cancellationToken: cancel))).AsList();

    public static Task<Deletion?> LockAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancel) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<Deletion?>(new CommandDefinition(LockSql, new { id }, transaction, cancellationToken: cancel));

    public static Task InsertAsync(
        NpgsqlTransaction transaction, Guid id, BrandId brand, SituationId? situation, PostId post, string snapshot, string reason, PersonId by, DateTimeOffset now,
        CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            InsertSql, new { id, brand, situation, post, snapshot, reason, by, now }, transaction, cancellationToken: cancel));

    public static Task DecideAsync(NpgsqlTransaction transaction, Guid id, bool agreed, string? reason, PersonId by, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(DecideSql, new { id, agreed, reason, by, now }, transaction, cancellationToken: cancel));
}
