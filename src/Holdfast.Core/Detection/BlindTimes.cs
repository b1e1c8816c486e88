namespace Holdfast.Core.Detection;

/// <summary>When a source of a brand was blind: what was counted then may be less than what was said.</summary>
public sealed class BlindTimes
{
    /// <summary>
    /// Our own choice: a source that is dead for longer is no gap but a change. Without it the rest would never be learnt, and a brand
    /// with one source that nobody mends would have no norm.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3);

    private readonly (DateTimeOffset From, DateTimeOffset To)[] _stretches;

    private BlindTimes((DateTimeOffset From, DateTimeOffset To)[] stretches) => _stretches = stretches;

    public static BlindTimes None { get; } = new([]);

    /// <param name="stretches">Of any source, in any order; the last minute is within.</param>
    public static BlindTimes Of(IEnumerable<MinuteSpan> stretches)
    {
        var joined = new List<(DateTimeOffset From, DateTimeOffset To)>();
        foreach (var stretch in stretches.OrderBy(stretch => stretch.From))
        {
            var to = Minutes.Earlier(stretch.To, stretch.From + Longest).AddMinutes(1);
            if (joined.Count > 0 && stretch.From <= joined[^1].To)
            {
                joined[^1] = joined[^1] with { To = Minutes.Later(to, joined[^1].To) };
            }
            else
            {
                joined.Add((stretch.From, to));
            }
        }

        return joined.Count == 0 ? None : new([.. joined]);
    }

    /// <summary>
    /// When the source of this signal was blind. A silence that is odd by the norm began with the last post; a source that fails, or that broke a
    /// promise, was believed until the signal.
    /// </summary>
    /// <param name="peakAt">When the silence was longest; <paramref name="figures"/> are of then.</param>
    public static MinuteSpan Behind(DateTimeOffset startedAt, DateTimeOffset lastAt, DateTimeOffset peakAt, IReadOnlyList<Figure> figures)
    {
        var odd = figures.Any(figure => figure.Name == BlindRule.Missed);
        var silent = figures.FirstOrDefault(figure => figure.Name == BlindRule.Silent)?.Value ?? 0;
        return MinuteSpan.Of(odd ? Minutes.Earlier(startedAt, peakAt.AddMinutes(-silent)) : startedAt, lastAt);
    }

    /// <summary>Whether any of this time was blind.</summary>
    public bool Touch(DateTimeOffset from, TimeSpan length)
    {
        var (low, high) = (0, _stretches.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _stretches[middle].To <= from ? (middle + 1, high) : (low, middle);
        }

        return low < _stretches.Length && _stretches[low].From < from + length;
    }

    /// <summary>Whether both say the same of this time.</summary>
    public bool SameBetween(DateTimeOffset from, DateTimeOffset to, BlindTimes other) =>
        ReferenceEquals(this, other) || Between(from, to).SequenceEqual(other.Between(from, to));

    /// <summary>The stretches of this time.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Between(DateTimeOffset from, DateTimeOffset to) =>
        _stretches.Where(each => each.To > from && each.From < to).Select(each => (Minutes.Later(each.From, from), Minutes.Earlier(each.To, to)));
}
