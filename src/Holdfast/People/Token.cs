using System.Buffers.Text;
using System.Security.Cryptography;

namespace Holdfast.People;

/// <summary>A random secret for a link: 256 bits, shown once, kept only as its hash.</summary>
internal static class Token
{
    private const int Length = 32;

    public static (string Text, byte[] Hash) New()
    {
        var bytes = RandomNumberGenerator.GetBytes(Length);
        return (Base64Url.EncodeToString(bytes), SHA256.HashData(bytes));
    }

    /// <summary>Null where the text cannot be a token of ours.</summary>
    public static byte[]? Hash(string text)
    {
        Span<byte> bytes = stackalloc byte[Length + 1];
        return text.Length <= 64 && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == Length
            ? SHA256.HashData(bytes[..Length])
            : null;
    }
}
