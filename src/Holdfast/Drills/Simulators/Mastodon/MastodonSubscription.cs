using System.Threading.Channels;

namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>One stream that somebody listens to. Who does not keep up loses the oldest, as over a real wire.</summary>
internal sealed class MastodonSubscription(SimulatedAccount who, string stream, string? tag)
{
    private const int Capacity = 10_000;

    private readonly Channel<SimulatedEvent> _events = Channel.CreateBounded<SimulatedEvent>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });

    public SimulatedAccount Who { get; } = who;

    public string Stream { get; } = stream;

    public string? Tag { get; } = tag;

    public static bool IsKnown(string stream) =>
        stream is "user" or "user:notification" or "public" or "public:local" or "public:remote" or "hashtag" or "hashtag:local" or "direct" or "list";

    public void Offer(SimulatedEvent told) => _events.Writer.TryWrite(told);

    public IAsyncEnumerable<SimulatedEvent> ReadAsync(CancellationToken cancel) => _events.Reader.ReadAllAsync(cancel);

    public bool Wants(SimulatedStatus status, Func<SimulatedAccount, SimulatedAccount, bool> follows) => Stream switch
    {
        "user" => status.By == Who || (follows(Who, status.By) && status.Visibility is not "direct"),
        "public" => status.Visibility is "public",
        "public:local" => status.Visibility is "public" && status.By.IsLocal,
        "public:remote" => status.Visibility is "public" && !status.By.IsLocal,
        "hashtag" => Tagged(status),
        "hashtag:local" => Tagged(status) && status.By.IsLocal,
        _ => false,
    };

    private bool Tagged(SimulatedStatus status) =>
        status.Visibility is "public" && MastodonHtml.Tags(status.Text).Contains(Tag, StringComparer.OrdinalIgnoreCase);
}
