namespace Holdfast.Core.Detection;

/// <summary>
/// What many people complain about appears on a second network, or the press takes it up: one level up, at most 4 (BEHAVIOUR 3.6).
/// It looks at what <see cref="SameIssueRule"/> finds; where that is off, it has nothing to look at.
/// </summary>
/// <param name="Level">What it asks for: one above the level of the issue, unless the user chose another.</param>
/// <param name="People">Different people on the second network.</param>
public sealed partial record SpreadRule(string Name, Level Level, int People, TimeSpan Window, bool Shadow = false, bool Off = false) : IRule
{
    /// <summary>Our own choice: one person with two accounts is no second network.</summary>
    public const int DefaultPeople = 2;

    public static SpreadRule Default { get; } = new("spread", Level.Four, DefaultPeople, SameIssueRule.DefaultWindow);

    internal IEnumerable<SignalRun> Evaluate(IssueLook look) => look.Runs(Subject.Of(SignalKind.Spread, this), look.Groups.SelectMany(Spreads));

    private IEnumerable<TopicFinding> Spreads(TopicGroup group)
    {
        var (elsewhere, reached) = (group.Networks.Skip(1).Sum(), group.Networks.Count(people => people >= People));
        if (reached >= 2 || group.Press > 0)
        {
            yield return new(
                group,
                elsewhere + group.Press,
                [
                    new("networks", Math.Max(reached, 1), "networks"),
                    new("elsewhere", elsewhere, "people"),
                    new("press", group.Press, "posts"),
                    new("people", group.People, "people"),
                ]);
        }
    }
}
