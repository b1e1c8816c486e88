using Holdfast.Core.Publishing;

namespace Holdfast.Networks.Social;

/// <summary>Why a network did not do what it was asked. Names are stored.</summary>
public enum NetworkFailure
{
    Unreachable,
    TimedOut,
    ConnectionLost,
    SignInNeeded,
    NotAllowed,
    RateLimited,
    ServerTrouble,
    TooLong,
    MediaRefused,
    ReplyGone,
    Refused,
    NotUnderstood,
}

/// <summary>A failure for people and for the decision whether to try again.</summary>
/// <param name="RetryAfter">What the network asked us to wait, or null; only where trying again can help.</param>
/// <param name="Detail">One plain sentence, with what the other side said, without secrets.</param>
public sealed record Failure(NetworkFailure Kind, bool Retryable, TimeSpan? RetryAfter, string Detail);

/// <summary>What became of one sending. Names of the cases are those of BEHAVIOUR 8.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    public sealed record Sent(PostReference Post) : SendOutcome;

    /// <summary>The network does not have it, for sure.</summary>
    public sealed record Rejected(Failure Failure) : SendOutcome;

    /// <summary>It may have it.</summary>
    public sealed record Unknown(string Detail) : SendOutcome;

    /// <summary>The gate said no; nothing that anyone can see has left.</summary>
    public sealed record Stopped : SendOutcome;
}

/// <summary>What the network says when it is asked for a post.</summary>
public abstract record FindOutcome
{
    private FindOutcome()
    {
    }

    public sealed record Found(PostReference Post) : FindOutcome;

    /// <summary>The network can tell, and does not have it.</summary>
    public sealed record NotThere : FindOutcome;

    /// <summary>It cannot tell: a person has to look.</summary>
    public sealed record CannotTell(string Detail) : FindOutcome;
}

/// <summary>A value, or why there is none.</summary>
public readonly record struct Outcome<T>(T? Value, Failure? Failure)
    where T : class
{
    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Failure failure) => new(null, failure);
}

/// <summary>It was done, and there is nothing more to say.</summary>
public sealed record Done
{
    public static readonly Done It = new();
}
