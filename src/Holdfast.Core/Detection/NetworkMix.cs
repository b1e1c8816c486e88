namespace Holdfast.Core.Detection;

/// <summary>Complaints of a brand in an hour on a network.</summary>
public readonly record struct NetworkHour(DateTimeOffset Hour, string Network, long Complaints);

/// <summary>
/// Where a brand is usually complained about: what is said on two networks every day is no news on the second. It looks at the week before the
/// last whole hour, so that late posts change nothing.
/// </summary>
public sealed class NetworkMix(IReadOnlyList<NetworkHour> hours)
{
    public static readonly TimeSpan Remembers = TimeSpan.FromDays(7);

    /// <summary>Our own choice: as many people as there are, or more, come about by the usual mixture once in two hundred looks.</summary>
    private const double Chance = 0.005;

    private readonly Dictionary<DateTimeOffset, Dictionary<string, long>> _known = [];

    public static NetworkMix Unknown { get; } = new([]);

    /// <summary>The network on which most is said; null where nothing is known.</summary>
    public string? Home(DateTimeOffset at) =>
        Week(at) is { Count: > 0 } week ? week.OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).First().Key : null;

    /// <summary>How many of a crowd are usually on this network; while little is known, half of it.</summary>
    public double Usual(string network, int crowd, DateTimeOffset at)
    {
        var week = Week(at);
        return crowd * (week.GetValueOrDefault(network) + 1.0) / (week.Values.Sum() + 2);
    }

    /// <summary>Whether so many people there are more than the usual mixture brings about: the upper tail of a Poisson distribution.</summary>
    public static bool IsNews(int people, double usual)
    {
        var (term, below) = (Math.Exp(-usual), 0.0);
        for (var count = 0; count < people; count++)
        {
            below += term;
            term *= usual / (count + 1);
        }

        return 1 - below <= Chance;
    }

    private Dictionary<string, long> Week(DateTimeOffset at)
    {
        var to = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour) - TimeSpan.TicksPerHour, TimeSpan.Zero);
        if (!_known.TryGetValue(to, out var week))
        {
            week = hours.Where(one => one.Hour >= to - Remembers && one.Hour < to)
                .GroupBy(one => one.Network)
                .ToDictionary(one => one.Key, one => one.Sum(each => each.Complaints));
            _known.Add(to, week);
        }

        return week;
    }
}
