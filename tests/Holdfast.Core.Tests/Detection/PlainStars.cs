using Holdfast.Core.Detection;
using Holdfast.Core.Listening;

namespace Holdfast.Core.Tests.Detection;

/// <summary>What the rule "same issue" means, as plainly as it can be written: every two posts of every window are compared.</summary>
internal static class PlainStars
{
    public static IReadOnlyList<SignalRun> Runs(SameIssueRule rule, SpreadRule spread, NetworkMix mix, IReadOnlyList<Mention> mentions, MinuteSpan changed)
    {
        var words = new TopicWords(Given.Brand);
        var posts = mentions.Where(SameIssueRule.Complains).Select(mention => new Said(mention, words.Of(mention.Text, mention.Reading.Language))).ToList();
        var findings = new List<Finding>();
        var coordinated = new Dictionary<Said, DateTimeOffset>();
        foreach (var minute in posts.Select(post => post.Minute).Distinct())
        {
            var window = posts.Where(post => post.Minute <= minute && post.Minute > minute - rule.Window).ToList();
            foreach (var post in window.Where(post => post.Minute == minute))
            {
                MarkCopies(post, window, coordinated);
            }

            if (minute >= changed.From && minute < changed.To + rule.Window)
            {
                findings.AddRange(Groups(window, rule.People)
                    .Where(group => group.Posts.Any(post => post.Minute == minute))
                    .SelectMany(group => Findings(rule, spread, mix, posts, minute, group.Posts, group.Cores, coordinated)));
            }
        }

        return SignalRun.Joined(findings.Select(SignalRun.Of));
    }

    private static IEnumerable<(List<Said> Posts, List<Said> Cores)> Groups(List<Said> window, int people)
    {
        var near = window.ToDictionary(post => post, post => window.Where(other => other != post && Alike(post, other)).ToList());
        var left = window.Where(post => near[post].Append(post).Select(one => one.Mention.Author).Distinct().Count() >= people).ToHashSet();
        while (left.Count > 0)
        {
            var (cores, open) = (new List<Said>(), new Stack<Said>([left.First()]));
            left.Remove(open.Peek());
            while (open.TryPop(out var core))
            {
                cores.Add(core);
                foreach (var other in near[core].Where(left.Remove))
                {
                    open.Push(other);
                }
            }

            yield return ([.. cores.SelectMany(core => near[core]).Concat(cores).Distinct()], cores);
        }
    }

    private static IEnumerable<Finding> Findings(
        SameIssueRule rule, SpreadRule spread, NetworkMix mix, List<Said> all, DateTimeOffset minute, List<Said> posts, List<Said> cores, Dictionary<Said, DateTimeOffset> coordinated)
    {
        var people = posts.Select(post => post.Mention.Author).Distinct().Count();
        var made = posts.Where(post => coordinated.TryGetValue(post, out var since) && since <= minute).Select(post => post.Mention.Author).Distinct().Count();
        List<Figure> figures = [new("people", people, "people"), new("limit", rule.People, "people"), new("window", rule.Window.TotalMinutes, "minutes"), new("posts", posts.Count, "posts")];
        figures.AddRange(made == 0 ? [] : [new("coordinated", made, "accounts")]);
        var issue = new Finding(
            Subject.Of(SignalKind.SameIssue, rule), minute, people, figures, [.. posts.Select(post => post.At)], new([.. cores.Select(post => post.At)], TopicName.Words(posts.Select(post => post.Words))));
        yield return issue;

        var reached = posts.GroupBy(post => post.Mention.Network)
            .Select(network => (network.Key, People: network.Select(post => post.Mention.Author).Distinct().Count()))
            .Where(network => network.People >= spread.People)
            .ToList();
        var crowd = all.Where(post => post.Mention.At >= minute - spread.Window && post.Mention.At < minute.AddMinutes(-10)).Select(post => post.Mention.Author).Distinct().Count();
        var news = reached.Where(network => reached.Count > 1 && network.Key != mix.Home(minute))
            .Select(network => (network.People, Usual: mix.Usual(network.Key, Math.Max(crowd, 10), minute)))
            .Where(network => NetworkMix.IsNews(network.People, network.Usual))
            .ToList();
        var (elsewhere, press) = (news.Sum(network => network.People), posts.Count(post => post.Mention.Voice == Voice.Press));
        if (news.Count > 0 || press > 0)
        {
            yield return issue with
            {
                Subject = Subject.Of(SignalKind.Spread, spread),
                Value = elsewhere,
                Figures =
                [
                    new("elsewhere", elsewhere, "people"), new("press", press, "posts"), new("networks", Math.Max(1, reached.Count), "networks"), figures[0],
                    new("usual", Math.Round(news.Sum(network => network.Usual), 1), "people"),
                ],
            };
        }
    }

    private static void MarkCopies(Said post, List<Said> window, Dictionary<Said, DateTimeOffset> coordinated)
    {
        var star = window
            .TakeWhile(other => other != post)
            .Where(other => post.Mention.At - other.Mention.At <= CoordinatedPosting.Within && other.Mention.Network == post.Mention.Network)
            .Where(other => CoordinatedPosting.NearlySame(Shared(post, other), post.Weight, other.Weight))
            .Append(post)
            .ToList();
        if (star.Count >= CoordinatedPosting.MinAccounts && CoordinatedPosting.LooksMade([.. star.Select(one => one.Voiced)]))
        {
            star.ForEach(one => coordinated.TryAdd(one, post.Minute));
        }
    }

    private static bool Alike(Said one, Said other)
    {
        var (mark, others) = (one.Mention.Topic, other.Mention.Topic);
        if (mark is { Together: true } && others is { Together: true } && mark.Topic == others.Topic)
        {
            return true;
        }

        var apart = mark is not null && others is not null && (mark.Apart.Contains(others.Topic) || others.Apart.Contains(mark.Topic));
        var shared = Shared(one, other);
        return !apart && shared >= TopicLinks.MinShared && shared >= TopicLinks.MinAlike * Math.Sqrt((double)one.Weight * other.Weight);
    }

    private static int Shared(Said one, Said other) => one.Words
        .Where(word => !word.IsName || one.Mention.Reading.Language != other.Mention.Reading.Language)
        .Where(word => other.Words.Any(its => its.Stem == word.Stem))
        .Sum(word => word.Weight);

    private sealed class Said(Mention mention, IReadOnlyList<TopicWord> words)
    {
        public Mention Mention { get; } = mention;

        public IReadOnlyList<TopicWord> Words { get; } = words;

        public PostAt At { get; } = new(mention.At, mention.Post);

        public DateTimeOffset Minute { get; } = Minutes.Floor(mention.At);

        public int Weight { get; } = words.Where(word => !word.IsName).Sum(word => word.Weight);

        public VoicedPost Voiced => new(At, Mention.Network, Mention.Author, Mention.Handle, Mention.Followers, Mention.Text, Mention.Reading.Language);
    }
}
