namespace Holdfast.Core.Drills;

/// <summary>Two rule sets over the same history.</summary>
/// <param name="OnlyFirst">Situations of the first at whose time the second had none.</param>
public sealed record SideBySide(
    IReadOnlyList<SharedSituation> Both, IReadOnlyList<ForeseenSituation> OnlyFirst, IReadOnlyList<ForeseenSituation> OnlySecond)
{
    /// <summary>Situations that overlap in time are the same event; each is compared with the earliest it overlaps.</summary>
    public static SideBySide Of(IReadOnlyList<ForeseenSituation> first, IReadOnlyList<ForeseenSituation> second)
    {
        var taken = new HashSet<ForeseenSituation>(ReferenceEqualityComparer.Instance);
        var both = new List<SharedSituation>();
        foreach (var one in first)
        {
            if (second.FirstOrDefault(other => one.Overlaps(other.From, other.To) && taken.Add(other)) is { } other)
            {
                both.Add(new(one, other));
            }
        }

        return new(both, Alone(first, second), Alone(second, first));
    }

    private static List<ForeseenSituation> Alone(IReadOnlyList<ForeseenSituation> these, IReadOnlyList<ForeseenSituation> others) =>
        [.. these.Where(one => !others.Any(other => one.Overlaps(other.From, other.To)))];
}

/// <summary>One event that both saw.</summary>
public sealed record SharedSituation(ForeseenSituation First, ForeseenSituation Second)
{
    /// <summary>How much sooner the first opened it; negative where it came later.</summary>
    public TimeSpan Lead => Second.From - First.From;
}
