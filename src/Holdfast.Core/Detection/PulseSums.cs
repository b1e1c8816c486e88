namespace Holdfast.Core.Detection;

/// <summary>One metric of a pulse over a stretch of minutes, made so that the count of any window costs two look-ups.</summary>
internal sealed class PulseSums
{
    private readonly DateTimeOffset _from;
    private readonly long[] _before;
    private readonly List<(int Minute, IReadOnlyList<int> Authors)> _authors = [];

    /// <param name="stretch">Minutes outside are left out.</param>
    public PulseSums(Pulse pulse, Metric metric, MinuteSpan stretch)
    {
        _from = stretch.From;
        _before = new long[stretch.Count + 1];
        foreach (var minute in pulse.Minutes)
        {
            if (minute.Minute >= stretch.From && minute.Minute <= stretch.To && minute.Count(metric) is > 0 and var count)
            {
                var index = Index(minute.Minute);
                _before[index + 1] += count;
                _authors.Add((index, minute.AuthorsOf(metric)));
            }
        }

        _authors.Sort((a, b) => a.Minute.CompareTo(b.Minute));
        for (var index = 1; index < _before.Length; index++)
        {
            _before[index] += _before[index - 1];
        }
    }

    public bool Empty => _authors.Count == 0;

    public int Index(DateTimeOffset minute) => Minutes.Between(_from, minute);

    public DateTimeOffset Minute(int index) => _from.AddMinutes(index);

    /// <summary>The count of the window of <paramref name="length"/> minutes that ends with the minute <paramref name="end"/>.</summary>
    public long Count(int end, int length) => _before[end + 1] - _before[Math.Max(0, end + 1 - length)];

    public int People(int end, int length)
    {
        var people = new HashSet<int>();
        foreach (var (minute, authors) in _authors)
        {
            if (minute > end - length && minute <= end)
            {
                people.UnionWith(authors);
            }
        }

        return people.Count;
    }
}
