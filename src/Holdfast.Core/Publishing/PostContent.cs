using System.Security.Cryptography;
using System.Text;

namespace Holdfast.Core.Publishing;

/// <summary>All that the network would see of a post: what an approval is bound to.</summary>
/// <param name="Options">The network's own, as they are stored.</param>
public sealed record PostContent(AccountId Account, string Text, string? Language, IReadOnlyList<MediaItem> Media, string Options, PostReference? ReplyTo)
{
    /// <summary>SHA-256 over every part with its length before it, so that no two contents are written alike.</summary>
    public byte[] Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Account.Value.ToString("N"), Text, Language, Options, ReplyTo?.Id, ReplyTo?.Revision, ReplyTo?.RootId, ReplyTo?.RootRevision);
        foreach (var item in Media)
        {
            Add(hash, item.Id.ToString("N"), item.Type, item.Alt);
        }

        return hash.GetHashAndReset();
    }

    private static void Add(IncrementalHash hash, params ReadOnlySpan<string?> parts)
    {
        foreach (var part in parts)
        {
            var bytes = part is null ? [] : Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(part is null ? -1 : bytes.Length));
            hash.AppendData(bytes);
        }
    }
}
