using Holdfast.Core.Detection;
using Holdfast.Now;
using Holdfast.Shell;

namespace Holdfast.App.Tests.Now;

public sealed class NowSentenceTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 14, 40, 0, TimeSpan.Zero);

    [Fact]
    public void It_says_what_needs_someone_then_what_is_unknown_then_what_is_calm() => Assert.Equal(
        "One situation needs you. United is at level 3 since 15:02 and rising; Virgin is unknown: Mastodon has been silent for 22 minutes; Southwest is calm.",
        Say("en", Trouble("United", Trend.Rising), Blind("Virgin", At.AddMinutes(-22), null), Calm("Southwest")));

    [Fact]
    public void It_says_so_in_Polish_too() => Assert.Equal(
        "Jedna sytuacja wymaga uwagi. United: poziom 3 od 15:02, narasta; Virgin: stan nieznany, Mastodon milczy od 22 minut; Southwest: spokój.",
        Say("pl", Trouble("United", Trend.Rising), Blind("Virgin", At.AddMinutes(-22), null), Calm("Southwest")));

    [Fact]
    public void A_proposed_level_is_said_to_wait() => Assert.Equal(
        "One situation needs you. United is at level 3 since 15:02, and level 4 waits for your word.",
        Say("en", Trouble("United", Trend.Rising, Level.Four)));

    [Fact]
    public void A_blind_brand_is_never_said_to_be_calm()
    {
        Assert.Equal("Virgin is unknown: Mastodon fails.", Say("en", Blind("Virgin", At, "401")));
        Assert.Equal("Virgin is unknown: Mastodon has never given anything.", Say("en", Blind("Virgin", null, null)));
        Assert.Equal("Virgin is unknown: Mastodon has been silent for 5 hours.", Say("en", Blind("Virgin", At.AddHours(-5), null)));
    }

    [Fact]
    public void Many_calm_brands_are_counted_not_named()
    {
        Assert.Equal("All 5 brands are calm.", Say("en", [.. Enumerable.Range(1, 5).Select(n => Calm($"Brand {n}"))]));
        Assert.Equal("Wszystkie 5 marek jest spokojnych.", Say("pl", [.. Enumerable.Range(1, 5).Select(n => Calm($"Brand {n}"))]));
        Assert.EndsWith("; the other 4 are calm.", Say("en", [Trouble("United", Trend.Steady), .. Enumerable.Range(1, 4).Select(n => Calm($"Brand {n}"))]), StringComparison.Ordinal);
    }

    [Fact]
    public void Fifty_brands_in_trouble_still_make_one_sentence() => Assert.Equal(
        "50 situations need you. B1 is at level 3 since 15:02; B2 is at level 3 since 15:02; 48 others are in trouble.",
        Say("en", [.. Enumerable.Range(1, 50).Select(n => Trouble($"B{n}", Trend.Steady))]));

    [Fact]
    public void A_brand_nobody_has_written_about_is_not_called_calm() => Assert.Equal(
        "Nothing has been heard about United yet.", Say("en", Calm("United") with { Listening = false }));

    [Fact]
    public void An_empty_installation_says_that_nothing_is_heard() => Assert.Equal("Nothing is being listened to yet.", Say("en"));

    private static string Say(string language, params BrandNow[] brands) =>
        NowSentence.Of(new NowView(brands, true, At), new Words<NowPage>(language));

    private static BrandNow Calm(string name) =>
        new(Guid.Empty, name, "Europe/Warsaw", Level.One, true, new([], [], Trend.Steady), null, [], [], []);

    private static BrandNow Trouble(string name, Trend trend, Level? proposed = null) => Calm(name) with
    {
        Level = Level.Three,
        Pulse = new([], [], trend),
        Situations = [new(Guid.Empty, "Cancelled flights", Level.Three, proposed, null, At.AddMinutes(-38), "Ania", null, [])],
    };

    private static BrandNow Blind(string name, DateTimeOffset? since, string? error) =>
        Calm(name) with { Level = null, Blind = [new(Guid.Empty, "Mastodon", since, error)] };
}
