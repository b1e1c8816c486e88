using Holdfast.Core.Reading;

namespace Holdfast.Bench.Quality;

/// <summary>Trains the language model from the lingua part of the language data: docs/models/language.md.</summary>
internal static class LanguageTraining
{
    public static LinearModel Train(IReadOnlyList<Sample> samples) =>
        new LinearTrainer { Outputs = Languages.Known.Length, Bits = 16, Epochs = 8, Step = 0.1f }.Train(samples);

    public static IReadOnlyList<Sample> Samples(string data) => Samples(DataSet.Rows(data, "langid/lingua.tsv.gz"));

    public static IReadOnlyList<Sample> Samples(IEnumerable<string[]> rows) =>
        [.. rows.Where(r => Languages.Known.Contains(r[0])).Select(r => Of(r[2], Array.IndexOf(Languages.Known, r[0])))];

    private static Sample Of(string text, int language)
    {
        using var cut = PostText.Of(text, null);
        Span<uint> features = new uint[LanguageFeatures.Max];
        return new(features[..LanguageFeatures.Extract(cut, features, out _)].ToArray(), language, 1);
    }
}
