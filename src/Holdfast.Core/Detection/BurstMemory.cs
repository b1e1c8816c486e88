namespace Holdfast.Core.Detection;

/// <summary>
/// The largest burst of each of the last days, and from them how many days one waits for a burst of some size. What is remembered counts
/// less the longer ago it was; a few made-up days stand in until there are real ones.
/// </summary>
internal sealed class BurstMemory
{
    /// <summary>Days kept; what is older weighs less than one part in fifty.</summary>
    private const int MostDays = 56;

    /// <summary>What is remembered weighs by 1/e less after so many days.</summary>
    private const double Memory = 10;

    /// <summary>
    /// How far the sizes of bursts that are alike lie apart, in logarithm: a burst that comes again would be a little larger or smaller. So a
    /// remembered one counts by a half where it is as large, for nearly all where it is larger by more than this, and for little where it is smaller.
    /// </summary>
    private const double Alike = 0.3;

    /// <summary>The made-up days: so many, each with a burst, whose sizes fall off by this.</summary>
    private const double MadeUpDays = 7;
    private const double MadeUpSize = 0.4;

    /// <summary>Posts that a window must be above to be large however quiet it is otherwise.</summary>
    private const double FewPosts = 5;

    private static readonly double DayFade = Math.Exp(-1 / Memory);

    private readonly double[] _largest = new double[MostDays];
    private double _days;
    private double _today;

    /// <summary>
    /// How large a burst is: by the logarithm of what is too much against a usual window of any hour. A burst comes from outside and
    /// does not care for the hour, so ten posts in the dead of night are no more than ten posts at noon.
    /// </summary>
    public static double Size(double excess, double usualWindow) => Math.Log(1 + (excess / (usualWindow + FewPosts)));

    public void Learn(double hoursSeen, double size)
    {
        var day = Math.Floor(hoursSeen / 24);
        if (day > _days)
        {
            _largest[(int)(_days % MostDays)] = _today;
            (_days, _today) = (day, 0);
        }

        _today = Math.Max(_today, size);
    }

    public double DaysBetween(double size, double hoursSeen)
    {
        var days = hoursSeen / 24;
        var larger = MadeUpDays * Math.Exp(-size / MadeUpSize);
        var weight = Math.Exp((_days - days) / Memory);
        for (var day = _days - 1; day >= Math.Max(0, _days - MostDays); day--)
        {
            var less = size - _largest[(int)(day % MostDays)];
            larger += weight / (1 + Math.Exp(less / Alike));
            weight *= DayFade;
        }

        return ((Memory * (1 - Math.Exp(-days / Memory))) + MadeUpDays) / larger;
    }

    public void Copy(StateCopy copy)
    {
        copy.Do(_largest);
        copy.Do(ref _days);
        copy.Do(ref _today);
    }
}
