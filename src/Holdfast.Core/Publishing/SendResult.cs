namespace Holdfast.Core.Publishing;

/// <summary>What became of one sending, as far as the post's own state goes.</summary>
public abstract record SendResult
{
    private SendResult()
    {
    }

    public sealed record Sent(PostReference Post) : SendResult;

    /// <summary>The network does not have it, for sure.</summary>
    /// <param name="Retryable">The same again may help, after <paramref name="RetryAfter"/> at the earliest.</param>
    public sealed record Rejected(bool Retryable, TimeSpan? RetryAfter, bool SignInNeeded, string Detail) : SendResult;

    /// <summary>It may have it.</summary>
    public sealed record Unknown(string Detail) : SendResult;

    /// <summary>The gate said no, or could not be asked; nothing that anyone can see has left.</summary>
    public sealed record Stopped(string Detail) : SendResult;
}

/// <summary>What the network said when it was asked for a post that may be there.</summary>
public abstract record AskResult
{
    private AskResult()
    {
    }

    public sealed record Found(PostReference Post) : AskResult;

    /// <param name="RepeatIsHarmless">The network takes the same key once only: the same again cannot make a second post.</param>
    public sealed record NotThere(bool RepeatIsHarmless) : AskResult;

    public sealed record CannotTell(string Detail) : AskResult;
}
