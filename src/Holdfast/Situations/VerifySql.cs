using Dapper;
using Holdfast.Core.Situations;
using Npgsql;

namespace Holdfast.Situations;

/// <summary>Reads every timeline there is, in one pass and one snapshot.</summary>
internal static class VerifySql
{
    // The body's two copies are both read: pages show the sealed text, searches use the other.
    private const string AllSql = """
        select s.id as situation, s.state, s.level, s.title, s.lead, s.last_seq as lastseq, s.last_hash as lasthash,
          t.seq, t.at, t.who, t.kind, t.body::text as body, t.body_text as bodytext, t.previous_hash as previoushash, t.hash
        from situation s left join timeline_entry t on t.situation_id = s.id
        order by s.id, t.seq
        """;

    private const string StraySql = """
        select t.situation_id as situation, min(t.seq) as seq from timeline_entry t
        where not exists (select from situation s where s.id = t.situation_id) group by t.situation_id order by 1
        """;

    private const string TwinSql = """
        select other.situation_id as situation, other.seq from timeline_entry one
        join timeline_entry other on other.hash = one.hash and other.situation_id <> one.situation_id
        where one.situation_id = @situation and one.seq = @seq limit 1
        """;

    public static IAsyncEnumerable<VerifyRow> AllAsync(NpgsqlTransaction transaction) =>
        transaction.Connection!.QueryUnbufferedAsync<VerifyRow>(AllSql, transaction: transaction);

    /// <summary>Entries whose situation is gone, which the schema forbids.</summary>
    public static async Task<IReadOnlyList<EntryPlace>> StrayAsync(NpgsqlTransaction transaction) =>
        [.. await transaction.Connection!.QueryAsync<EntryPlace>(StraySql, transaction: transaction)];

    /// <summary>Where the very same entry lies in another situation, or null.</summary>
    public static Task<EntryPlace?> TwinAsync(NpgsqlTransaction transaction, SituationId situation, int seq) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<EntryPlace>(TwinSql, new { situation, seq }, transaction);
}

internal sealed record EntryPlace
{
    public SituationId Situation { get; init; }

    public int Seq { get; init; }
}

/// <summary>One entry beside its situation's row; <see cref="Seq"/> is null where a situation has no entry at all.</summary>
internal sealed record VerifyRow
{
    public SituationId Situation { get; init; }

    public string State { get; init; } = "";

    public short Level { get; init; }

    public string Title { get; init; } = "";

    public Guid? Lead { get; init; }

    public int LastSeq { get; init; }

    public byte[] LastHash { get; init; } = [];

    public int? Seq { get; init; }

    public DateTimeOffset At { get; init; }

    public string Who { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Body { get; init; } = "";

    public string BodyText { get; init; } = "";

    public byte[] PreviousHash { get; init; } = [];

    public byte[] Hash { get; init; } = [];

    public StoredEntry Entry() => new(Situation, Seq ?? 0, At, Who, Kind, BodyText, PreviousHash, Hash);
}
