using Dapper;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Publishing;

/// <summary>A row of a plan that was not kept after all, and why.</summary>
public sealed record PlanLeft(long Line, Refusal Refusal);

/// <summary>A plan's file and how far it is taken in.</summary>
public sealed record PlanFileRow
{
    public Guid Id { get; init; }

    public BrandId Brand { get; init; }

    public byte[] Hash { get; init; } = [];

    public string Name { get; init; } = "";

    public DateTimeOffset ReadAt { get; init; }

    /// <summary>Null: only looked at so far.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    public PersonId? TakenBy { get; init; }

    public string? Wish { get; init; }

    /// <summary>How many rows are to be kept; <see cref="Done"/> of them were dealt with, <see cref="Kept"/> are there.</summary>
    public int Posts { get; init; }

    public int Done { get; init; }

    /// <summary>The line that was dealt with last.</summary>
    public long DoneLine { get; init; }

    public int Kept { get; init; }

    /// <summary>Of those that are there, how many a freeze held as they came.</summary>
    public int Held { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string LeftOut { get; init; } = "[]";

    public IReadOnlyList<PlanLeft> Left => Json.Read<IReadOnlyList<PlanLeft>>(LeftOut);
}

/// <summary>Plans that were looked at, are being taken in, or were.</summary>
internal static class PlanFileSql
{
    /// <summary>Rings when a plan is to be taken in.</summary>
    public const string Topic = "plan-files";

    private const string Columns = """
        select id, brand_id as brand, sha256 as hash, name, read_at, taken_at, taken_by, wish, posts, done, done_line, kept, held, ended_at, left_out::text as left_out from plan_file
        """;

    private const string Find = $"{Columns} where id = @id";
    private const string Recent = $"{Columns} where taken_at is not null order by taken_at desc limit 10";
    private const string Content = "select content from plan_file where id = @id";

    private const string Before = "select max(taken_at) from plan_file where brand_id = @brand and sha256 = @hash and id <> @id";

    private const string Insert = """
        insert into plan_file (id, brand_id, sha256, name, posts, content, read_at) values (@id, @brand, @hash, @name, 0, @content, @now)
        """;

    // Of two presses the second finds it taken.
    private const string Take = """
        update plan_file set taken_at = @now, taken_by = @by, wish = @wish, posts = @posts where id = @id and taken_at is null
        """;

    private const string Lock = $"""
        {Columns} where taken_at is not null and ended_at is null order by taken_at, id limit 1 for update skip locked
        """;

    private const string Step = """
        update plan_file set done = done + 1, done_line = @line, kept = kept + @kept,
          held = held + (exists (select from scheduled_post where set_id = @set and state = 'Held'))::int,
          left_out = case when jsonb_array_length(left_out) < @MostLeft then left_out || @left::jsonb else left_out end
        where id = @id
        """;

    private const string End = "update plan_file set ended_at = @now, content = null where id = @id";
    private const string DeleteUnused = "delete from plan_file where taken_at is null and read_at < @before";

    /// <summary>Of rows that were not kept so many are named; how many there are is counted.</summary>
    private const int MostLeft = 500;

    public static Task<PlanFileRow?> FindAsync(NpgsqlConnection connection, Guid id, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<PlanFileRow?>(new CommandDefinition(Find, new { id }, cancellationToken: cancel));

    public static async Task<IReadOnlyList<PlanFileRow>> RecentAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        (await connection.QueryAsync<PlanFileRow>(new CommandDefinition(Recent, cancellationToken: cancel))).AsList();

    public static Task<byte[]?> ContentAsync(NpgsqlConnection connection, Guid id, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<byte[]?>(new CommandDefinition(Content, new { id }, cancellationToken: cancel));

    public static Task<DateTimeOffset?> BeforeAsync(NpgsqlConnection connection, PlanFileRow file, CancellationToken cancel) =>
        connection.InstantAsync(new CommandDefinition(Before, new { file.Brand, file.Hash, file.Id }, cancellationToken: cancel));

    public static Task InsertAsync(
        NpgsqlConnection connection, Guid id, BrandId brand, byte[] hash, string name, byte[] content, DateTimeOffset now, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition(Insert, new { id, brand, hash, name, content, now }, cancellationToken: cancel));

    public static async Task TakeAsync(NpgsqlTransaction transaction, Guid id, PostWish wish, int posts, PersonId by, DateTimeOffset now, CancellationToken cancel)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(Take, new { id, wish = wish.ToString(), posts, by, now }, transaction, cancellationToken: cancel));
        await Changes.NotifyAsync(transaction, Topic);
    }

    /// <summary>The plan that is to be gone on with; no other node has it until the transaction ends.</summary>
    public static Task<PlanFileRow?> LockAsync(NpgsqlTransaction transaction, CancellationToken cancel) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<PlanFileRow?>(new CommandDefinition(Lock, transaction: transaction, cancellationToken: cancel));

    /// <param name="set">What the row became; none where it was left out.</param>
    public static Task StepAsync(NpgsqlTransaction transaction, Guid id, long line, Guid set, PlanLeft? left, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Step, new { id, line, set, kept = left is null ? 1 : 0, left = Json.Write(left is null ? [] : new[] { left }), MostLeft }, transaction, cancellationToken: cancel));

    public static Task EndAsync(NpgsqlTransaction transaction, Guid id, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(End, new { id, now }, transaction, cancellationToken: cancel));

    public static Task DeleteUnusedAsync(NpgsqlConnection connection, DateTimeOffset before, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition(DeleteUnused, new { before }, cancellationToken: cancel));
}
