using System.Text;

namespace Holdfast.Core.Listening;

/// <summary>The words of a text as monitors see them, for the full-text search: stored text and what is searched for are both put through this.</summary>
public static class SearchText
{
    /// <summary>Folded words with one space between them.</summary>
    public static string Of(string text)
    {
        var folded = TextFold.Fold(text);
        var words = new StringBuilder(text.Length + 16);
        foreach (ref readonly var token in folded.Tokens)
        {
            words.Append(words.Length > 0 ? " " : "").Append(folded.TextOf(token));
        }

        return words.ToString();
    }
}
