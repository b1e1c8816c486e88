using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Holdfast.Core.People;

/// <summary>Time-based one-time passwords: RFC 6238 with SHA-1, 30-second steps and 6 digits, as every authenticator app has them.</summary>
public static class Totp
{
    public const int SecretLength = 20;
    public const int Digits = 6;
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    /// <summary>How many steps a phone's clock may be off, either way.</summary>
    public const int Drift = 1;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    /// <summary>The code of one step (RFC 4226 section 5.3).</summary>
    public static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        Span<byte> mac = stackalloc byte[SHA1.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238's default, and the only hash that authenticator apps can be relied on to know.
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
        var offset = mac[^1] & 0xf;
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[offset..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The step that the code belongs to, or null where it is wrong, too far off, or not newer than the last one used:
    /// a code is good once.</summary>
    public static long? Accept(ReadOnlySpan<byte> secret, string code, long? lastStep, DateTimeOffset now)
    {
        var typed = System.Text.Encoding.ASCII.GetBytes(code.Replace(" ", "", StringComparison.Ordinal));
        var current = StepAt(now);
        long? accepted = null;
        for (var step = current - Drift; step <= current + Drift; step++)
        {
            var right = CryptographicOperations.FixedTimeEquals(typed, System.Text.Encoding.ASCII.GetBytes(Code(secret, step)));
            if (right && (lastStep is null || step > lastStep))
            {
                accepted ??= step;
            }
        }

        return accepted;
    }

    /// <summary>The secret as people type it (RFC 4648 base 32, no padding).</summary>
    public static string ToBase32(ReadOnlySpan<byte> secret)
    {
        var text = new System.Text.StringBuilder();
        int buffer = 0, bits = 0;
        foreach (var value in secret)
        {
            buffer = (buffer << 8) | value;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(Base32[(buffer >> (bits - 5)) & 31]);
            }
        }

        return bits > 0 ? text.Append(Base32[(buffer << (5 - bits)) & 31]).ToString() : text.ToString();
    }

    /// <summary>What the QR code says (the Key URI format of authenticator apps).</summary>
    public static string KeyUri(ReadOnlySpan<byte> secret, string issuer, string account) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={ToBase32(secret)}&issuer={Uri.EscapeDataString(issuer)}";
}
