using Holdfast.Core;

namespace Holdfast.Listening;

/// <summary>What intake may refuse, with the codes of its API.</summary>
internal static class IntakeRefusals
{
    public static Refusal Full { get; } = new("intake.full", "More is waiting than can be stored right now. Nothing was taken: send it again in a moment.");

    public static Refusal Unavailable { get; } =
        new("intake.unavailable", "It could not be stored in time. Send it again: what may have been stored is not stored twice.");

    public static Refusal NoSignature { get; } =
        new("intake.signature", "The headers webhook-id, webhook-timestamp (unix seconds) and webhook-signature are needed.");

    public static Refusal WrongSignature { get; } =
        new("intake.signature", "There is no such source, or none of the signatures is right for its secret, this id, this timestamp and this body.");

    public static Refusal OutsideWindow { get; } =
        new("intake.clock", "The timestamp is more than 5 minutes from our clock: an old request sent again, or a clock that is wrong.");

    public static Refusal TooLarge { get; } = new("intake.too-large", "A delivery is at most 1 MB; send it in parts.");

    public static Refusal NotJsonType { get; } = new("intake.media-type", "The body must be application/json, without a content encoding.");

    public static Refusal NotPosts { get; } = new("intake.not-posts", "The body is neither a post, nor a list of posts, nor an object with a list called “posts”.");

    public static Refusal NoPosts { get; } = new("intake.no-posts", "The list of posts is empty.");

    public static Refusal NotAPost { get; } = new("post.unreadable", "It is not an object.");

    public static Refusal TooManyPosts(int count) =>
        new("intake.too-large", $"A delivery has at most {IntakeSubmission.MaxItems:N0} posts and this one has {count:N0}; send it in parts.");

    public static Refusal NotJson(long line, long column) =>
        new("intake.not-json", $"The body is not JSON: line {line + 1}, byte {column + 1}.");
}

/// <summary>The node is stopping; what was not committed has not been acknowledged.</summary>
internal sealed class IntakeStoppedException() : Exception("The intake is stopping; hand it in again.");
