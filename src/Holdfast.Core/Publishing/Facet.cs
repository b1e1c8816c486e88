using System.Text;

namespace Holdfast.Core.Publishing;

/// <summary>What a stretch of a post's text is. Names are Bluesky's, in small letters.</summary>
public enum FacetKind
{
    Link,
    Mention,
    Tag,
}

/// <summary>A stretch of a text that leads somewhere, by UTF-8 byte offsets as Bluesky wants them; <paramref name="End"/> is exclusive.</summary>
/// <param name="Value">The address, the handle without @ or the tag without #.</param>
public sealed record Facet(FacetKind Kind, int Start, int End, string Value)
{
    /// <summary>A longer tag is text and no tag (app.bsky.richtext.facet).</summary>
    public const int MaxTagBytes = 640;

    /// <summary>Links with their scheme, mentions with a whole handle, and tags, in the order of the text. Each begins at a space or a bracket.</summary>
    public static IReadOnlyList<Facet> Find(string text)
    {
        var found = new List<Facet>();
        var (at, bytes) = (0, 0);
        while (at < text.Length)
        {
            var end = at;
            while (end < text.Length && !IsGap(text[end]) && (end == at || !IsOpening(text[at])))
                end++;

            var word = text.AsSpan(at, end - at);
            if (Read(word) is var (kind, length) && length > 0)
            {
                var skip = kind == FacetKind.Link ? 0 : 1;
                var value = word[skip..length].ToString();
                found.Add(new(kind, bytes, bytes + Encoding.UTF8.GetByteCount(word[..length]), value));
            }

            // The gap goes along, so that the bytes are counted once and in order.
            end += end < text.Length && IsGap(text[end]) ? 1 : 0;
            bytes += Encoding.UTF8.GetByteCount(text.AsSpan(at, end - at));
            at = end;
        }

        return found;
    }

    private static (FacetKind Kind, int Length) Read(ReadOnlySpan<char> word) => word switch
    {
        ['@' or '＠', ..] => (FacetKind.Mention, Handle(word)),
        ['#' or '＃', ..] => (FacetKind.Tag, Tag(word)),
        _ => (FacetKind.Link, Link(word)),
    };

    private static int Link(ReadOnlySpan<char> word)
    {
        if (!word.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !word.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            return 0;
        var length = word.TrimEnd(".,;:!?'\"”’»…").Length;

        // A closing bracket belongs to the address only where one was opened in it.
        while (length > 0 && word[length - 1] == ')' && !word[..length].Contains('('))
            length = word[..(length - 1)].TrimEnd(".,;:!?'\"”’»…").Length;
        return Uri.TryCreate(word[..length].ToString(), UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? length : 0;
    }

    private static int Handle(ReadOnlySpan<char> word)
    {
        var length = 1;
        while (length < word.Length && (char.IsAsciiLetterOrDigit(word[length]) || word[length] is '.' or '-'))
            length++;
        length = word[..length].TrimEnd(".-").Length;
        var labels = word[Math.Min(1, length)..length];
        return labels.Contains('.') && !labels.Contains("..", StringComparison.Ordinal) && !labels.StartsWith(".") ? length : 0;
    }

    private static int Tag(ReadOnlySpan<char> word)
    {
        var length = 1;
        while (length < word.Length && word[length] is not '#' and not '＃')
            length++;
        while (length > 1 && char.IsPunctuation(word[length - 1]))
            length--;
        var name = word[1..length];
        return Encoding.UTF8.GetByteCount(name) <= MaxTagBytes && name.ContainsAnyExceptInRange('0', '9') ? length : 0;
    }

    private static bool IsGap(char c) => char.IsWhiteSpace(c) || c is '\u200B' or '\u00AD' or '\u2060';

    private static bool IsOpening(char c) => c is '(' or '[' or '{' or '"' or '“' or '„' or '«';
}
