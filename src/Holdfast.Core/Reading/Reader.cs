using Holdfast.Core.Brands;
using Holdfast.Core.Listening;

namespace Holdfast.Core.Reading;

/// <summary>Reads a post for a brand. Pure and safe from many threads.</summary>
public static class Reader
{
    public static PostReading Read(Post post, Brand brand)
    {
        using var text = PostText.Of(post.Text, brand);
        var language = Languages.Of(text, post.Language);
        var (score, sentiment) = Sentiment.Of(text, language);
        var risk = RiskFinder.Find(text);
        return new(
            language.Code,
            score,
            sentiment,
            Intents.Of(text, score, sentiment, risk),
            risk,
            Aboutness.Of(text, brand),
            Supported: language.Code is "en" or "pl");
    }
}
