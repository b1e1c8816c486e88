using Holdfast.Core.Listening;

namespace Holdfast.Core.Detection;

/// <summary>
/// Looks at the minutes in which posts are new, for many monitors, without starting from the beginning each time: for each it keeps a
/// detector that stands just before the newest posts. A detector learns from eight weeks before the week it is asked about, no more, so
/// one that was kept and one that is started again from the stored pulse say the same; and where a source turns out to have been blind in
/// what was learnt, it is started again.
/// </summary>
public sealed class SpikeWatch
{
    /// <summary>Our own choice: minutes alone are mostly empty, and an alarm is no later for it, as an open bucket is looked at while it fills.</summary>
    public static readonly TimeSpan Bucket = TimeSpan.FromMinutes(5);

    /// <summary>A post is in the windows of the buckets that follow for so long.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromHours(6);

    private const int Weeks = 8;

    /// <summary>About 150 MB; beyond it all are dropped and started again from the stored pulse as they are needed.</summary>
    private const int MostKept = 24_576;

    private readonly Dictionary<(MonitorId, Metric), Kept> _kept = [];
    private readonly Lock _lock = new();
    private readonly StateCopy _copy = new();
    private SpikeDetector? _ahead;

    /// <summary>The minutes whose windows hold a post of the changed ones, as far as anything was said.</summary>
    public static MinuteSpan Reached(MinuteSpan changed, Pulse pulse)
    {
        var newest = changed.To;
        foreach (var minute in pulse.Minutes)
        {
            newest = Minutes.Later(newest, minute.Minute);
        }

        return changed with { To = Minutes.Earlier(newest, changed.To + Reach) };
    }

    /// <summary>The first minute whose count is needed to look at these minutes; the counts of all after it are needed too.</summary>
    /// <param name="since">The monitor's first minute.</param>
    public DateTimeOffset Needs(MonitorId monitor, Metric metric, DateTimeOffset since, MinuteSpan span, BlindTimes blind)
    {
        lock (_lock)
        {
            return Earliest(monitor, metric, Parts(span, since), blind);
        }
    }

    /// <summary>The first minute that a look at these minutes can rest on, whatever is kept.</summary>
    public static DateTimeOffset LearnsFrom(MinuteSpan span) => Monday(span.From).AddDays(-7 * Weeks);

    /// <param name="minutes">What was counted since <see cref="Needs"/>; a minute that is missing counted nothing.</param>
    public IReadOnlyList<SpikeLook> Look(
        MonitorId monitor, Metric metric, DateTimeOffset since, MinuteSpan span, TimeZoneInfo zone, IEnumerable<PulseMinute> minutes,
        BlindTimes blind)
    {
        lock (_lock)
        {
            var parts = Parts(span, since).ToList();
            var needs = Earliest(monitor, metric, parts, blind);
            var counts = new double[1 + (int)((Floor(span.To) - needs) / Bucket)];
            foreach (var minute in minutes)
            {
                if (minute.Minute >= needs && (int)((minute.Minute - needs) / Bucket) is var bucket && bucket < counts.Length)
                {
                    counts[bucket] += minute.Count(metric);
                }
            }

            var looks = new List<SpikeLook>();
            foreach (var part in parts)
            {
                looks.AddRange(Look((monitor, metric), part, zone, blind, at => new(counts[(int)((at - needs) / Bucket)], !blind.Touch(at, Bucket))));
            }

            return looks;
        }
    }

    private DateTimeOffset Earliest(MonitorId monitor, Metric metric, IEnumerable<Part> parts, BlindTimes blind) =>
        parts.Min(part => Find(monitor, metric, part, blind)?.Detector.Next ?? part.Anchor);

    private IEnumerable<SpikeLook> Look((MonitorId, Metric) key, Part part, TimeZoneInfo zone, BlindTimes blind, Func<DateTimeOffset, BucketCount> count)
    {
        var kept = Find(key.Item1, key.Item2, part, blind);
        var detector = kept?.Detector ?? new(part.Anchor, Bucket, zone);

        // What is kept stands far enough back that a post as late as is allowed finds it still before itself.
        SpikeTrace.Learn(detector, part.From - (detector.Open * Bucket), count);
        if (!ReferenceEquals(kept?.Blind, blind))
        {
            Keep(key, new(part.Anchor, detector, blind));
        }

        _ahead = _ahead is { } ahead && ReferenceEquals(ahead.Zone, zone) ? ahead : new(part.Anchor, Bucket, zone);
        detector.CopyTo(_ahead, _copy);
        return SpikeTrace.Between(_ahead, part.From, part.Buckets, count);
    }

    /// <summary>The stretches that lie in one week each.</summary>
    private static IEnumerable<Part> Parts(MinuteSpan span, DateTimeOffset since)
    {
        var (first, to) = (Floor(since), Floor(span.To));
        for (var from = Minutes.Later(Floor(span.From), first); from <= to;)
        {
            var monday = Monday(from);
            var end = monday.AddDays(7) - Bucket < to ? monday.AddDays(7) - Bucket : to;
            yield return new(Minutes.Later(monday.AddDays(-7 * Weeks), first), from, 1 + (int)((end - from) / Bucket));
            from = end + Bucket;
        }
    }

    private Kept? Find(MonitorId monitor, Metric metric, Part part, BlindTimes blind) =>
        _kept.TryGetValue((monitor, metric), out var kept) && kept.Anchor == part.Anchor && Before(kept.Detector, part)
            && kept.Blind.SameBetween(part.Anchor, kept.Detector.Next, blind)
            ? kept
            : null;

    private static bool Before(SpikeDetector detector, Part part) =>
        detector.Next == part.Anchor || part.From - detector.Next >= (detector.Open - 1) * Bucket;

    private void Keep((MonitorId, Metric) key, Kept kept)
    {
        if (_kept.Count >= MostKept && !_kept.ContainsKey(key))
        {
            _kept.Clear();
        }

        _kept[key] = kept;
    }

    private static DateTimeOffset Floor(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Bucket.Ticks), TimeSpan.Zero);

    /// <summary>The first day of the calendar was a Monday.</summary>
    private static DateTimeOffset Monday(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % (7 * TimeSpan.TicksPerDay)), TimeSpan.Zero);

    /// <param name="Blind">As it was known when the detector learnt.</param>
    private sealed record Kept(DateTimeOffset Anchor, SpikeDetector Detector, BlindTimes Blind);

    /// <param name="Anchor">Where a detector of this week begins.</param>
    private readonly record struct Part(DateTimeOffset Anchor, DateTimeOffset From, int Buckets);
}
