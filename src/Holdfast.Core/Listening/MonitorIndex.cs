namespace Holdfast.Core.Listening;

/// <summary>All queries at once, matched against batches of posts. Immutable: adding or dropping a query gives a new index.</summary>
public sealed class MonitorIndex
{
    private readonly IReadOnlyList<Match> _none = [];

    private MonitorIndex()
    {
    }

    public static MonitorIndex Empty { get; } = new();

    public MonitorIndex With(MonitorId id, MonitorQuery query) => this;

    public MonitorIndex Without(MonitorId id) => this;

    /// <summary>Every (post, monitor) that match, ordered by post.</summary>
    public IReadOnlyList<Match> Match(IReadOnlyList<Post> batch) => _none;
}
