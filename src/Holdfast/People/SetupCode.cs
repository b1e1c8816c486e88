using System.Security.Cryptography;
using System.Text;

namespace Holdfast.People;

/// <summary>Proves that who claims a new installation can see its terminal: otherwise the first stranger to find it would own it.</summary>
internal sealed class SetupCode
{
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private const int Length = 8;

    public string Text { get; } = RandomNumberGenerator.GetString(Letters, Length);

    public bool Is(string? typed) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(typed?.Trim().ToUpperInvariant() ?? ""), Encoding.UTF8.GetBytes(Text));
}
