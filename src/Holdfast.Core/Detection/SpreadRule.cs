using Holdfast.Core.Listening;

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

    /// <param name="issues">The findings of the same issue in the minutes that are looked at.</param>
    /// <param name="mentions">Those the findings were made of.</param>
    public IEnumerable<Finding> Evaluate(IEnumerable<Finding> issues, IReadOnlyList<Mention> mentions)
    {
        var subject = Subject.Of(SignalKind.Spread, this);
        var byPost = new Dictionary<PostId, Mention>();
        foreach (var mention in mentions)
        {
            byPost[mention.Post] = mention;
        }

        foreach (var issue in issues)
        {
            var people = issue.Posts.Select(post => byPost[post.Post]).ToLookup(mention => mention.Network, mention => mention.Author);
            var networks = people.Select(network => network.Distinct().Count()).OrderDescending().ToList();
            var (elsewhere, reached) = (networks.Skip(1).Sum(), networks.Count(count => count >= People));
            var press = issue.Posts.Count(post => byPost[post.Post].Voice is Voice.Press);
            if (reached >= 2 || press > 0)
            {
                yield return issue with
                {
                    Subject = subject,
                    Value = elsewhere + press,
                    Figures = [new("networks", Math.Max(reached, 1), "networks"), new("elsewhere", elsewhere, "people"), new("press", press, "posts"), issue.Figures[0]],
                };
            }
        }
    }
}
