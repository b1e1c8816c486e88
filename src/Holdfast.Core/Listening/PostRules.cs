namespace Holdfast.Core.Listening;

/// <summary>What a post must be before it is let in. All that is wrong is said at once.</summary>
public static class PostRules
{
    public const int MaxNetwork = 40;
    public const int MaxId = 500;
    public const int MaxName = 300;
    public const int MaxUrl = 2_000;
    public const int MaxLanguage = 35;

    /// <summary>Before it there was nothing to listen to; a year far ahead is a unit mistaken.</summary>
    public static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Result<Post> Check(Post post)
    {
        var refusals = new List<Refusal>();
        CheckNetwork(post.Network, refusals);
        Check("id", post.NetworkId, MaxId, required: true, refusals);
        Check("author.id", post.Author.Id, MaxId, required: true, refusals);
        Check("author.handle", post.Author.Handle, MaxName, required: false, refusals);
        Check("author.name", post.Author.Name, MaxName, required: false, refusals);
        Check("text", post.Text, Post.MaxTextLength, required: post.RepostOf is null, refusals);
        Check("language", post.Language, MaxLanguage, required: false, refusals);
        Check("reply_to", post.ReplyTo, MaxId, required: false, refusals);
        Check("repost_of", post.RepostOf, MaxId, required: false, refusals);
        Check("quote_of", post.QuoteOf, MaxId, required: false, refusals);
        CheckUrl(post.Url, refusals);
        if (post.Author.Followers < 0)
            refusals.Add(Refusals.Post("author.followers", "The number of followers is negative."));
        if (post.At < Earliest || post.At >= Latest)
            refusals.Add(Refusals.Post("at", $"The time {post.At:u} is not between 1990 and 2100."));
        else if (post.At.Offset != TimeSpan.Zero)
            refusals.Add(Refusals.Post("at", "The time is not in UTC."));
        return refusals.Count == 0 ? post : Result<Post>.Refused(refusals);
    }

    public static bool IsNetwork(string network) =>
        network.Length is > 0 and <= MaxNetwork && network.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.');

    /// <summary>At most so many letters, and never half a surrogate pair.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    private static void CheckNetwork(string network, List<Refusal> refusals)
    {
        if (!IsNetwork(network))
            refusals.Add(Refusals.Post("network", $"The network is a name of at most {MaxNetwork} small letters, digits and - _ ."));
    }

    private static void Check(string property, string? value, int most, bool required, List<Refusal> refusals)
    {
        if (required && string.IsNullOrWhiteSpace(value))
            refusals.Add(Refusals.Post(property, $"The {property} is missing."));
        else if (value?.Length > most)
            refusals.Add(Refusals.Post(property, $"The {property} has {value.Length:N0} characters; at most {most:N0} are taken."));
        else if (value is not null && FirstBroken(value) is >= 0 and var at)
            refusals.Add(Refusals.Post(property, $"The {property} is not well formed at character {at + 1:N0}.") with { Position = at });
    }

    // NUL and half a surrogate pair cannot be stored and are never written by a person.
    private static int FirstBroken(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                i++;
            else if (value[i] == '\0' || char.IsSurrogate(value[i]))
                return i;
        }

        return -1;
    }

    private static void CheckUrl(string? url, List<Refusal> refusals)
    {
        var before = refusals.Count;
        Check("url", url, MaxUrl, required: false, refusals);
        if (url is not null && refusals.Count == before
            && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            refusals.Add(Refusals.Post("url", "The url is not a web address."));
    }
}
