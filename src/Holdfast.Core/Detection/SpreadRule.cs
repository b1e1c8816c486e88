namespace Holdfast.Core.Detection;

/// <summary>
/// What many people complain about appears on a second network, with more people than are usual there, or the press takes it up: one
/// level up, at most 4 (BEHAVIOUR 3.6).
/// It looks at what <see cref="SameIssueRule"/> finds; where that is off, it has nothing to look at.
/// </summary>
/// <param name="Level">What it asks for: one above the level of the issue, unless the user chose another.</param>
/// <param name="People">Different people on the second network.</param>
public sealed partial record SpreadRule(string Name, Level Level, int People, TimeSpan Window, bool Shadow = false, bool Off = false) : IRule
{
    /// <summary>Our own choice: one person with two accounts is no second network.</summary>
    public const int DefaultPeople = 2;

    public static SpreadRule Default { get; } = new("spread", Level.Four, DefaultPeople, SameIssueRule.DefaultWindow);

    internal IEnumerable<SignalRun> Evaluate(IssueLook look, NetworkMix mix)
    {
        var subject = Subject.Of(SignalKind.Spread, this);
        return look.Runs(subject, look.Groups.SelectMany(group => Spreads(group, look.Stars, mix)));
    }

    private IEnumerable<TopicFinding> Spreads(TopicGroup group, TopicStars stars, NetworkMix mix)
    {
        var reached = group.Networks.Where(network => network.People >= People).ToList();
        var news = reached.Count < 2 ? [] : News(reached, group.Minute, stars, mix);
        if (news.Count > 0 || group.Press > 0)
        {
            var elsewhere = news.Sum(network => network.People);
            yield return new(
                group,
                elsewhere,
                [
                    new("elsewhere", elsewhere, "people"),
                    new("press", group.Press, "posts"),
                    new("networks", Math.Max(reached.Count, 1), "networks"),
                    new("people", group.People, "people"),
                    new("usual", Math.Round(news.Sum(network => network.Usual), 1), "people"),
                ]);
        }
    }

    /// <summary>
    /// The networks on which more people say it than the brand's usual mixture explains. The crowd is everyone who complains of anything, as
    /// far as no post can be late any more: so more posts never take back what was said.
    /// </summary>
    private List<(int People, double Usual)> News(
        IReadOnlyList<(string Network, int People)> reached, DateTimeOffset minute, TopicStars stars, NetworkMix mix)
    {
        var crowd = stars.Crowd(minute - Window, minute - SpikeDetector.AllowedLateness);
        var home = mix.Home(minute);
        return [.. reached
            .Where(network => network.Network != home)
            .Select(network => (network.People, Usual: mix.Usual(network.Network, Math.Max(crowd, SameIssueRule.DefaultPeople), minute)))
            .Where(network => NetworkMix.IsNews(network.People, network.Usual))];
    }
}
