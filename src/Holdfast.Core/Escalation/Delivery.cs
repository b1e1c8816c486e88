namespace Holdfast.Core.Escalation;

/// <summary>What became of one outgoing message. The names are stored.</summary>
public enum DeliveryState
{
    /// <summary>The other side said it has it.</summary>
    Confirmed,

    /// <summary>The other side does not have it, for sure.</summary>
    Rejected,

    /// <summary>It may or may not have it: the answer was lost after the last byte.</summary>
    Unknown,
}

/// <summary>Why a message was not confirmed. The names are stored.</summary>
public enum DeliveryFailure
{
    None,
    Unreachable,
    TimedOut,
    ConnectionLost,
    CertificateRefused,
    EncryptionNotOffered,
    EncryptionFailed,
    PasswordNeedsEncryption,
    AuthenticationNotOffered,
    WrongPassword,
    SenderRefused,
    RecipientRefused,
    ContentRefused,
    TooLarge,
    BadAddress,
    Busy,
    NotUnderstood,
    AnswerLost,
}

/// <summary>The end of one attempt.</summary>
/// <param name="Retryable">Trying the same way again may help; false where only a person can mend it.</param>
/// <param name="Detail">One sentence for people, with what the other side said.</param>
public sealed record Delivery(DeliveryState State, DeliveryFailure Failure, bool Retryable, string Detail)
{
    public static Delivery Confirmed(string detail) => new(DeliveryState.Confirmed, DeliveryFailure.None, false, detail);

    public static Delivery Rejected(DeliveryFailure failure, bool retryable, string detail) =>
        new(DeliveryState.Rejected, failure, retryable, detail);

    public static Delivery Unknown(string detail) => new(DeliveryState.Unknown, DeliveryFailure.AnswerLost, false, detail);
}
