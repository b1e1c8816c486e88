namespace Holdfast.Core.Detection;

/// <summary>A run while it is being joined from many.</summary>
internal sealed class RunBuilder
{
    private readonly Subject _subject;
    private readonly HashSet<PostAt> _posts;
    private readonly HashSet<PostAt> _cores;
    private DateTimeOffset _startedAt;
    private DateTimeOffset _lastAt;
    private Finding _peak;

    /// <param name="stored">The signal as which this run is already stored.</param>
    public RunBuilder(SignalRun run, SignalId? stored = null)
    {
        _subject = run.Subject;
        _posts = [.. run.Posts];
        _cores = [.. run.Cores];
        (_startedAt, _lastAt, _peak) = (run.StartedAt, run.LastAt, run.Peak);
        if (stored is { } id)
        {
            Stored.Add((run.StartedAt, id));
        }
    }

    /// <summary>The stored signals that are part of this run, with their beginnings.</summary>
    public List<(DateTimeOffset StartedAt, SignalId Id)> Stored { get; } = [];

    /// <summary>All that touch, joined, in no order.</summary>
    public static IEnumerable<RunBuilder> Joined(IEnumerable<RunBuilder> runs)
    {
        var joined = new Dictionary<Subject, List<RunBuilder>>();
        foreach (var builder in runs)
        {
            if (!joined.TryGetValue(builder._subject, out var builders))
            {
                joined.Add(builder._subject, builders = []);
            }

            // Two that are joined can touch a third that neither touched alone: one by its posts, the other by its time.
            var grown = builder;
            while (builders.FindAll(grown.Touches) is { Count: > 0 } touched)
            {
                builders.RemoveAll(touched.Contains);
                touched.Skip(1).Append(grown).ToList().ForEach(touched[0].Add);
                grown = touched[0];
            }

            builders.Add(grown);
        }

        return joined.Values.SelectMany(builders => builders);
    }

    public SignalRun Run()
    {
        var posts = _posts.Order();
        return new(
            _subject, _startedAt, _lastAt, _peak, [.. _subject.HasTopic ? posts : posts.Take(Signal.MaxPosts)], _cores);
    }

    /// <summary>Whether the two are one run: closer than the rule's window, and of a topic, one's core among the other's posts.</summary>
    private bool Touches(RunBuilder other) =>
        other._startedAt - _lastAt < _subject.Window
        && _startedAt - other._lastAt < _subject.Window
        && (!_subject.HasTopic || _posts.Overlaps(other._cores) || _cores.Overlaps(other._posts));

    private void Add(RunBuilder other)
    {
        Stored.AddRange(other.Stored);
        _posts.UnionWith(other._posts);
        _cores.UnionWith(other._cores);
        _startedAt = other._startedAt < _startedAt ? other._startedAt : _startedAt;
        _lastAt = other._lastAt > _lastAt ? other._lastAt : _lastAt;
        _peak = SignalRun.Stronger(_peak, other._peak);
    }
}
