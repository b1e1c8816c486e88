using Holdfast.Core.Publishing;

namespace Holdfast.Networks.Social;

/// <summary>All that a network is told of a post.</summary>
/// <param name="Key">The same over all tries of the same post.</param>
/// <param name="At">When the first try began; part of the record where the network asks for it, so that a repeat is the same record.</param>
public sealed record OutgoingPost(
    string Key,
    string Text,
    string? Language,
    PostReference? ReplyTo,
    IReadOnlyList<OutgoingMedia> Media,
    PostOptions Options,
    DateTimeOffset At);

/// <param name="Type">A media type: <c>image/jpeg</c>.</param>
public sealed record OutgoingMedia(string Type, ReadOnlyMemory<byte> Bytes, string Alt, int? Width = null, int? Height = null);

/// <summary>What only some networks know; the others pass over it.</summary>
/// <param name="Visibility">Mastodon: public, unlisted, private or direct.</param>
/// <param name="Warning">Mastodon: the content warning.</param>
public sealed record PostOptions(string? Visibility = null, string? Warning = null);

/// <summary>What a server allows.</summary>
/// <param name="Text">How text is counted and how much fits.</param>
public sealed record NetworkLimits(TextRule Text, int MaxMedia, long MaxMediaBytes, int MaxAlt, IReadOnlyList<string> MediaTypes);
