using Holdfast.Core.Listening;

namespace Holdfast.Core.Responses;

/// <summary>What is said around a post, as the account that asked for it may see it.</summary>
/// <param name="Above">From the beginning down to what the post answers; where there is more than <see cref="MostAbove"/>, what is nearest to it.</param>
/// <param name="Answers">Each under what it answers; at most <see cref="MostAnswers"/>.</param>
/// <param name="More">How many answers the network told of beyond these.</param>
public sealed record Conversation(IReadOnlyList<Post> Above, Post Post, IReadOnlyList<ConversationAnswer> Answers, int More)
{
    public const int MostAbove = 20;
    public const int MostAnswers = 40;

    /// <summary>Answers beyond these are counted and not looked at.</summary>
    public const int MostRead = 2_000;

    /// <summary>Something stood above that is not here: deleted, hidden from the account, or too far up.</summary>
    public bool BeganEarlier => (Above.Count > 0 ? Above[0] : Post).ReplyTo is not null;

    /// <summary>Puts the answers in order. Where there are too many, those of <paramref name="own"/> stay, so that nobody says once more what was said.</summary>
    /// <param name="answers">In the network's order; what answers none of them and not the post either stands at the end.</param>
    /// <param name="own">The id of the account that asked.</param>
    /// <param name="unread">How many more the network told of.</param>
    public static Conversation Of(IReadOnlyList<Post> above, Post post, IReadOnlyList<Post> answers, string own, int unread)
    {
        var all = InOrder(post, [.. answers.DistinctBy(answer => answer.NetworkId).Where(answer => answer.NetworkId != post.NetworkId)]);
        var shown = all.Index()
            .OrderByDescending(each => each.Item.Post.Author.Id == own)
            .ThenBy(each => each.Index)
            .Take(MostAnswers)
            .OrderBy(each => each.Index)
            .Select(each => each.Item)
            .ToArray();
        return new Conversation([.. above.TakeLast(MostAbove)], post, shown, all.Count - shown.Length + unread);
    }

    // Not by calling itself: how deep somebody else's thread is, is not for us to say.
    private static List<ConversationAnswer> InOrder(Post post, IReadOnlyList<Post> answers)
    {
        var under = answers.ToLookup(answer => answer.ReplyTo);
        var ordered = new List<ConversationAnswer>();
        var seen = new HashSet<string>();
        var next = new Stack<ConversationAnswer>();
        Push(under[post.NetworkId], 1);
        Follow();

        // What hangs on nothing that is here: on something hidden, or in a circle.
        foreach (var stray in answers)
        {
            Push([stray], 1);
            Follow();
        }

        return ordered;

        void Push(IEnumerable<Post> all, int depth)
        {
            foreach (var answer in all.Reverse())
            {
                next.Push(new ConversationAnswer(answer, depth));
            }
        }

        void Follow()
        {
            while (next.TryPop(out var answer))
            {
                if (seen.Add(answer.Post.NetworkId))
                {
                    ordered.Add(answer);
                    Push(under[answer.Post.NetworkId], answer.Depth + 1);
                }
            }
        }
    }
}

/// <param name="Depth">1 is an answer to the post itself.</param>
public sealed record ConversationAnswer(Post Post, int Depth);
