using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Holdfast.Core;

namespace Holdfast.Listening;

/// <summary>
/// The Standard Webhooks form (standardwebhooks.com): <c>webhook-signature</c> holds one or more <c>v1,</c> with the base64 of the
/// HMAC-SHA-256 over <c>id.timestamp.body</c>; the secret is written <c>whsec_</c> and base64.
/// </summary>
internal static class WebhookSignature
{
    public const string Prefix = "whsec_";
    public const int MaxIdLength = 256;

    /// <summary>Both ways: an older request may be a replay, a younger one comes from a wrong clock.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const int SecretBytes = 32;
    private const int MaxSignatures = 10;

    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Null where the request is what it says it is.</summary>
    public static Refusal? Check(string secret, string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(id) || id.Length > MaxIdLength || string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signatures))
        {
            return IntakeRefusals.NoSignature;
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return IntakeRefusals.NoSignature;
        }

        // The signature first: what the clock says about a request that nobody signed is no one's business.
        if (!IsSigned(Sign(secret, id, timestamp, body), signatures))
        {
            return IntakeRefusals.WrongSignature;
        }

        var age = now - DateTimeOffset.FromUnixTimeSeconds(seconds);
        return age.Duration() > Window ? IntakeRefusals.OutsideWindow : null;
    }

    public static byte[] Sign(string secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Key(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }

    private static bool IsSigned(byte[] expected, string signatures)
    {
        Span<byte> given = stackalloc byte[64];
        var signed = false;
        // A sender that is changing its secret signs with the old and the new one.
        foreach (var part in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MaxSignatures))
        {
            if (part.StartsWith("v1,", StringComparison.Ordinal) && Convert.TryFromBase64String(part[3..], given, out var length))
            {
                signed |= CryptographicOperations.FixedTimeEquals(given[..length], expected);
            }
        }

        return signed;
    }

    private static byte[] Key(string secret) => Convert.FromBase64String(secret[Prefix.Length..]);
}
