using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.Reading;

namespace Holdfast.Core.Tests.Detection;

/// <summary>Mentions of a made-up brand, written as minutes after midnight.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    public static readonly MonitorId Monitor = new(new Guid(7, 0, 0, new byte[8]));
    public static readonly Brand Brand = new(
        new(new Guid(9, 0, 0, new byte[8])), "Lumo", ["lumo", "lumo_help"], ["en", "pl"], "Europe/Warsaw");

    private static int _posts;

    public static DateTimeOffset At(double minute) => Midnight.AddMinutes(minute);

    public static Mention Negative(double minute, string? author = null, string text = "no") =>
        Mention(minute, author, text, SentimentClass.Negative);

    public static Mention Mention(
        double minute,
        string? author = null,
        string text = "no",
        SentimentClass feeling = SentimentClass.Neutral,
        Intent intent = Intent.Other,
        int risk = 0,
        bool spreads = false,
        bool about = true,
        Voice voice = Voice.Public,
        long reach = 100,
        string language = "en")
    {
        var number = Interlocked.Increment(ref _posts);
        return new(
            Brand.Id,
            new(new Guid(number, 1, 0, new byte[8])),
            [Monitor],
            At(minute),
            "mastodon",
            author ?? $"author {number}",
            reach,
            text,
            new(language, (int)feeling, feeling, intent, risk == 0 ? null : new(risk, [new(RiskKind.Injury, "hurt")]), about, Supported: true),
            voice,
            spreads);
    }

    /// <summary>The pulse that intake would have stored for these.</summary>
    public static Pulse Pulse(IEnumerable<Mention> mentions) => new(Monitor, [.. mentions
        .GroupBy(mention => new DateTimeOffset(mention.At.Ticks - (mention.At.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero))
        .Select(minute => new PulseMinute(
            minute.Key,
            minute.Count(),
            minute.Count(IsNegative),
            minute.Sum(mention => mention.Reach),
            Authors(minute),
            Authors(minute.Where(IsNegative))))]);

    public static IReadOnlyList<Mention> InOrder(IEnumerable<Mention> mentions) =>
        [.. mentions.OrderBy(mention => mention.At).ThenBy(mention => mention.Post.Value)];

    /// <summary>Everything these bring about, evaluated in one go.</summary>
    public static IReadOnlyList<SignalRun> Runs(RuleSet rules, IReadOnlyList<Mention> mentions)
    {
        var ordered = InOrder(mentions);
        var outcome = Detector.Evaluate(new(
            Brand, rules, MinuteSpan.Of(ordered[0].At, ordered[^1].At), [Pulse(ordered)], ordered, (_, _) => null));
        Assert.Empty(outcome.Failures);
        return outcome.Runs;
    }

    public static RuleSet Only(params ThresholdRule[] rules) => None with { Thresholds = rules };

    public static readonly RuleSet None = new(
        [],
        SameIssueRule.Default with { Off = true },
        [],
        ProminentVoiceRule.Default with { Off = true },
        BlindRule.Default with { Off = true });

    private static bool IsNegative(Mention mention) => mention.Reading.Class == SentimentClass.Negative && !mention.Spreads;

    private static int[] Authors(IEnumerable<Mention> mentions) =>
        [.. mentions.Select(mention => mention.Author.GetHashCode(StringComparison.Ordinal)).Distinct()];
}
