using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.Reading;

namespace Holdfast.Detection;

/// <summary>A history that is held in memory: posts of a file, or what was read from the database once to be judged many times.</summary>
internal sealed class ReadHistory : IHistory
{
    private readonly List<Mention> _mentions;
    private readonly Dictionary<MonitorId, List<PulseMinute>> _pulses;
    private readonly TimeZoneInfo _zone;
    private readonly Dictionary<(MonitorId, Metric), UsualWeek?> _usual = [];

    /// <param name="mentions">What a rule can count; brought into order here.</param>
    public ReadHistory(IEnumerable<Mention> mentions, IEnumerable<Pulse> pulses, TimeZoneInfo zone, BlindTimes? blind = null)
    {
        (_zone, Blind) = (zone, blind ?? BlindTimes.None);
        _mentions = [.. mentions];
        _mentions.Sort(static (a, b) => a.At.CompareTo(b.At) is not 0 and var order ? order : a.Post.Value.CompareTo(b.Post.Value));
        _pulses = pulses.GroupBy(pulse => pulse.Monitor).ToDictionary(group => group.Key, group => group.SelectMany(pulse => pulse.Minutes).OrderBy(minute => minute.Minute).ToList());
    }

    /// <summary>The whole of it.</summary>
    public IReadOnlyList<Pulse> Pulses => [.. _pulses.Select(pair => new Pulse(pair.Key, pair.Value))];

    /// <summary>When a source was blind.</summary>
    public BlindTimes Blind { get; }

    /// <summary>What some rule can count; most posts are neither complaints nor risks. The same as is read from the database.</summary>
    public static bool Counts(Mention mention) =>
        mention is { Spreads: false, Reading: { About: true } reading }
        && (reading.Class == SentimentClass.Negative
            || reading.Intent is Intent.Complaint or Intent.HarmReport or Intent.Threat or Intent.FalseClaim
            || reading.Risk is { Credible: true });

    public Task<IReadOnlyList<Mention>> MentionsAsync(MinuteSpan span, int most, CancellationToken cancel)
    {
        var from = Lowest(_mentions, static mention => mention.At, span.From);
        var to = Lowest(_mentions, static mention => mention.At, span.To.AddMinutes(1));
        from = Math.Max(from, to - most);
        return Task.FromResult<IReadOnlyList<Mention>>(_mentions[from..to]);
    }

    public Task<IReadOnlyList<Pulse>> PulsesAsync(MinuteSpan span, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Pulse>>([.. _pulses.Select(pair => new Pulse(pair.Key, Slice(pair.Value, span))).Where(pulse => pulse.Minutes.Count > 0)]);

    public SpikeWatch Spikes { get; } = new();

    public Task<IReadOnlyList<PulseMinute>> CountsAsync(MonitorId monitor, MinuteSpan span, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<PulseMinute>>(_pulses.TryGetValue(monitor, out var minutes) ? Slice(minutes, span) : []);

    public Task<IReadOnlyList<NetworkHour>> NetworksAsync(MinuteSpan span, CancellationToken cancel)
    {
        var from = Lowest(_mentions, static mention => mention.At, span.From);
        var to = Lowest(_mentions, static mention => mention.At, span.To.AddMinutes(1));
        return Task.FromResult<IReadOnlyList<NetworkHour>>([.. _mentions[from..to]
            .Where(mention => mention.Reading.Class == SentimentClass.Negative)
            .GroupBy(mention => (Hour: Hour(mention.At), mention.Network))
            .Select(group => new NetworkHour(group.Key.Hour, group.Key.Network, group.Count()))]);
    }

    public Task<DateTimeOffset?> SinceAsync(MonitorId monitor, CancellationToken cancel) =>
        Task.FromResult(_pulses.TryGetValue(monitor, out var minutes) && minutes.Count > 0 ? minutes[0].Minute : (DateTimeOffset?)null);

    /// <summary>Of the whole history: it looks at nothing younger than the hour it is asked for, so one serves every stretch.</summary>
    public Task<UsualWeek?> UsualAsync(MonitorId monitor, Metric metric, MinuteSpan span, CancellationToken cancel) =>
        Task.FromResult(Usual(monitor, metric));

    public Task<BlindTimes> BlindAsync(MinuteSpan span, CancellationToken cancel) => Task.FromResult(Blind);

    public UsualWeek? Usual(MonitorId monitor, Metric metric)
    {
        if (!_usual.TryGetValue((monitor, metric), out var usual))
        {
            usual = _pulses.TryGetValue(monitor, out var minutes) && minutes.Count > 0
                ? new UsualWeek(minutes.GroupBy(static minute => Hour(minute.Minute)).Select(hour => (hour.Key, (double)hour.Sum(minute => minute.Count(metric)))), minutes[0].Minute, _zone, Blind)
                : null;
            _usual.Add((monitor, metric), usual);
        }

        return usual;
    }

    private static DateTimeOffset Hour(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private static List<PulseMinute> Slice(List<PulseMinute> minutes, MinuteSpan span)
    {
        var from = Lowest(minutes, static minute => minute.Minute, span.From);
        return minutes[from..Lowest(minutes, static minute => minute.Minute, span.To.AddMinutes(1))];
    }

    /// <summary>The index of the first that is not before the instant.</summary>
    private static int Lowest<T>(List<T> sorted, Func<T, DateTimeOffset> at, DateTimeOffset instant)
    {
        var (low, high) = (0, sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = at(sorted[middle]) < instant ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
