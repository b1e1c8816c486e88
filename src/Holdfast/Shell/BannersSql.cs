using Dapper;
using Npgsql;

namespace Holdfast.Shell;

/// <summary>What everyone must know on every page.</summary>
internal static class BannersSql
{
    /// <summary>Open situations for which everyone was called and nobody answered.</summary>
    private const string Unanswered = """
        select s.id, s.title, b.name as brand
        from situation s
        join brand b on b.id = s.brand_id
        join lateral (select p.state, p.unreachable from page p where p.situation_id = s.id order by p.started_at desc limit 1) run
          on run.state = 'Exhausted' or run.unreachable
        where s.state in ('Candidate', 'Open', 'Contained') and s.merged_into is null
        order by s.level desc, s.opened_at limit 100
        """;

    /// <summary>Duties that no living node does any more.</summary>
    private const string Still = """
        select name, max(seen_at) as seenat from worker
        group by name having max(seen_at) < @now - interval '60 seconds'
        order by name limit 3
        """;

    public static async Task<List<UnansweredRow>> UnansweredAsync(NpgsqlConnection connection) =>
        [.. await connection.QueryAsync<UnansweredRow>(Unanswered)];

    public static async Task<List<StillRow>> StillAsync(NpgsqlConnection connection, DateTimeOffset now) =>
        [.. await connection.QueryAsync<StillRow>(Still, new { now })];

    internal sealed record UnansweredRow(Guid Id, string Title, string Brand);

    internal sealed record StillRow(string Name, DateTimeOffset SeenAt);
}
