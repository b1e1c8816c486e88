using Holdfast.Core.Publishing;
using Holdfast.Networks.Social;

namespace Holdfast.Publishing;

/// <summary>What the networks say, in Core's words.</summary>
internal static class SendResults
{
    public static SendResult Of(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Sent sent => new SendResult.Sent(sent.Post),
        SendOutcome.Rejected { Failure: var failure } =>
            new SendResult.Rejected(failure.Retryable, failure.RetryAfter, failure.Kind == NetworkFailure.SignInNeeded, failure.Detail),
        SendOutcome.Unknown unknown => new SendResult.Unknown(unknown.Detail),
        _ => new SendResult.Stopped("The gate was closed."),
    };

    public static AskResult Of(FindOutcome outcome, bool takesAKeyOnce) => outcome switch
    {
        FindOutcome.Found found => new AskResult.Found(found.Post),
        FindOutcome.NotThere => new AskResult.NotThere(takesAKeyOnce),
        FindOutcome.CannotTell cannot => new AskResult.CannotTell(cannot.Detail),
        _ => new AskResult.CannotTell(""),
    };

    /// <summary>A deletion is there when the post is not; to ask for it once more harms nobody.</summary>
    public static AskResult OfDeletion(FindOutcome outcome, PostReference gone) => outcome switch
    {
        FindOutcome.NotThere => new AskResult.Found(gone),
        FindOutcome.Found => new AskResult.NotThere(RepeatIsHarmless: true),
        var other => Of(other, takesAKeyOnce: true),
    };
}
