namespace Holdfast.Core.Drills;

/// <summary>The ways in which a bad day comes, and two in which it only seems to.</summary>
public enum CurveFamily
{
    /// <summary>From nothing to its height within minutes.</summary>
    Sudden,

    /// <summary>A little more every hour, for most of a day.</summary>
    SlowBurn,

    /// <summary>Look-alike accounts with the same few sentences, in waves of minutes.</summary>
    Coordinated,

    /// <summary>A campaign that is liked at first, and then turned against its maker.</summary>
    CampaignTurns,

    /// <summary>A disaster elsewhere, beside which the brand's advertising looks heartless.</summary>
    OutsideDisaster,

    /// <summary>A newspaper asks first, the public follows.</summary>
    PressLed,

    /// <summary>Anger about somebody else of the same name: no crisis of the brand.</summary>
    Homonym,

    /// <summary>Everyone speaks of it, gladly: no crisis at all.</summary>
    ViralPraise,
}

/// <summary>An invented history: four ordinary weeks and one event, with the truth about it.</summary>
/// <param name="BeganAt">The event's first post.</param>
/// <param name="EndedAt">Its last.</param>
/// <param name="IsCrisis">Whether somebody should have been woken.</param>
public sealed record Curve(
    CurveFamily Family, int Seed, IReadOnlyList<Listening.Post> Posts, DateTimeOffset From, DateTimeOffset BeganAt, DateTimeOffset EndedAt, bool IsCrisis);

/// <summary>What there is to test rules against before a brand has a history of its own. The same family and seed give the same posts.</summary>
public static class CurveLibrary
{
    /// <summary>Four weeks: from three on a monitor knows what is usual.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromDays(28);

    /// <summary>A Monday midnight, UTC; the event's day and hour are drawn.</summary>
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<CurveFamily> All { get; } = Enum.GetValues<CurveFamily>();

    public static IEnumerable<string> Names => All.Select(Name);

    /// <summary>As it is written on a command line: <c>slow-burn</c>.</summary>
    public static string Name(CurveFamily family) =>
        string.Concat(family.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"-{letter}" : $"{letter}")).ToLowerInvariant();

    public static CurveFamily? Find(string name) => All.Where(family => string.Equals(Name(family), name.Trim(), StringComparison.OrdinalIgnoreCase)).Select(family => (CurveFamily?)family).FirstOrDefault();

    public static Curve Make(CurveFamily family, int seed)
    {
        var people = new InventedPublic(unchecked((ulong)seed * 1_000_003 + (ulong)family));
        var began = Start + Before + TimeSpan.FromMinutes((people.Dice.Below(7) * 1440) + (7 * 60) + people.Dice.Below(14 * 60));
        var posts = new CurveEvent(people, family).Posts(began).OrderBy(post => post.At).ToList();
        var ended = posts[^1].At;
        return new(
            family,
            seed,
            [.. people.Ordinary(Start, ended + TimeSpan.FromHours(12)).Concat(posts).OrderBy(post => post.At)],
            Start,
            posts[0].At,
            ended,
            family is not (CurveFamily.Homonym or CurveFamily.ViralPraise));
    }
}
