using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>What detection reads: what is due, and the pulse and mentions of a stretch.</summary>
internal static class DetectionSql
{
    private const string Waiting = """
        select brand_id from detection_due group by brand_id order by min(id) limit @most
        """;

    private const string LockKey = "hashtextextended('detection of ' || @brand::text, 0)";

    // One node looks at a brand at a time; whoever does not get the lock leaves the rows to the one who has it.
    private const string Due = $"""
        select id, from_minute, to_minute from detection_due
        where brand_id = @brand and pg_try_advisory_xact_lock({LockKey})
        order by id limit @most
        """;

    private const string Lock = $"select pg_advisory_xact_lock({LockKey})";

    private const string Done = "delete from detection_due where id = any(@ids)";

    // The same that Mentions reads, for whom it is about; a complaint is one of them.
    private const string Complaining = """
        select count(*) from (
          select distinct author from mention m
          where brand_id = @brand and at >= @from and at < @to
            and not spreads and about and (class < 0 or intent in (2, 4, 5, 6) or risk > 0)
          limit @enough) people
        """;

    private const string Brand = """
        select b.id, b.name, b.handles, b.languages, b.time_zone, b.quiet_from, b.quiet_to,
               p.id as plan, case when p.id is distinct from @known then p.document ->> 'rules' end as rules
        from brand b
        left join lateral (
          select id, document from plan
          where brand_id = b.id and in_force_from <= @now order by in_force_from desc, version desc limit 1) p on true
        where b.id = @brand
        """;

    private const string Pulses = """
        select p.monitor_id, p.minute, p.mentions, p.negative, p.reach, p.authors, p.negative_authors
        from pulse p join monitor m on m.id = p.monitor_id
        where m.brand_id = @brand and m.retired_at is null and p.minute >= @from and p.minute <= @to
        """;

    // Everything that a rule can count, and nothing else: most posts are neither complaints nor risks.
    // The numbers of the classes and intents are those of Core; a test keeps them equal.
    private const string Mentions = """
        select m.post_id, m.monitors, m.at, m.network, m.author, m.reach, m.language, m.sentiment, m.class, m.intent, m.risk,
               m.about, m.voice, p.text, p.handle, p.followers, t.id as topic, t.together, t.apart
        from mention m join post p on p.id = m.post_id
        left join lateral (
          select t.id, t.together, t.apart from topic_post tp join topic t on t.id = tp.topic_id
          where tp.post_id = m.post_id and t.brand_id = m.brand_id and (t.together or t.apart <> '{}') limit 1) t on true
        where m.brand_id = @brand and m.at >= @from and m.at < @to
          and not m.spreads and m.about and (m.class < 0 or m.intent in (2, 4, 5, 6) or m.risk > 0)
        order by m.at desc, m.post_id desc limit @most
        """;

    private const string Hours = """
        select date_trunc('hour', minute, 'UTC') as hour,
               sum(case @metric when 0 then negative when 1 then mentions else reach end)::float8 as count
        from pulse where monitor_id = @monitor and minute >= @from and minute < @to
        group by 1
        """;

    private const string Networks = """
        select date_trunc('hour', at, 'UTC') as hour, network, count(*) as complaints
        from mention
        where brand_id = @brand and at >= @from and at < @to and class < 0 and not spreads and about
        group by 1, 2
        """;

    private const string Counts = """
        select minute, mentions, negative, reach from pulse where monitor_id = @monitor and minute >= @from and minute <= @to
        """;

    private const string Blind = """
        select brand_id, started_at, last_at, peak_at, figures from signal
        where brand_id = any(@brands) and kind = 'Blind' and merged_into is null and last_at >= @from and started_at <= @to
        """;

    private const string FirstMinute = "select min(minute) from pulse where monitor_id = @monitor";

    public static async Task<IReadOnlyList<BrandId>> WaitingAsync(NpgsqlConnection connection, int most, CancellationToken cancel) =>
        [.. await connection.QueryAsync<BrandId>(new CommandDefinition(Waiting, new { most }, cancellationToken: cancel))];

    /// <summary>What waits for the brand, under its lock; nothing where another node has that.</summary>
    public static async Task<IReadOnlyList<DueRow>> DueAsync(NpgsqlTransaction transaction, BrandId brand, int most, CancellationToken cancel) =>
        [.. await transaction.Connection!.QueryAsync<DueRow>(new CommandDefinition(Due, new { brand = brand.Value, most }, transaction, cancellationToken: cancel))];

    public static Task LockAsync(NpgsqlTransaction transaction, BrandId brand, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(Lock, new { brand = brand.Value }, transaction, cancellationToken: cancel));

    public static Task DoneAsync(NpgsqlTransaction transaction, IReadOnlyList<DueRow> due, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(
            new CommandDefinition(Done, new { ids = due.Select(row => row.Id).ToArray() }, transaction, cancellationToken: cancel));

    /// <summary>Whether so many people may have complained in these minutes.</summary>
    public static async Task<bool> MayComplainAsync(NpgsqlTransaction transaction, BrandId brand, MinuteSpan span, int people, CancellationToken cancel) =>
        await transaction.Connection!.ExecuteScalarAsync<int>(new CommandDefinition(
            Complaining, new { brand, from = span.From, to = span.To.AddMinutes(1), enough = people }, transaction, cancellationToken: cancel)) >= people;

    /// <param name="known">The plan whose rules the caller has at hand already.</param>
    public static Task<BrandRow?> BrandAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, BrandId brand, Guid? known, DateTimeOffset now, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<BrandRow>(new CommandDefinition(Brand, new { brand, known, now }, transaction, cancellationToken: cancel));

    public static async Task<IReadOnlyList<Pulse>> PulsesAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, BrandId brand, MinuteSpan span, CancellationToken cancel) =>
        [.. (await connection.QueryAsync<PulseRow>(
                new CommandDefinition(Pulses, new { brand, from = span.From, to = span.To }, transaction, cancellationToken: cancel)))
            .GroupBy(row => row.MonitorId)
            .Select(rows => new Pulse(rows.Key, [.. rows.Select(row => row.ToMinute())]))];

    /// <summary>In order of time; the newest where there are more than <paramref name="most"/>.</summary>
    public static async Task<IReadOnlyList<Mention>> MentionsAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, BrandId brand, MinuteSpan span, int most, CancellationToken cancel)
    {
        var rows = await connection.QueryAsync<MentionRow>(new CommandDefinition(
            Mentions, new { brand, from = span.From, to = span.To.AddMinutes(1), most }, transaction, cancellationToken: cancel));
        var mentions = rows.Select(row => row.ToMention(brand)).ToList();
        mentions.Reverse();
        return mentions;
    }

    public static async Task<IReadOnlyList<NetworkHour>> NetworksAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, BrandId brand, MinuteSpan span, CancellationToken cancel) =>
        [.. await connection.QueryAsync<NetworkHour>(
            new CommandDefinition(Networks, new { brand, from = span.From, to = span.To.AddMinutes(1) }, transaction, cancellationToken: cancel))];

    public static async Task<IReadOnlyList<PulseMinute>> CountsAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, MonitorId monitor, MinuteSpan span, CancellationToken cancel) =>
        [.. (await connection.QueryAsync<PulseRow>(
                new CommandDefinition(Counts, new { monitor, from = span.From, to = span.To }, transaction, cancellationToken: cancel)))
            .Select(row => row.ToMinute())];

    public static async Task<DateTimeOffset?> SinceAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, MonitorId monitor, CancellationToken cancel) =>
        await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition(FirstMinute, new { monitor }, transaction, cancellationToken: cancel)) is { } first
            ? new DateTimeOffset(DateTime.SpecifyKind(first, DateTimeKind.Utc))
            : null;

    public static async Task<UsualWeek?> UsualAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, MonitorId monitor, Metric metric, MinuteSpan span, TimeZoneInfo zone, BlindTimes blind,
        CancellationToken cancel)
    {
        if (await SinceAsync(connection, transaction, monitor, cancel) is not { } first)
        {
            return null;
        }

        var from = span.From.AddDays(-7 * UsualWeek.MaxWeeks).AddHours(-3);
        var hours = await connection.QueryAsync<HourRow>(new CommandDefinition(
            Hours, new { monitor, metric = (int)metric, from, to = span.To }, transaction, cancellationToken: cancel));
        return new(hours.Select(row => (row.Hour, row.Count)), first > from ? first : from, zone, blind);
    }

    public static async Task<BlindTimes> BlindAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, BrandId brand, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        (await BlindAsync(connection, transaction, [brand.Value], from, to, cancel)).GetValueOrDefault(brand.Value, BlindTimes.None);

    /// <summary>When a source of each brand was blind; nothing of those for which none was.</summary>
    public static async Task<IReadOnlyDictionary<Guid, BlindTimes>> BlindAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, Guid[] brands, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        (await connection.QueryAsync<BlindRow>(new CommandDefinition(Blind, new { brands, from, to }, transaction, cancellationToken: cancel)))
            .GroupBy(row => row.BrandId)
            .ToDictionary(rows => rows.Key, rows => BlindTimes.Of(rows.Select(row => row.ToSpan())));

    private sealed record BlindRow
    {
        public Guid BrandId { get; init; }

        public DateTimeOffset StartedAt { get; init; }

        public DateTimeOffset LastAt { get; init; }

        public DateTimeOffset PeakAt { get; init; }

        public string Figures { get; init; } = "[]";

        public MinuteSpan ToSpan() => BlindTimes.Behind(StartedAt, LastAt, PeakAt, Json.Read<Figure[]>(Figures));
    }

    private sealed record HourRow
    {
        public DateTimeOffset Hour { get; init; }

        public double Count { get; init; }
    }
}
