using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>Where detection reads from. Live work, back-tests and posts of a file differ in nothing else.</summary>
public interface IHistory
{
    /// <summary>What a rule can count, in order of time; the newest where there are more than <paramref name="most"/>.</summary>
    Task<IReadOnlyList<Mention>> MentionsAsync(MinuteSpan span, int most, CancellationToken cancel);

    Task<IReadOnlyList<Pulse>> PulsesAsync(MinuteSpan span, CancellationToken cancel);

    /// <summary>The monitor's first minute; null while nothing was said.</summary>
    Task<DateTimeOffset?> SinceAsync(MonitorId monitor, CancellationToken cancel);

    /// <summary>The counts of one monitor, without its authors.</summary>
    Task<IReadOnlyList<PulseMinute>> CountsAsync(MonitorId monitor, MinuteSpan span, CancellationToken cancel);

    /// <summary>Complaints by hour and network.</summary>
    Task<IReadOnlyList<NetworkHour>> NetworksAsync(MinuteSpan span, CancellationToken cancel);

    /// <summary>Keeps what was learnt of each monitor's pulse between one look and the next.</summary>
    SpikeWatch Spikes { get; }

    Task<UsualWeek?> UsualAsync(MonitorId monitor, Metric metric, MinuteSpan span, CancellationToken cancel);

    /// <summary>When a source of the brand was blind, as far as a look at these minutes can rest on it.</summary>
    Task<BlindTimes> BlindAsync(MinuteSpan span, CancellationToken cancel);
}

/// <summary>What is stored of a brand.</summary>
internal sealed class StoredHistory(NpgsqlConnection connection, NpgsqlTransaction? transaction, BrandId brand, TimeZoneInfo zone, SpikeWatch spikes) : IHistory
{
    // Every monitor and number of a look asks for the same minutes.
    private readonly Dictionary<MinuteSpan, BlindTimes> _blind = [];

    public SpikeWatch Spikes => spikes;

    public Task<IReadOnlyList<Mention>> MentionsAsync(MinuteSpan span, int most, CancellationToken cancel) =>
        DetectionSql.MentionsAsync(connection, transaction, brand, span, most, cancel);

    public Task<IReadOnlyList<Pulse>> PulsesAsync(MinuteSpan span, CancellationToken cancel) =>
        DetectionSql.PulsesAsync(connection, transaction, brand, span, cancel);

    public Task<IReadOnlyList<PulseMinute>> CountsAsync(MonitorId monitor, MinuteSpan span, CancellationToken cancel) =>
        DetectionSql.CountsAsync(connection, transaction, monitor, span, cancel);

    public Task<IReadOnlyList<NetworkHour>> NetworksAsync(MinuteSpan span, CancellationToken cancel) =>
        DetectionSql.NetworksAsync(connection, transaction, brand, span, cancel);

    public Task<DateTimeOffset?> SinceAsync(MonitorId monitor, CancellationToken cancel) =>
        DetectionSql.SinceAsync(connection, transaction, monitor, cancel);

    public async Task<UsualWeek?> UsualAsync(MonitorId monitor, Metric metric, MinuteSpan span, CancellationToken cancel) =>
        await DetectionSql.UsualAsync(connection, transaction, monitor, metric, span, zone, await BlindAsync(span, cancel), cancel);

    public async Task<BlindTimes> BlindAsync(MinuteSpan span, CancellationToken cancel)
    {
        if (!_blind.TryGetValue(span, out var blind))
        {
            _blind[span] = blind = await DetectionSql.BlindAsync(connection, transaction, brand, SpikeWatch.LearnsFrom(span), span.To, cancel);
        }

        return blind;
    }
}
