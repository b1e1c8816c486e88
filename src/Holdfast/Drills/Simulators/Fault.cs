namespace Holdfast.Drills.Simulators;

/// <summary>What a simulated network does to one request besides, or instead of, answering it.</summary>
internal sealed record Fault(FaultKind Kind, TimeSpan Delay = default, int Status = 0, TimeSpan? RetryAfter = null, string? Body = null, string? ContentType = null)
{
    public static readonly Fault None = new(FaultKind.None);

    /// <summary>It does what it was asked, and the connection ends before the answer.</summary>
    public static readonly Fault LoseAnswer = new(FaultKind.LoseAnswer);

    /// <summary>The connection ends, and nothing was done.</summary>
    public static readonly Fault Close = new(FaultKind.Close);

    public static Fault Slow(TimeSpan delay) => new(FaultKind.None, delay);

    public static Fault Answer(int status, string? body = null, string? contentType = null) => new(FaultKind.Answer, Status: status, Body: body, ContentType: contentType);

    public static Fault TooMany(TimeSpan? retryAfter = null) => new(FaultKind.Answer, Status: 429, RetryAfter: retryAfter);
}

internal enum FaultKind
{
    None,
    LoseAnswer,
    Close,
    Answer,
}

/// <summary>A request that could change something, as it reached the network; kept whatever became of it.</summary>
/// <param name="Key">The Idempotency-Key.</param>
/// <param name="Token">Whose token it bore.</param>
internal sealed record Arrival(long Number, DateTimeOffset At, string Method, string Path, string? Key, string? Token)
{
    /// <summary>What was answered; null: nothing yet, or the answer was lost.</summary>
    public int? Status { get; set; }
}
