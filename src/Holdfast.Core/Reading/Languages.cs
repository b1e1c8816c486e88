using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Holdfast.Core.Reading;

/// <summary>A language, or <c>und</c>; and where it is not known, whether it is rather Polish than English.</summary>
internal readonly record struct LanguageGuess(string Code, bool RatherPolish = false);

/// <summary>Tells the language of a post, or that it does not know.</summary>
internal static class Languages
{
    public const string Unknown = "und";

    /// <summary>The model's outputs, in this order; the first <see cref="Latin"/> are written in Latin letters.</summary>
    public static readonly string[] Known = ["en", "pl", "de", "es", "fr", "it", "pt", "nl", "cs", "sk", "sl", "hr", "lt", "sv", "ru", "uk"];

    public const int Latin = 14;

    private const int English = 0;
    private const int Polish = 1;

    /// <summary>A language is said from this probability on; chosen on the figures of docs/models/language.md, the tweets among them.</summary>
    public const float Sure = 0.45f;

    private const int FewestLetters = 4;

    /// <summary>How much a network's own declaration counts, in logits: it decides doubt, not more.</summary>
    private const float Declared = 1f;

    public static LanguageGuess Of(in PostText text, string? declared) => Of(Shipped.Model, text, declared);

    public static LanguageGuess Of(LinearModel model, in PostText text, string? declared) => Scripts.Of(text) switch
    {
        Script.None => new(Unknown),
        Script.Latin => Guess(model, text, declared, 0, Latin),
        Script.Cyrillic => Guess(model, text, declared, Latin, Known.Length),
        Script.Arabic => new("ar"),
        Script.Devanagari => new("hi"),
        Script.Greek => new("el"),
        Script.Hebrew => new("he"),
        Script.Thai => new("th"),
        Script.Hangul => new("ko"),
        Script.Kana => new("ja"),
        Script.Han => new("zh"),
        _ => new(Unknown),
    };

    private static LanguageGuess Guess(LinearModel model, in PostText text, string? declared, int from, int to)
    {
        Span<uint> features = stackalloc uint[LanguageFeatures.Max];
        features = features[..LanguageFeatures.Extract(text, features, out var letters)];
        if (letters < FewestLetters)
        {
            return new(Unknown);
        }

        Span<float> scores = stackalloc float[16];
        Score(model, features, scores);
        var best = from;
        for (var l = from; l < to; l++)
        {
            scores[l] += declared is not null && declared.StartsWith(Known[l], StringComparison.OrdinalIgnoreCase) ? Declared : 0;
            best = scores[l] > scores[best] ? l : best;
        }

        var sum = 0f;
        for (var l = from; l < to; l++)
        {
            sum += MathF.Exp(scores[l] - scores[best]);
        }

        return new(1 / sum >= Sure ? Known[best] : Unknown, RatherPolish: scores[Polish] > scores[English]);
    }

    /// <summary>As <see cref="LinearModel.Score"/>, sixteen outputs in one step.</summary>
    private static void Score(LinearModel model, ReadOnlySpan<uint> features, Span<float> scores)
    {
        var (low, high) = (Vector256<int>.Zero, Vector256<int>.Zero);
        ref var rows = ref MemoryMarshal.GetReference(model.Rows);
        foreach (var feature in features)
        {
            var row = Vector256.Widen(Vector256.Create(Vector128.LoadUnsafe(ref rows, (nuint)model.RowOf(feature)), Vector128<sbyte>.Zero)).Lower;
            var (a, b) = Vector256.Widen(row);
            low += a;
            high += b;
        }

        var factor = model.Scale / MathF.Sqrt(Math.Max(1, features.Length));
        for (var l = 0; l < 16; l++)
        {
            scores[l] = model.Bias[l] + ((l < 8 ? low[l] : high[l - 8]) * factor);
        }
    }

    /// <summary>Loaded at the first reading, so that training can begin without a model.</summary>
    private static class Shipped
    {
        public static readonly LinearModel Model = Models.Load("language.model")[0];
    }
}
