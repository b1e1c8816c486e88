using System.Globalization;
using Holdfast.Core.Reading;

namespace Holdfast.Bench.Quality;

/// <summary>Trains the sentiment models from the sets that may train shipped weights: docs/models/sentiment.md names them.</summary>
internal static class SentimentTraining
{
    private const int Negative = 0;
    private const int Positive = 1;
    private const int Neutral = 2;

    public static IReadOnlyList<LinearModel> Train(string data) => [English(EnglishSamples(data)), Polish(PolishSamples(data))];

    public static LinearModel English(IReadOnlyList<Sample> samples) =>
        new LinearTrainer { Outputs = 2, Bits = 18, Reference = true, Step = 0.12f }.Train(Balanced(samples));

    public static LinearModel Polish(IReadOnlyList<Sample> samples) =>
        new LinearTrainer { Outputs = 2, Bits = 18, Reference = true, Epochs = 2, Step = 0.08f }.Train(Balanced(samples));

    public static IReadOnlyList<Sample> EnglishSamples(string data) =>
        [.. DataSet.Rows(data, "tweeteval/sentiment/train_semeval2013-2016.tsv.gz").Select(r => Of(r[1], ClassOf(r[0]), 1))];

    public static IReadOnlyList<Sample> PolishSamples(string data) =>
    [
        .. DataSet.Rows(data, "polish/plwordnet-emo/examples.tsv.gz")
            .Select(r => (Text: r[3], Polarity: float.Parse(r[1], CultureInfo.InvariantCulture)))
            .Select(r => Of(r.Text, r.Polarity < 0 ? Negative : Positive, Math.Abs(r.Polarity))),
        .. DataSet.Rows(data, "polish/plwordnet-emo/lexicon.tsv.gz")
            .Select(r => (Lemma: r[0], Polarity: float.Parse(r[2], CultureInfo.InvariantCulture)))
            .Where(r => Math.Abs(r.Polarity) >= 0.4f)
            .Select(r => Of(r.Lemma, r.Polarity < 0 ? Negative : Positive, Math.Abs(r.Polarity))),
        .. DataSet.Rows(data, "langid/lingua.tsv.gz").Where(r => r[0] == "pl").Select(r => Of(r[2], Neutral, 1)),
    ];

    public static int ClassOf(string label) => label switch { "0" => Negative, "2" => Positive, _ => Neutral };

    private static Sample Of(string text, int label, float weight)
    {
        using var cut = PostText.Of(text, null);
        Span<uint> features = new uint[SentimentFeatures.Max];
        return new(features[..SentimentFeatures.Extract(cut, features)].ToArray(), label, weight);
    }

    /// <summary>Each class weighs the same in all: the measure is macro recall.</summary>
    private static List<Sample> Balanced(IReadOnlyList<Sample> samples)
    {
        var totals = samples.GroupBy(s => s.Class).ToDictionary(g => g.Key, g => g.Sum(s => s.Weight));
        var all = totals.Values.Sum();
        return [.. samples.Select(s => s with { Weight = s.Weight * all / (totals.Count * totals[s.Class]) })];
    }
}
