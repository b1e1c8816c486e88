namespace Holdfast.Core.Detection;

/// <summary>What is counted in a window of one monitor.</summary>
public enum Metric
{
    /// <summary>Posts read as negative; reposts and copies are not counted.</summary>
    Negative,

    /// <summary>Every post, reposts and copies too.</summary>
    Mentions,

    /// <summary>The sum of the reach of every post.</summary>
    Reach,
}

/// <summary>
/// How a count is compared. There is no "fewer than": a post that arrives late could take such a signal back,
/// and silence is the business of <see cref="BlindRule"/>.
/// </summary>
public enum Comparison
{
    MoreThan,
    AtLeast,
}

/// <summary>What the number of a threshold means.</summary>
public enum NumberOf
{
    /// <summary>The count itself.</summary>
    Posts,

    /// <summary>A multiple of the monitor's usual count for that hour of the week; nothing fires while that is still being learnt.</summary>
    TimesUsual,
}

/// <summary>A count that is too high in a window, or in each of several windows back to back (BEHAVIOUR 3.1).</summary>
/// <param name="Number">Compared with the count of each window; the last window ends with the minute that is looked at.</param>
/// <param name="WindowsInARow">How many windows, each beginning where the one before ended, must all be over the number.</param>
/// <param name="MinAuthors">Different people in each window, of those whose posts are counted.</param>
/// <param name="AlsoTimesUsual">
/// Besides the number, each count must be over so many times what is usual for that hour, as soon as that is known: a brand that hears
/// a dozen complaints every evening is not in a crisis every evening. Null: the number alone.
/// </param>
public sealed partial record ThresholdRule(
    string Name,
    Level Level,
    Metric Metric,
    Comparison Comparison,
    double Number,
    NumberOf Of,
    TimeSpan Window,
    int WindowsInARow,
    int MinAuthors,
    bool Shadow = false,
    bool Off = false,
    double? AlsoTimesUsual = null) : IPulseRule
{
    /// <summary>BEHAVIOUR 3.1: "more than 5 start assigning mentions to the PR manager". Six in any sixty minutes fire; five do not.</summary>
    public const double AssignNumber = 5;

    /// <summary>BEHAVIOUR 3.1: "more than 10 in each of more than 3 hours in a row". Eleven in each of four hours fire.</summary>
    public const double RollOutNumber = 10;

    /// <summary>
    /// "More than 3 hours in a row" is read as at least four: each of the four hours back to back that end with some minute
    /// has more than ten. Three such hours do not fire, and one hour of ten or fewer between them breaks the row.
    /// </summary>
    public const int RollOutHours = 4;

    /// <summary>
    /// Our own choice: twice what is usual. On a week of complaints about an airline it left the weekend of a storm and the evenings
    /// before anything was known, where the number alone proposed level 4 on every day.
    /// </summary>
    public const double RollOutTimesUsual = 2;

    /// <summary>The specification speaks of mentions in an hour.</summary>
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static ThresholdRule Assign { get; } =
        new("negative-in-an-hour", Level.Two, Metric.Negative, Comparison.MoreThan, AssignNumber, NumberOf.Posts, Hour, 1, 1);

    public static ThresholdRule RollOut { get; } =
        new("negative-for-hours", Level.Four, Metric.Negative, Comparison.MoreThan, RollOutNumber, NumberOf.Posts, Hour, RollOutHours, 1, AlsoTimesUsual: RollOutTimesUsual);

    /// <summary>All the event time that one answer depends on.</summary>
    public TimeSpan Stretch => Window * WindowsInARow;

    /// <summary>Whether anything can be said only with, or differently with, what is usual.</summary>
    public bool AsksForUsual => Of == NumberOf.TimesUsual || AlsoTimesUsual is not null;
}
