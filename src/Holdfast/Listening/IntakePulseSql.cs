using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Listening;

/// <summary>One mention as it is counted for one monitor.</summary>
internal sealed record PulseAddition(MonitorId Monitor, DateTimeOffset Minute, string Network, bool Negative, long Reach, int Author);

/// <summary>A mention that was counted as negative until an older one with the same text arrived.</summary>
internal sealed record PulseRemoval(BrandId Brand, MonitorId Monitor, DateTimeOffset Minute, string Network, string Author);

/// <summary>The statements that keep the pulse.</summary>
internal static class IntakePulseSql
{
    private const string Add = """
        insert into pulse (monitor_id, minute, network, mentions, negative, reach, authors, negative_authors)
        select monitor_id, minute, network, count(*), count(*) filter (where negative), sum(reach),
               array_agg(distinct author), coalesce(array_agg(distinct author) filter (where negative), '{}')
        from unnest(@monitor_id, @minute, @network, @negative, @reach, @author)
          as a (monitor_id, minute, network, negative, reach, author)
        group by monitor_id, minute, network
        order by monitor_id, minute, network
        on conflict (monitor_id, minute, network) do update
        set mentions = pulse.mentions + excluded.mentions,
            negative = pulse.negative + excluded.negative,
            reach = pulse.reach + excluded.reach,
            authors = array(select unnest(pulse.authors) union select unnest(excluded.authors) order by 1),
            negative_authors = array(select unnest(pulse.negative_authors) union select unnest(excluded.negative_authors) order by 1)
        """;

    // An author stays among the negative ones while another negative mention of theirs stands in the same minute.
    private const string Remove = """
        update pulse
        set negative = negative - 1,
            negative_authors = case
                when exists (
                    select 1 from mention m
                    where m.brand_id = @brand and m.at >= @minute and m.at < @minute + interval '1 minute' and m.network = @network
                      and m.author = @author and m.counted_negative and @monitor = any(m.monitors))
                then negative_authors else array_remove(negative_authors, @hash) end
        where monitor_id = @monitor and minute = @minute and network = @network
        """;

    public static async Task AddAsync(NpgsqlTransaction transaction, IReadOnlyList<PulseAddition> additions)
    {
        await using var command = new NpgsqlCommand(Add, transaction.Connection, transaction);
        var add = new ArrayParameters<PulseAddition>(command, additions);
        add.Column("monitor_id", a => a.Monitor.Value);
        add.Column("minute", a => a.Minute);
        add.Column("network", a => a.Network);
        add.Column("negative", a => a.Negative);
        add.Column("reach", a => a.Reach);
        add.Column("author", a => a.Author);
        await command.ExecuteNonQueryAsync();
    }

    public static Task RemoveAsync(NpgsqlTransaction transaction, PulseRemoval removal) =>
        transaction.Connection!.ExecuteAsync(
            Remove,
            new { removal.Brand, removal.Monitor, removal.Minute, removal.Network, removal.Author, hash = IntakeCounting.Hash(removal.Author) },
            transaction);
}
