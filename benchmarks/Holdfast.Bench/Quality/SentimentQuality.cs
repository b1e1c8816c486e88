using Holdfast.Core.Brands;
using Holdfast.Core.Reading;

namespace Holdfast.Bench.Quality;

/// <summary>Sentiment as the product reads it, against labelled sets; most of them may only be measured against, never trained on.</summary>
internal static class SentimentQuality
{
    private const int Folds = 5;

    private static readonly Dictionary<string, Brand> Airlines = new()
    {
        ["United"] = Posts.Brand("United", ["united"]),
        ["Southwest"] = Posts.Brand("Southwest", ["SouthwestAir"]),
        ["Virgin America"] = Posts.Brand("Virgin America", ["VirginAmerica"]),
    };

    public static IEnumerable<(string Name, double Value)> Measure(string data)
    {
        var vader = new VaderPeer(data);
        foreach (var (name, rows) in English(data).Concat(Polish(data)))
        {
            var ours = new Confusion(3);
            var peer = new Confusion(3);
            foreach (var (text, brand, label) in rows)
            {
                ours.Add(label, (int)Reader.Read(Posts.Of(text), brand).Class + 1);
                peer.Add(label, vader.Class(text) + 1);
            }

            yield return ($"sentiment.{name}.macro_recall", ours.MacroRecall);
            yield return ($"sentiment.{name}.macro_f1", ours.MacroF1);
            yield return ($"sentiment.{name}.recall_negative", ours.Recall(0));
            yield return ($"sentiment.{name}.precision_negative", ours.Precision(0));
            if (!name.StartsWith("pl", StringComparison.Ordinal))
            {
                yield return ($"sentiment.{name}.vader_macro_recall", peer.MacroRecall);
            }
        }

        yield return ("sentiment.tweeteval_cross_validated.macro_recall", CrossValidated(SentimentTraining.EnglishSamples(data)));
    }

    private static IEnumerable<(string, IEnumerable<(string, Brand, int)>)> English(string data)
    {
        yield return ("tweeteval_val", DataSet.Rows(data, "tweeteval/sentiment/val.tsv.gz").Select(r => (r[1], Posts.Nobody, int.Parse(r[0], null))));
        yield return ("airline", DataSet.Rows(data, "airline/airline.tsv.gz").Select(r => (r[9], Airlines[r[2]], Label(r[3]))));
        yield return ("sanders", DataSet.Rows(data, "sanders-brands/sanders.tsv.gz").Where(r => r[3] != "irrelevant")
            .Select(r => (r[4], Posts.Brand(r[2], [r[2]]), Label(r[3]))));
    }

    private static IEnumerable<(string, IEnumerable<(string, Brand, int)>)> Polish(string data)
    {
        yield return ("pl_polemo_sentences", DataSet.Rows(data, "polish/polemo2-medicine-sentences/sentences.tsv.gz").Where(r => r[0] != "amb")
            .Select(r => (r[1], Posts.Nobody, r[0] switch { "minus" => 0, "plus" => 2, _ => 1 })));
        yield return ("pl_wust_tweets", DataSet.Rows(data, "polish/wust2k20-twitter-emotions/wust.tsv.gz").Where(r => r[2] is not ("oczekiwanie" or "zaskoczenie"))
            .Select(r => (r[8], Posts.Nobody, r[2] switch { "radosc" or "podziw" => 2, "neutralne" => 1, _ => 0 })));
    }

    private static int Label(string name) => name switch { "negative" => 0, "positive" => 2, _ => 1 };

    private static double CrossValidated(IReadOnlyList<Sample> samples)
    {
        var confusion = new Confusion(3);
        for (var fold = 0; fold < Folds; fold++)
        {
            var model = SentimentTraining.English([.. samples.Where((_, i) => i % Folds != fold)]);
            foreach (var sample in samples.Where((_, i) => i % Folds == fold))
            {
                var actual = sample.Class switch { 0 => 0, 1 => 2, _ => 1 };
                confusion.Add(actual, (int)Sentiment.Decide(model, sample.Features).Class + 1);
            }
        }

        return confusion.MacroRecall;
    }
}
