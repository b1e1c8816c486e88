using Holdfast.Core.Brands;
using Holdfast.Core.Listening;

namespace Holdfast.Core.Reading;

/// <summary>Reads a post for a brand. Pure and safe from many threads.</summary>
public sealed class Reader
{
    public static PostReading Read(Post post, Brand brand) =>
        new("und", 0, SentimentClass.Neutral, Intent.Other, null, About: true, Supported: false);
}
