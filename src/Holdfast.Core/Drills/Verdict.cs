namespace Holdfast.Core.Drills;

/// <summary>What people have said of a stretch of history. Names are stored.</summary>
public enum Verdict
{
    /// <summary>Something was the matter: an alarm was right.</summary>
    Real,

    /// <summary>Nothing was: an alarm was false.</summary>
    FalseAlarm,
}

/// <summary>A stretch of event time and what people say of it: a mark on a back-test, or a situation's end.</summary>
/// <param name="BeganAt">When it really began; null where nobody said.</param>
public sealed record MarkedStretch(DateTimeOffset From, DateTimeOffset To, Verdict Verdict, DateTimeOffset? BeganAt = null);

/// <summary>How many of the alarms were right, by what people have marked.</summary>
/// <param name="Unmarked">Nobody has said yet.</param>
/// <param name="Days">The length of the history.</param>
public sealed record AlarmCount(int Real, int False, int Unmarked, double Days)
{
    /// <summary>A month of the year, on average.</summary>
    public const double DaysInAMonth = 365.25 / 12;

    /// <summary>Our own choice: a rate a month from less than a month is a guess, and said to be one.</summary>
    public const double EnoughDays = 28;

    public bool IsGuess => Days < EnoughDays;

    public double FalseAMonth => AMonth(False);

    /// <summary>If all that nobody has marked were false: the rate is not higher than this.</summary>
    public double AtMostFalseAMonth => AMonth(False + Unmarked);

    public static AlarmCount Of(IEnumerable<ForeseenSituation> alarms, IReadOnlyList<MarkedStretch> marks, double days)
    {
        var (real, @false, unmarked) = (0, 0, 0);
        foreach (var alarm in alarms)
        {
            switch (Of(alarm, marks))
            {
                case Verdict.Real:
                    real++;
                    break;
                case Verdict.FalseAlarm:
                    @false++;
                    break;
                default:
                    unmarked++;
                    break;
            }
        }

        return new(real, @false, unmarked, days);
    }

    /// <summary>An alarm that touches something real was right, whatever else was the matter then.</summary>
    public static Verdict? Of(ForeseenSituation alarm, IReadOnlyList<MarkedStretch> marks)
    {
        var said = marks.Where(mark => alarm.Overlaps(mark.From, mark.To)).Select(mark => (Verdict?)mark.Verdict).ToList();
        return said.Contains(Verdict.Real) ? Verdict.Real : said.FirstOrDefault();
    }

    private double AMonth(int count) => count / Math.Max(Days, 1) * DaysInAMonth;
}
