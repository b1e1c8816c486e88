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

    public RunBuilder(SignalRun run)
    {
        _subject = run.Subject;
        _posts = [.. run.Posts];
        _cores = [.. run.Cores];
        (_startedAt, _lastAt, _peak) = (run.StartedAt, run.LastAt, run.Peak);
    }

    public bool Touches(SignalRun run) =>
        _subject == run.Subject
        && run.StartedAt - _lastAt < _subject.Window
        && _startedAt - run.LastAt < _subject.Window
        && (_subject.Kind != SignalKind.SameIssue || run.Cores.Any(_posts.Contains) || run.Posts.Any(_cores.Contains));

    public void Add(SignalRun run)
    {
        _posts.UnionWith(run.Posts);
        _cores.UnionWith(run.Cores);
        _startedAt = run.StartedAt < _startedAt ? run.StartedAt : _startedAt;
        _lastAt = run.LastAt > _lastAt ? run.LastAt : _lastAt;
        _peak = SignalRun.Stronger(_peak, run.Peak);
    }

    public SignalRun Run()
    {
        var posts = _posts.Order();
        return new(
            _subject, _startedAt, _lastAt, _peak, [.. _subject.Kind == SignalKind.SameIssue ? posts : posts.Take(Signal.MaxPosts)], _cores);
    }
}
