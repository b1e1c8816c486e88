using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Plans;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Situations;

/// <summary>Where a signal stands: its situation, and the highest level it asked for there.</summary>
internal sealed record SignalStanding(SituationId Situation, Level Asked);

/// <summary>The statements of acting; what pages show is in RoomSql.</summary>
internal static class SituationSql
{
    // Two detectors of one brand must not open two situations for one storm.
    private const string LockBrandSql = "select pg_advisory_xact_lock(hashtextextended('situation of ' || @brand::text, 0))";

    // The usual case of a storm: the known signal goes on, and nothing is to be written but that it was heard.
    private const string HeardSql = """
        update situation_signal known set heard_at = @now
        from situation s
        where known.signal_id = @signal and s.id = known.situation_id and s.state in ('Candidate', 'Open', 'Contained')
          and known.asked >= @level and s.level >= known.in_force and (@size < 2 or @size < 2 * known.size)
        returning s.id
        """;

    private const string StandingSql = "select situation_id as situation, asked from situation_signal where signal_id = @signal";

    private const string RememberSql = """
        insert into situation_signal (signal_id, situation_id, asked, in_force, size, heard_at)
        values (@signal, @situation, @asked, @inForce, @size, @now)
        on conflict (signal_id) do update
        set situation_id = excluded.situation_id, asked = excluded.asked, in_force = excluded.in_force, size = excluded.size, heard_at = excluded.heard_at
        """;

    private const string InForceSql = """
        update situation_signal known set in_force = given.in_force
        from unnest(@signals, @levels) as given (signal_id, in_force)
        where known.signal_id = given.signal_id and known.situation_id = @situation and known.in_force <> given.in_force
        """;

    private const string HeardTimesSql = "select signal_id as signal, heard_at as at from situation_signal where situation_id = @situation";

    private const string MergedIntoSql = """
        with recursive way (id, merged_into) as (
          select id, merged_into from situation where id = @id
          union select s.id, s.merged_into from situation s join way on s.id = way.merged_into)
        select id from way where merged_into is null
        """;

    // The situation of this topic, of one merged into it, or into which its situation was merged; the newest first.
    private const string OfTopicSql = """
        with recursive way (id, merged_into, opened_at) as (
          select id, merged_into, opened_at from situation
          where brand_id = @brand and topic_id in (select id from topic where id = @topic or merged_into = @topic union select @topic)
          union select s.id, s.merged_into, way.opened_at from situation s join way on s.id = way.merged_into)
        select s.id from way join situation s on s.id = way.id
        where s.state in ('Candidate', 'Open', 'Contained') order by way.opened_at desc limit 1
        """;

    private const string OfBrandSql = """
        select id from situation
        where brand_id = @brand and state in ('Candidate', 'Open', 'Contained')
          and (cause = 'Blind') = @blind and (not @ruledOnly or (topic_id is null and cause <> 'ByHand'))
        order by state = 'Candidate', level desc, opened_at desc limit 1
        """;

    private const string TopicNameSql = "select name from topic where id = @topic";

    private const string CoolsAtSql = "update situation set cools_at = @coolsAt where id = @id and cools_at is distinct from @coolsAt";

    private const string DueSql = """
        select id from situation
        where (cools_at is not null or confirm_by is not null) and least(cools_at, confirm_by) <= @now
        order by least(cools_at, confirm_by) limit 1 for update skip locked
        """;

    private const string PlanSql = """
        select document from plan where brand_id = @brand and in_force_from <= @now order by in_force_from desc, version desc limit 1
        """;

    public static Task LockBrandAsync(NpgsqlTransaction transaction, BrandId brand, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(Command(LockBrandSql, new { brand = brand.Value }, transaction, cancel));

    /// <summary>Notes that a known signal goes on; null where something more than that may have to be decided.</summary>
    public static async Task<SituationId?> HeardAsync(NpgsqlTransaction transaction, Signal signal, DateTimeOffset now, CancellationToken cancel) =>
        await transaction.Connection!.ExecuteScalarAsync<Guid?>(Command(
            HeardSql, new { signal = signal.Id, level = (int)signal.Level, size = Situation.SizeOf(signal.Figures), now }, transaction, cancel)) is { } id
            ? new SituationId(id)
            : null;

    public static async Task<SignalStanding?> StandingAsync(NpgsqlTransaction transaction, SignalId signal, CancellationToken cancel)
    {
        var row = await transaction.Connection!.QuerySingleOrDefaultAsync<StandingRow>(Command(StandingSql, new { signal }, transaction, cancel));
        return row is null ? null : new SignalStanding(row.Situation, (Level)row.Asked);
    }

    public static Task RememberAsync(
        NpgsqlTransaction transaction, SituationId situation, SignalId signal, StandingSignal standing, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(Command(
            RememberSql,
            new { signal, situation, asked = (int)standing.Asked, inForce = (int)standing.InForce, size = standing.Size, now },
            transaction, cancel));

    /// <summary>A person's word about the level changes what the signals count for.</summary>
    public static Task SetInForceAsync(NpgsqlTransaction transaction, Situation situation, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(Command(
            InForceSql,
            new
            {
                situation = situation.Id,
                signals = situation.Signals.Keys.Select(id => id.Value).ToArray(),
                levels = situation.Signals.Values.Select(signal => (int)signal.InForce).ToArray(),
            },
            transaction, cancel));

    public static async Task<IReadOnlyDictionary<SignalId, DateTimeOffset>> HeardTimesAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, SituationId situation, CancellationToken cancel) =>
        (await connection.QueryAsync<HeardRow>(Command(HeardTimesSql, new { situation }, transaction, cancel))).ToDictionary(row => row.Signal, row => row.At);

    /// <summary>Where a situation went: itself, or what it was merged into in the end.</summary>
    public static async Task<SituationId> FollowAsync(NpgsqlTransaction transaction, SituationId id, CancellationToken cancel) =>
        new(await transaction.Connection!.ExecuteScalarAsync<Guid>(Command(MergedIntoSql, new { id }, transaction, cancel)));

    /// <summary>The live situation that a signal belongs to by its brand and topic, or null.</summary>
    public static async Task<SituationId?> ToJoinAsync(NpgsqlTransaction transaction, Signal signal, CancellationToken cancel)
    {
        Guid? found = null;
        if (signal.Topic is { } topic)
        {
            found = await transaction.Connection!.ExecuteScalarAsync<Guid?>(Command(OfTopicSql, new { brand = signal.Brand, topic }, transaction, cancel));
        }

        found ??= await transaction.Connection!.ExecuteScalarAsync<Guid?>(Command(
            OfBrandSql,
            new { brand = signal.Brand, blind = signal.Kind == SignalKind.Blind, ruledOnly = signal.Topic is not null },
            transaction, cancel));
        return found is { } id ? new SituationId(id) : null;
    }

    /// <summary>What a situation of this signal is called: by its topic, or by the rule.</summary>
    public static async Task<string> TitleAsync(NpgsqlTransaction transaction, Signal signal, CancellationToken cancel) =>
        signal.Topic is { } topic
        && await transaction.Connection!.ExecuteScalarAsync<string?>(Command(TopicNameSql, new { topic }, transaction, cancel)) is { Length: > 0 } name
            ? name
            : signal.Rule;

    public static Task SetCoolsAtAsync(NpgsqlTransaction transaction, SituationId id, DateTimeOffset? coolsAt, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(Command(CoolsAtSql, new { id, coolsAt }, transaction, cancel));

    /// <summary>One situation whose stored deadline has passed and that nobody else is working on; locked.</summary>
    public static async Task<SituationId?> ClaimDueAsync(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancel) =>
        await transaction.Connection!.ExecuteScalarAsync<Guid?>(Command(DueSql, new { now }, transaction, cancel)) is { } id ? new SituationId(id) : null;

    /// <summary>What the brand's plan in force says about situations; the defaults where it has none.</summary>
    public static async Task<SituationRules> RulesAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, BrandId brand, DateTimeOffset now, CancellationToken cancel) =>
        await connection.ExecuteScalarAsync<string?>(Command(PlanSql, new { brand, now }, transaction, cancel)) is { } document
            ? SituationRules.Of(Json.Read<CrisisPlan>(document))
            : SituationRules.Default;

    /// <summary>When each level of the brand's plan in force freezes.</summary>
    public static async Task<Func<Level, FreezeWhen>> FreezesAsync(NpgsqlTransaction transaction, BrandId brand, DateTimeOffset now, CancellationToken cancel)
    {
        var plan = await transaction.Connection!.ExecuteScalarAsync<string?>(Command(PlanSql, new { brand, now }, transaction, cancel)) is { } document
            ? Json.Read<CrisisPlan>(document)
            : CrisisPlan.Template();
        return level => plan.Definition(level) is var definition && definition.ByItself.Contains(LevelAct.Freeze) ? definition.Freeze : FreezeWhen.Never;
    }

    private static CommandDefinition Command(string sql, object parameters, NpgsqlTransaction? transaction, CancellationToken cancel) =>
        new(sql, parameters, transaction, cancellationToken: cancel);

    private sealed record StandingRow
    {
        public SituationId Situation { get; init; }

        public short Asked { get; init; }
    }

    private sealed record HeardRow
    {
        public SignalId Signal { get; init; }

        public DateTimeOffset At { get; init; }
    }
}
