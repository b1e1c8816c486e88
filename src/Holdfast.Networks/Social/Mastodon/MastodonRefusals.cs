using System.Globalization;
using Holdfast.Core.Publishing;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>Why a status is not taken, in words that say what to change.</summary>
internal static class MastodonRefusals
{
    /// <summary>What can be known before anything is sent.</summary>
    public static Failure? Before(OutgoingPost post, MastodonFacts facts)
    {
        var limits = facts.Limits;
        if (TooLong(post, limits.Text) is { } tooLong)
            return tooLong;
        if (post.Text.Trim().Length == 0 && post.Media.Count == 0)
            return Final(NetworkFailure.Refused, "There is neither text nor a picture.");
        if (post.Media.Count > limits.MaxMedia)
            return Final(NetworkFailure.MediaRefused, $"{post.Media.Count} pictures are too many: the server takes {limits.MaxMedia}.");
        foreach (var (media, index) in post.Media.Select((media, index) => (media, index + 1)))
        {
            var most = media.Type.StartsWith("image/", StringComparison.Ordinal) ? limits.MaxMediaBytes : facts.MaxVideoBytes ?? limits.MaxMediaBytes;
            if (media.Bytes.Length > most)
                return Final(NetworkFailure.MediaRefused, string.Create(CultureInfo.InvariantCulture, $"Picture {index} has {media.Bytes.Length / 1048576.0:0.0} MB; the server takes {most / 1048576.0:0.0} MB."));
            if (!limits.MediaTypes.Contains(media.Type, StringComparer.OrdinalIgnoreCase))
                return Final(NetworkFailure.MediaRefused, $"Picture {index} is {media.Type}, which the server does not take.");
            if (TextSize.Characters(media.Alt) is var alt && alt > limits.MaxAlt)
                return Final(NetworkFailure.MediaRefused, $"The description of picture {index} is too long by {alt - limits.MaxAlt} characters.");
        }

        return null;
    }

    /// <summary>What the server said, as far as its sentences are known; otherwise its own words.</summary>
    public static Failure After(OutgoingPost post, Failure failure, int status, string? said, MastodonFacts? facts)
    {
        if (status is 404 or 410)
        {
            return post.ReplyTo is not null
                ? failure with { Kind = NetworkFailure.ReplyGone, Detail = $"The post that is answered is not there any more, or not for us. {failure.Detail}" }
                // The only thing a new status can miss is the one that was published under the same key.
                : failure with { Detail = $"It was published under this key within the last hour and has been deleted since. {failure.Detail}" };
        }

        if (status != 422 || said is null)
            return failure;
        if (said.Contains("character limit", StringComparison.OrdinalIgnoreCase))
            return TooLong(post, facts?.Limits.Text) ?? failure with { Kind = NetworkFailure.TooLong };
        // “Try again in a moment” is said of pictures that are still worked on.
        if (said.Contains("finished processing", StringComparison.OrdinalIgnoreCase))
            return failure with { Kind = NetworkFailure.MediaRefused, Retryable = true, RetryAfter = TimeSpan.FromSeconds(10) };
        return post.Media.Count > 0 && (said.Contains("media", StringComparison.OrdinalIgnoreCase) || said.Contains("file", StringComparison.OrdinalIgnoreCase))
            ? failure with { Kind = NetworkFailure.MediaRefused } : failure;
    }

    private static Failure? TooLong(OutgoingPost post, TextRule? rule) => rule is not null && TextSize.Of(post.Text, rule, post.Options.Warning) is { Over: > 0 } size
        ? Final(NetworkFailure.TooLong, $"Too long by {size.Over} {(size.Over == 1 ? "character" : "characters")} as Mastodon counts them ({size.Length} of {size.Max}).")
        : null;

    private static Failure Final(NetworkFailure kind, string detail) => new(kind, false, null, detail);
}
