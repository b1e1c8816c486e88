using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Drills;
using Holdfast.Core.People;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>What people have said of a brand's alarms: marks on back-tests, and how situations ended.</summary>
internal static class BacktestMarkSql
{
    private const string Marks = "select from_at, to_at, verdict, began_at from backtest_mark where brand_id = @brand";

    // What somebody worked through to the end was real; what was dismissed as a false alarm or as somebody else's was not.
    private const string Ended = """
        select min(g.started_at) as from_at, max(g.last_at) as to_at, case when s.state = 'Dismissed' then 'FalseAlarm' else 'Real' end as verdict
        from situation s
        join situation_signal x on x.situation_id = s.id
        join signal g on g.id = x.signal_id
        where s.brand_id = @brand and s.merged_into is null and s.cause <> 'Blind'
          and (s.state in ('Resolved', 'Closed')
               or (s.state = 'Dismissed' and exists (
                     select from timeline_entry e
                     where e.situation_id = s.id and e.kind = 'Dismissed' and e.body ->> 'reason' in ('FalseAlarm', 'NotAboutUs'))))
        group by s.id
        """;

    private const string Put = """
        insert into backtest_mark (id, brand_id, from_at, to_at, verdict, marked_by, marked_at)
        values (@id, @brand, @from, @to, @verdict, @by, @now)
        on conflict (brand_id, from_at, to_at) do update set verdict = excluded.verdict, marked_by = excluded.marked_by, marked_at = excluded.marked_at
        """;

    private const string Remove = "delete from backtest_mark where brand_id = @brand and from_at <= @to and to_at >= @from";

    /// <summary>A mark on a back-test is newer than a situation's end and counts instead of it.</summary>
    public static async Task<IReadOnlyList<MarkedStretch>> MarksAsync(NpgsqlConnection connection, BrandId brand, CancellationToken cancel)
    {
        var marks = (await connection.QueryAsync<MarkRow>(new CommandDefinition(Marks, new { brand }, cancellationToken: cancel))).Select(row => row.ToMark()).ToList();
        var ended = (await connection.QueryAsync<MarkRow>(new CommandDefinition(Ended, new { brand }, cancellationToken: cancel))).Select(row => row.ToMark());
        return [.. marks, .. ended.Where(end => !marks.Any(mark => mark.From <= end.To && mark.To >= end.From))];
    }

    /// <summary>Says what a stretch was, instead of whatever was said of it before; null takes it back.</summary>
    public static async Task SetAsync(
        NpgsqlTransaction transaction, Guid id, BrandId brand, DateTimeOffset from, DateTimeOffset to, Verdict? verdict, PersonId by, DateTimeOffset now,
        CancellationToken cancel)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(Remove, new { brand, from, to }, transaction, cancellationToken: cancel));
        if (verdict is { } said)
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                Put, new { id, brand, from, to, verdict = said.ToString(), by, now }, transaction, cancellationToken: cancel));
        }
    }

    private sealed record MarkRow
    {
        public DateTimeOffset FromAt { get; init; }

        public DateTimeOffset ToAt { get; init; }

        public string Verdict { get; init; } = "";

        public DateTimeOffset? BeganAt { get; init; }

        public MarkedStretch ToMark() => new(FromAt, ToAt, Enum.Parse<Verdict>(Verdict), BeganAt);
    }
}
