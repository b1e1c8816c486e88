namespace Holdfast.Core.Reading;

/// <summary>Sentiment of a text: a linear model for English, one for Polish, and the mood of emoji for every other language.</summary>
internal static class Sentiment
{
    public const int English = 0;
    public const int Polish = 1;

    public static (double Score, SentimentClass Class) Of(in PostText text, LanguageGuess language) => language.Code switch
    {
        "en" => Of(Shipped.Models[English], text),
        "pl" => Of(Shipped.Models[Polish], text),
        Languages.Unknown => Of(Shipped.Models[language.RatherPolish ? Polish : English], text),
        _ => OfSigns(text),
    };

    public static (double Score, SentimentClass Class) Of(LinearModel model, in PostText text)
    {
        Span<uint> features = stackalloc uint[SentimentFeatures.Max];
        features = features[..SentimentFeatures.Extract(text, features)];
        return Decide(model, features);
    }

    /// <summary>Two outputs, negative and positive, against a neutral of 0: softmax.</summary>
    public static (double Score, SentimentClass Class) Decide(LinearModel model, ReadOnlySpan<uint> features)
    {
        Span<float> scores = stackalloc float[2];
        model.Score(features, scores);
        var top = Math.Max(0, Math.Max(scores[0], scores[1]));
        var (negative, neutral, positive) = (Math.Exp(scores[0] - top), Math.Exp(-top), Math.Exp(scores[1] - top));
        var score = (positive - negative) / (negative + neutral + positive);
        var decided = scores[0] > Math.Max(0, scores[1]) ? SentimentClass.Negative : scores[1] > 0 ? SentimentClass.Positive : SentimentClass.Neutral;
        return (score, decided);
    }

    private static (double Score, SentimentClass Class) OfSigns(in PostText text)
    {
        var (happy, sad) = (0, 0);
        foreach (ref readonly var token in text.Tokens)
        {
            var mood = token.Kind is TokenKind.Emoji or TokenKind.Emoticon ? SentimentFeatures.Mood(text, token) : 0;
            happy += mood > 0 ? 1 : 0;
            sad += mood < 0 ? 1 : 0;
        }

        var score = happy + sad == 0 ? 0 : (double)(happy - sad) / (happy + sad + 1);
        return (score, (SentimentClass)Math.Sign(score));
    }

    /// <summary>Loaded at the first reading, so that training can begin without a model.</summary>
    private static class Shipped
    {
        public static readonly IReadOnlyList<LinearModel> Models = Reading.Models.Load("sentiment.model");
    }
}
