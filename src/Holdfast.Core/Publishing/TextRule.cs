namespace Holdfast.Core.Publishing;

/// <summary>How a network counts the text of a post. Names are stored.</summary>
public enum TextCount
{
    /// <summary>Bluesky: extended grapheme clusters, and a limit of UTF-8 bytes beside it.</summary>
    Graphemes,

    /// <summary>Mastodon: extended grapheme clusters of the warning and the text; a link counts as a fixed number, a mention without its server.</summary>
    Mastodon,
}

/// <summary>What fits into a post.</summary>
/// <param name="Max">In the unit of <paramref name="Count"/>.</param>
/// <param name="MaxBytes">Of UTF-8, where the network has such a limit.</param>
/// <param name="LinkLength">What a link counts as, where the network says so.</param>
public sealed record TextRule(TextCount Count, int Max, int? MaxBytes = null, int? LinkLength = null);
