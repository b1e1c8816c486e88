using System.Globalization;
using System.Text;

namespace Holdfast.Core.Publishing;

/// <summary>How long a text is for one network.</summary>
/// <param name="Length">In the unit the network counts in.</param>
/// <param name="Over">By how many of them it is too long; 0: it fits.</param>
/// <param name="BytesOver">By how many bytes it is too long although the count may fit; 0 where the network has no such limit.</param>
public sealed record TextSize(int Length, int Max, int Over, int BytesOver)
{
    public bool Fits => Over == 0 && BytesOver == 0;

    public int Left => Max - Length;

    /// <param name="warning">Shown before the text; Mastodon counts it with the text.</param>
    public static TextSize Of(string text, TextRule rule, string? warning = null)
    {
        var length = rule.Count switch
        {
            TextCount.Graphemes => Characters(text),
            TextCount.Mastodon => MastodonText.Length(text, warning, rule.LinkLength ?? MastodonText.UsualLinkLength),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.Count, "No such way to count."),
        };
        var bytesOver = rule.MaxBytes is { } most ? Math.Max(0, Encoding.UTF8.GetByteCount(text) - most) : 0;
        return new(length, rule.Max, Math.Max(0, length - rule.Max), bytesOver);
    }

    /// <summary>Extended grapheme clusters (UAX 29): what a reader takes for one character.</summary>
    public static int Characters(string text)
    {
        var count = 0;
        for (var at = 0; at < text.Length; at += StringInfo.GetNextTextElementLength(text, at))
        {
            count++;
        }

        return count;
    }
}
