using Holdfast.Core.Listening;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;
using Holdfast.Networks.Social;

namespace Holdfast.Responses;

/// <summary>What a network said around a post, or why it did not.</summary>
/// <param name="Asked">By whom; null where nobody could.</param>
/// <param name="Ours">The brand's accounts on that network.</param>
public sealed record ConversationView(QueueRow Post, Account? Asked, IReadOnlyList<Account> Ours, Conversation? Said, Failure? Failure)
{
    /// <summary>Of one text; the rest is read on the network.</summary>
    public const int MostText = 1_000;

    private const int DeepestShown = 4;

    public bool IsGone => Failure?.Kind == NetworkFailure.ReplyGone;

    public bool IsAlone => Said is { Above.Count: 0, Answers.Count: 0, More: 0, BeganEarlier: false };

    /// <summary>From the beginning to the last answer.</summary>
    public IEnumerable<ConversationLine> Lines => Said is null ? [] :
    [
        .. Said.Above.Select(post => Line(post, 0)),
        Line(Said.Post, 0) with { IsThis = true },
        .. Said.Answers.Select(answer => Line(answer.Post, Math.Min(answer.Depth, DeepestShown)) with { To = answer.Depth > 1 ? To(answer.Post) : null }),
    ];

    /// <summary>Our own answer to this very post.</summary>
    public Post? Answered => Said?.Answers.FirstOrDefault(answer => answer.Depth == 1 && IsOurs(answer.Post) && answer.Post.ReplyTo == Said.Post.NetworkId)?.Post;

    public static string HandleOf(Post said) => "@" + (said.Author.Handle.Length > 0 ? said.Author.Handle : said.Author.Id).TrimStart('@');

    // An id is one server's own; a handle holds on all of them.
    private bool IsOurs(Post said) => said.Author.Voice == Voice.Staff
        || said.Author.Id == Asked?.NetworkId
        || Ours.Any(account => (account.Server == Asked?.Server && account.NetworkId == said.Author.Id) || string.Equals(account.Handle.TrimStart('@'), said.Author.Handle.TrimStart('@'), StringComparison.OrdinalIgnoreCase));

    private string? To(Post answer) => Said!.Answers.FirstOrDefault(each => each.Post.NetworkId == answer.ReplyTo) is { Post: var answered } ? HandleOf(answered) : null;

    private ConversationLine Line(Post said, int depth) => new(said, depth, IsOurs(said));
}

/// <summary>One post of a conversation, as it is shown.</summary>
/// <param name="Depth">How far to the right.</param>
public sealed record ConversationLine(Post Post, int Depth, bool IsOurs)
{
    public bool IsThis { get; init; }

    /// <summary>Whom it answers, where that is not the post itself.</summary>
    public string? To { get; init; }

    public string Handle => ConversationView.HandleOf(Post);

    public string Name => string.IsNullOrWhiteSpace(Post.Author.Name) ? Handle : Post.Author.Name;

    public string Text => Post.Text.Length <= ConversationView.MostText ? Post.Text : PostRules.Cut(Post.Text, ConversationView.MostText) + "…";

    /// <summary>As the network declares it, where that is the name of a language.</summary>
    public string? Language => Post.Language?.Split('-', '_')[0] is { Length: 2 or 3 } language && language.All(char.IsAsciiLetter) && language != "und" ? language : null;
}
