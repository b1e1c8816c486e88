using Holdfast.Core.Publishing;

namespace Holdfast.Core.Tests.Publishing.Model;

/// <summary>
/// The real posts behind the model's numbers: every change of one is made by the real decision and remembered. Time stands still;
/// that a lease is over, or that it is not, is tried at every moment, as if clocks were free to jump.
/// </summary>
internal sealed class ModelPosts
{
    private static readonly AccountId Other = new(Posts.Number(3));

    private readonly List<ScheduledPost> _posts = [];
    private readonly Dictionary<ScheduledPost, int> _numbers = [];
    private readonly Dictionary<(int Post, int Act, int More), int> _changes = [];

    /// <summary>The first covers everything, the second the account of the first post alone.</summary>
    public static IReadOnlyList<Freeze> Freezes { get; } =
        [Posts.Freeze(epoch: 1), Posts.Freeze(new FreezeScope.OfAccount(Posts.OurAccount), epoch: 2)];

    public int First(int post, bool there) =>
        Number((there ? Posts.Scheduled() : Posts.Draft() with { State = PostState.Dropped }) with { Account = post == 0 ? Posts.OurAccount : Other });

    public ScheduledPost this[int number] => _posts[number];

    public static IReadOnlyList<Freeze> InForce(int bits) => [.. Freezes.Where((_, i) => (bits & (1 << i)) != 0)];

    /// <summary>What a change makes of a post; decided once for each post, change and freezes.</summary>
    public int Change(int post, Act act, int more, Func<ScheduledPost, ScheduledPost> decide)
    {
        if (!_changes.TryGetValue((post, (int)act, more), out var changed))
        {
            changed = Number(decide(_posts[post]));
            _changes.Add((post, (int)act, more), changed);
        }

        return changed;
    }

    private int Number(ScheduledPost post)
    {
        // What no decision looks at any more is left out: fewer posts to tell apart, no fewer orders of events.
        var plain = post with
        {
            Tries = 0,
            Outcome = null,
            AskedAt = null,
            NotBefore = null,
            Freeze = null,
            FirstDepartedAt = null,
            SentAt = null,
            OnNetwork = null,
            Fence = post.State == PostState.Sent ? 0 : post.Fence,
            DepartedAt = post.State is PostState.Sending or PostState.Unknown ? post.DepartedAt : null,
        };
        if (!_numbers.TryGetValue(plain, out var number))
        {
            number = _posts.Count < 128 ? _posts.Count : throw new InvalidOperationException("More kinds of posts than the model has numbers for.");
            _posts.Add(plain);
            _numbers.Add(plain, number);
        }

        return number;
    }
}
