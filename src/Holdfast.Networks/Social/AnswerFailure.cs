using System.Globalization;
using System.Net;

namespace Holdfast.Networks.Social;

/// <summary>An answer that is no success, as a failure.</summary>
internal static class AnswerFailure
{
    /// <summary>However long a network asks us to wait, it is asked again after this.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <param name="said">The other side's own sentence, already found in the body.</param>
    public static Failure Failure(this Answer answer, string? said, DateTimeOffset now)
    {
        var (kind, retryable, plain) = answer.Status switch
        {
            HttpStatusCode.Unauthorized => (NetworkFailure.SignInNeeded, false, "The network wants a new sign-in."),
            HttpStatusCode.Forbidden => (NetworkFailure.NotAllowed, false, "The network does not allow it."),
            HttpStatusCode.RequestEntityTooLarge => (NetworkFailure.MediaRefused, false, "It is too large for the network."),
            HttpStatusCode.TooManyRequests => (NetworkFailure.RateLimited, true, "The network asks us to slow down."),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => (NetworkFailure.ServerTrouble, true, "The network has trouble of its own."),
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => (NetworkFailure.Refused, false, "The server sends us elsewhere; it is not followed."),
            _ => (NetworkFailure.Refused, false, "The network refused it."),
        };
        return new(kind, retryable, retryable ? answer.RetryAfter(now) : null, Plain(plain, said, answer.Status));
    }

    /// <summary>Whether a writing request with this answer may have been carried out all the same: a proxy that gave up waiting, a server that fell over after it wrote.</summary>
    public static bool MayHaveBeenDone(this Answer answer) => answer.Status is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;

    /// <summary>What the server asks us to wait: Retry-After as seconds or a date, else the reset of a used-up limit as seconds (Bluesky) or a date (Mastodon).</summary>
    public static TimeSpan? RetryAfter(this Answer answer, DateTimeOffset now)
    {
        var wait = answer.Headers.RetryAfter is { } asked
            ? asked.Delta ?? (asked.Date - now)
            : UsedUp(answer) ? Reset(answer) - now : null;
        return wait is { } span ? TimeSpan.FromTicks(Math.Clamp(span.Ticks, 0, LongestWait.Ticks)) : null;
    }

    private static bool UsedUp(Answer answer) =>
        answer.Status == HttpStatusCode.TooManyRequests || (answer.Header("ratelimit-remaining") ?? answer.Header("x-ratelimit-remaining")) == "0";

    private static DateTimeOffset? Reset(Answer answer)
    {
        var reset = answer.Header("ratelimit-reset") ?? answer.Header("x-ratelimit-reset");
        if (long.TryParse(reset, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 100_000_000_000)
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        return DateTimeOffset.TryParse(reset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
    }

    private static string Plain(string plain, string? said, HttpStatusCode status)
    {
        var words = new string([.. (said ?? "").Where(c => !char.IsControl(c)).Take(300)]).Trim();
        return words.Length == 0 ? $"{plain} (HTTP {(int)status})" : $"{plain} It says: {words} (HTTP {(int)status})";
    }
}
