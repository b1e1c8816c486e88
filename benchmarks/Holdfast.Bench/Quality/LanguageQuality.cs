using Holdfast.Core.Reading;

namespace Holdfast.Bench.Quality;

/// <summary>
/// Language: the tweets are never trained on; the lingua part trains the shipped model, so it is measured by cross-validation on
/// the part held out each time.
/// </summary>
internal static class LanguageQuality
{
    private const int Folds = 5;

    public static IEnumerable<(string Name, double Value)> Measure(string data) =>
        Tweets(data).Concat(Lingua(data));

    private static IEnumerable<(string, double)> Tweets(string data)
    {
        var read = DataSet.Rows(data, "langid/tweets.tsv.gz").Select(r => (Actual: r[0], Read: Reader.Read(Posts.Of(r[1]), Posts.Nobody).Language)).ToList();
        return Figures("language.tweets", read)
            .Concat(read.GroupBy(p => p.Actual).Select(g => ($"language.tweets.recall_{g.Key}", 100.0 * g.Count(p => p.Read == p.Actual) / g.Count())));
    }

    private static IEnumerable<(string, double)> Lingua(string data)
    {
        var rows = DataSet.Rows(data, "langid/lingua.tsv.gz").ToList();
        var read = new List<(string Kind, string Actual, string Read)>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var model = LanguageTraining.Train(LanguageTraining.Samples(rows.Where((_, i) => i % Folds != fold)));
            foreach (var row in rows.Where((_, i) => i % Folds == fold))
            {
                using var text = PostText.Of(row[2], null);
                read.Add((row[1], row[0], Languages.Of(model, text, null).Code));
            }
        }

        return read.GroupBy(p => p.Kind)
            .SelectMany(g => Figures($"language.lingua_cross_validated.{g.Key}", [.. g.Select(p => (p.Actual, p.Read))]));
    }

    private static IEnumerable<(string, double)> Figures(string name, List<(string Actual, string Read)> read)
    {
        var known = read.Where(p => p.Read != Languages.Unknown).ToList();
        yield return ($"{name}.accuracy", 100.0 * read.Count(p => p.Read == p.Actual) / read.Count);
        yield return ($"{name}.accuracy_where_said", 100.0 * known.Count(p => p.Read == p.Actual) / Math.Max(1, known.Count));
        yield return ($"{name}.unknown_share", 100.0 * (read.Count - known.Count) / read.Count);
    }
}
