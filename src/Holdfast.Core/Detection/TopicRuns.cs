namespace Holdfast.Core.Detection;

/// <summary>A rule holds for a group in the window that ends with its minute.</summary>
/// <param name="Value">How strongly.</param>
internal sealed record TopicFinding(TopicGroup Group, double Value, IReadOnlyList<Figure> Figures)
{
    public Finding Of(Subject subject, TopicStars stars) =>
        new(subject, Group.Minute, Value, Figures, [.. Group.Posts.Select(stars.Post)], stars.Topic(Group));
}

/// <summary>
/// Joins the findings of minute after minute into runs. They are the runs that <see cref="RunBuilder"/> joins of them; but most posts of
/// a window were in the group a minute before, and here only the others cost more than a look.
/// </summary>
internal sealed class TopicRuns(Subject subject, TopicStars stars)
{
    private readonly List<Run> _runs = [];

    /// <summary>By post: the last run in which it was a core, and all in which it was.</summary>
    private readonly Run?[] _cores = new Run?[stars.Count];
    private readonly List<Run>?[] _posts = new List<Run>?[stars.Count];

    /// <param name="finding">Of no earlier minute than those before it.</param>
    public void Add(TopicFinding finding)
    {
        var group = finding.Group;
        Run? run = null;
        foreach (var post in group.Posts)
        {
            run = Touched(run, _cores[post], group.Minute);
        }

        foreach (var core in group.Cores)
        {
            foreach (var other in _posts[core] ?? [])
            {
                run = Touched(run, other, group.Minute);
            }
        }

        if (run is null)
        {
            _runs.Add(run = new(finding));
        }
        else
        {
            (run.Peak, run.LastAt) = (Stronger(run.Peak, finding), group.Minute);
        }

        foreach (var post in group.Posts)
        {
            var its = _posts[post] ??= [];
            if (!its.Exists(one => one.Root == run))
            {
                its.Add(run);
                run.Posts.Add(post);
            }
        }

        foreach (var core in group.Cores.Where(core => _cores[core]?.Root != run))
        {
            _cores[core] = run;
            run.Cores.Add(core);
        }
    }

    public IReadOnlyList<SignalRun> Joined() =>
        [.. _runs.Where(run => run.Root == run).Select(run => new SignalRun(
            subject,
            run.StartedAt,
            run.LastAt,
            run.Peak.Of(subject, stars),
            [.. run.Posts.Select(stars.Post).Distinct().Order()],
            run.Cores.Select(stars.Post).ToHashSet()))];

    /// <summary>The run with another that it touches, if that has not ended too long ago.</summary>
    private Run? Touched(Run? run, Run? other, DateTimeOffset minute)
    {
        if (other is null || other == run || other.Root == run || minute - other.Root.LastAt >= subject.Window)
        {
            return run;
        }

        if (run is null)
        {
            return other.Root;
        }

        var (kept, gone) = run.Posts.Count >= other.Root.Posts.Count ? (run, other.Root) : (other.Root, run);
        kept.StartedAt = gone.StartedAt < kept.StartedAt ? gone.StartedAt : kept.StartedAt;
        kept.LastAt = gone.LastAt > kept.LastAt ? gone.LastAt : kept.LastAt;
        kept.Peak = Stronger(kept.Peak, gone.Peak);
        kept.Posts.AddRange(gone.Posts);
        kept.Cores.AddRange(gone.Cores);
        gone.Into = kept;
        return kept;
    }

    private TopicFinding Stronger(TopicFinding one, TopicFinding other)
    {
        if (one.Value != other.Value || one.Group.Minute != other.Group.Minute)
        {
            return one.Value > other.Value || (one.Value == other.Value && one.Group.Minute < other.Group.Minute) ? one : other;
        }

        var first = one.Of(subject, stars);
        return ReferenceEquals(SignalRun.Stronger(first, other.Of(subject, stars)), first) ? one : other;
    }

    private sealed class Run(TopicFinding first)
    {
        public DateTimeOffset StartedAt { get; set; } = first.Group.Minute;

        public DateTimeOffset LastAt { get; set; } = first.Group.Minute;

        public TopicFinding Peak { get; set; } = first;

        public List<int> Posts { get; } = [];

        public List<int> Cores { get; } = [];

        /// <summary>The run that it has become a part of.</summary>
        public Run? Into { get; set; }

        public Run Root => Into is null ? this : Into = Into.Root;
    }
}
