using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.Reading;

namespace Holdfast.Detection;

/// <summary>Minutes in which posts are new.</summary>
internal sealed record DueRow
{
    public long Id { get; init; }

    public DateTimeOffset FromMinute { get; init; }

    public DateTimeOffset ToMinute { get; init; }
}

internal sealed record BrandRow
{
    public BrandId Id { get; init; }

    public string Name { get; init; } = "";

    public string[] Handles { get; init; } = [];

    public string[] Languages { get; init; } = [];

    public string TimeZone { get; init; } = "UTC";

    public Guid? Plan { get; init; }

    /// <summary>The rules of the plan, where the caller did not know it.</summary>
    public string? Rules { get; init; }

    public Brand ToBrand() => new(Id, Name, Handles, Languages, TimeZone);
}

internal sealed record PulseRow
{
    public MonitorId MonitorId { get; init; }

    public DateTimeOffset Minute { get; init; }

    public int Mentions { get; init; }

    public int Negative { get; init; }

    public long Reach { get; init; }

    public int[] Authors { get; init; } = [];

    public int[] NegativeAuthors { get; init; } = [];

    public PulseMinute ToMinute() => new(Minute, Mentions, Negative, Reach, Authors, NegativeAuthors);
}

internal sealed record MentionRow
{
    public PostId PostId { get; init; }

    public Guid[] Monitors { get; init; } = [];

    public DateTimeOffset At { get; init; }

    public string Network { get; init; } = "";

    public string Author { get; init; } = "";

    public long Reach { get; init; }

    public string Language { get; init; } = "";

    public float Sentiment { get; init; }

    public short Class { get; init; }

    public short Intent { get; init; }

    public short Risk { get; init; }

    public bool About { get; init; }

    public short Voice { get; init; }

    public string Text { get; init; } = "";

    public string Handle { get; init; } = "";

    public long? Followers { get; init; }

    public Guid? Topic { get; init; }

    public bool? Together { get; init; }

    public Guid[]? Apart { get; init; }

    public Mention ToMention(BrandId brand) => new(
        brand,
        PostId,
        Array.ConvertAll(Monitors, id => new MonitorId(id)),
        At,
        Network,
        Author,
        Reach,
        Text,
        new(Language, Sentiment, (SentimentClass)Class, (Intent)Intent, Risk == 0 ? null : new(Risk, []), About, Supported: true),
        (Voice)Voice,
        Spreads: false)
    {
        Handle = Handle,
        Followers = Followers,
        Topic = Topic is { } topic ? new(new(topic), Together == true, Array.ConvertAll(Apart ?? [], id => new TopicId(id))) : null,
    };
}
