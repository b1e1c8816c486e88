namespace Holdfast.Core.Detection;

/// <summary>What is usual for an hour of the week, and the band in which it usually stays.</summary>
/// <param name="Usual">Counted an hour; the median of the weeks before.</param>
/// <param name="Weeks">How many weeks it was learnt from.</param>
/// <param name="Learning">The history is too short to call anything unusual; the values are a first guess.</param>
/// <param name="Days">While learning: how many days the guess was taken from.</param>
public readonly record struct Expected(double Usual, double Low, double High, int Weeks, bool Learning, int Days = 0)
{
    /// <summary>Our own choice: the same hour of three days is no norm to raise an alarm by, but enough to hold one back.</summary>
    public const int EnoughDays = 3;

    public bool IsKnownEnough => !Learning || Days >= EnoughDays;
}

/// <summary>
/// Learns from counts an hour what is usual for each hour of the week in the brand's own time. Uses the median and the median
/// deviation, so that one storm does not become the norm; an hour is compared with the same local hour of the weeks before,
/// its neighbours helping, so that nothing less than six days old is looked at and late posts change no answer. For one thread.
/// </summary>
public sealed class UsualWeek
{
    /// <summary>Our own choice: two months see a season change, and no more.</summary>
    public const int MaxWeeks = 8;

    /// <summary>Our own choice: a median of fewer weeks follows whatever happened last.</summary>
    public const int MinWeeks = 3;

    /// <summary>Makes the median deviation of a normal distribution its standard deviation (1 / Φ⁻¹(3/4)).</summary>
    private const double DeviationScale = 1.4826;

    /// <summary>Our own choice: three standard deviations; about one quiet hour in 700 leaves the band by chance.</summary>
    private const double BandWidth = 3;

    private readonly Dictionary<long, double> _hours;
    private readonly Dictionary<long, Expected> _known = [];
    private readonly long _first;
    private readonly TimeZoneInfo _zone;
    private readonly BlindTimes _blind;

    /// <param name="hours">Counts an hour by the hour's beginning in UTC; an hour that is missing counted nothing.</param>
    /// <param name="first">When listening began; hours before it are unknown, not zero.</param>
    /// <param name="blind">Hours that were blind are unknown too.</param>
    public UsualWeek(IEnumerable<(DateTimeOffset Hour, double Count)> hours, DateTimeOffset first, TimeZoneInfo zone, BlindTimes? blind = null)
    {
        _hours = [];
        foreach (var (hour, count) in hours)
        {
            _hours[Hour(hour)] = _hours.GetValueOrDefault(Hour(hour)) + count;
        }

        _first = Hour(first) + (first.UtcTicks % TimeSpan.TicksPerHour == 0 ? 0 : 1);
        (_zone, _blind) = (zone, blind ?? BlindTimes.None);
    }

    /// <summary>What is usual for the window that ends with this minute: each hour it lies in counts by its share of the window.</summary>
    public Expected Over(DateTimeOffset end, TimeSpan window)
    {
        var sum = new Expected(0, 0, 0, int.MaxValue, false, int.MaxValue);
        var (from, to) = (end.AddMinutes(1) - window, end.AddMinutes(1));
        while (from < to)
        {
            var next = new DateTimeOffset((Hour(from) + 1) * TimeSpan.TicksPerHour, TimeSpan.Zero);
            var hours = ((next < to ? next : to) - from).TotalHours;
            var (usual, low, high, weeks, learning, days) = At(from);
            sum = new(
                sum.Usual + (usual * hours), sum.Low + (low * hours), sum.High + (high * hours),
                Math.Min(sum.Weeks, weeks), sum.Learning || learning, learning ? Math.Min(sum.Days, days) : sum.Days);
            from = next;
        }

        return sum;
    }

    public Expected At(DateTimeOffset at)
    {
        // Zones differ from UTC by quarters of an hour, so within one the answer is the same.
        var quarter = at.UtcTicks / (15 * TimeSpan.TicksPerMinute);
        if (!_known.TryGetValue(quarter, out var known))
        {
            _known.Add(quarter, known = Look(at));
        }

        return known;
    }

    private Expected Look(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, _zone).DateTime;
        var samples = new List<double>(MaxWeeks * 3);
        var weeks = 0;
        for (var week = 1; week <= MaxWeeks; week++)
        {
            var before = samples.Count;
            for (var neighbour = -1; neighbour <= 1; neighbour++)
            {
                Add(samples, local.AddDays(-7 * week).AddHours(neighbour));
            }

            weeks += samples.Count > before ? 1 : 0;
        }

        return weeks >= MinWeeks ? Band(samples, weeks, learning: false) : FirstGuess(local, weeks);
    }

    /// <summary>Until there are weeks enough, the same hour of the days before is better than nothing, and said to be a guess.</summary>
    private Expected FirstGuess(DateTime local, int weeks)
    {
        var samples = new List<double>();
        for (var day = 1; day <= 7 * MinWeeks; day++)
        {
            Add(samples, local.AddDays(-day));
        }

        return samples.Count == 0 ? new(0, 0, 0, 0, Learning: true) : Band(samples, weeks, learning: true) with { Days = samples.Count };
    }

    private void Add(List<double> samples, DateTime local)
    {
        // In the night when the clocks go forward this local hour did not exist; when they go back its first half stands for both.
        if (_zone.IsInvalidTime(local))
        {
            return;
        }

        var offset = _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max() : _zone.GetUtcOffset(local);
        var hour = Hour(new DateTimeOffset(local, offset));
        if (hour >= _first && !_blind.Touch(new(hour * TimeSpan.TicksPerHour, TimeSpan.Zero), TimeSpan.FromHours(1)))
        {
            samples.Add(_hours.GetValueOrDefault(hour));
        }
    }

    private static Expected Band(List<double> samples, int weeks, bool learning)
    {
        var usual = Median(samples);
        var deviation = DeviationScale * Median([.. samples.Select(sample => Math.Abs(sample - usual))]);

        // Counts of independent events vary by the square root of their number even when nothing is going on.
        var width = BandWidth * Math.Max(deviation, Math.Sqrt(Math.Max(usual, 1)));
        return new(usual, Math.Max(0, usual - width), usual + width, weeks, learning);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        var middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    private static long Hour(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerHour;
}
