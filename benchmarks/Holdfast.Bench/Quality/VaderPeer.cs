using System.Globalization;

namespace Holdfast.Bench.Quality;

/// <summary>The peer: VADER's lexicon alone, with its negation, capitals, exclamation marks and limits of ±0.05; a few lines of our own.</summary>
internal sealed class VaderPeer
{
    private const double Normal = 15;
    private readonly Dictionary<string, double> _words = [];

    public VaderPeer(string data)
    {
        foreach (var row in DataSet.Rows(data, "lexicons/vader/vader_lexicon.txt.gz", header: false))
        {
            _words[row[0]] = double.Parse(row[1], CultureInfo.InvariantCulture);
        }
    }

    /// <returns>−1, 0 or 1.</returns>
    public int Class(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var sum = 0.0;
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i].Length > 2 ? words[i].Trim('.', ',', '!', '?', ';', ':', '"', '\'', '(', ')', '#') : words[i];
            if (!_words.TryGetValue(word.ToLowerInvariant(), out var value))
            {
                continue;
            }

            value += word.Length > 1 && word.Any(char.IsUpper) && !word.Any(char.IsLower) ? Math.Sign(value) * 0.733 : 0;
            var denied = Enumerable.Range(Math.Max(0, i - 3), Math.Min(3, i)).Any(j => IsNegation(words[j].ToLowerInvariant()));
            sum += denied ? value * -0.74 : value;
        }

        sum += Math.Sign(sum) * 0.292 * Math.Min(4, text.Count(c => c == '!'));
        var score = sum / Math.Sqrt((sum * sum) + Normal);
        return score >= 0.05 ? 1 : score <= -0.05 ? -1 : 0;
    }

    private static bool IsNegation(string word) => word is "not" or "no" or "never" or "without" or "cannot" || word.EndsWith("n't", StringComparison.Ordinal);
}
