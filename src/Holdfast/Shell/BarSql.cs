using Dapper;
using Holdfast.Freezing;
using Npgsql;

namespace Holdfast.Shell;

/// <summary>What stands around every page: one statement of several results, so that a page pays one way to the database for it.</summary>
internal static class BarSql
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

    private const string Choices = """
        select 'brand' as kind, id::text as value, name from brand where retired_at is null
        union all select distinct 'network', network, network from account where state <> 'Disconnected'
        union all select 'account', id::text, handle || ' · ' || network from account where state <> 'Disconnected'
        order by 1, 3
        """;

    private const string Due = """
        select count(*) filter (where state = 'Scheduled') as scheduled, count(*) filter (where state = 'Sending') as sending
        from scheduled_post where state in ('Scheduled', 'Sending')
        """;

    private const string BrandOf = "select brand_id from situation where id = @situation";

    private const string All = $"{Unanswered}; {Still}; {FreezeViewSql.StandingSql}; {Choices}; {Due}; {BrandOf}";

    public static async Task<Bar> ReadAsync(NpgsqlConnection connection, Guid? situation, DateTimeOffset now, CancellationToken cancel)
    {
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(All, new { now, situation }, cancellationToken: cancel));
        return new(
            [.. await results.ReadAsync<UnansweredRow>()],
            [.. await results.ReadAsync<StillRow>()],
            [.. await results.ReadAsync<FreezeLine>()],
            [.. await results.ReadAsync<ScopeChoice>()],
            await results.ReadSingleAsync<DueCounts>(),
            situation,
            await results.ReadSingleOrDefaultAsync<Guid?>());
    }

    internal sealed record UnansweredRow(Guid Id, string Title, string Brand);

    internal sealed record StillRow(string Name, DateTimeOffset SeenAt);

    internal sealed record ScopeChoice(string Kind, string Value, string Name);

    internal sealed record DueCounts(long Scheduled, long Sending);
}
