using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.Reading;

namespace Holdfast.Core.Tests.Detection;

public sealed class PostRuleTests
{
    private static readonly RuleSet Risk = Given.None with
    {
        RiskWords = [RiskWordRule.Grave, RiskWordRule.GraveFromMany, RiskWordRule.Serious, RiskWordRule.SeriousFromMany],
    };

    [Fact]
    public void One_credible_post_with_a_grave_risk_is_a_proposal_of_level_5()
    {
        var run = Assert.Single(Given.Runs(Risk, [Grave(3)]));
        Assert.Equal((Level.Five, false, Given.At(3)), (run.Subject.Level, run.Subject.AtOnce, run.StartedAt));
    }

    [Fact]
    public void Three_different_people_within_an_hour_are_level_4_at_once()
    {
        var run = Assert.Single(FromMany([Grave(0, "a"), Grave(30, "b"), Grave(59, "c")]));
        Assert.Equal((Level.Four, true, Given.At(59)), (run.Subject.Level, run.Subject.AtOnce, run.StartedAt));
        Assert.Equal(3, run.Posts.Count);
    }

    [Fact]
    public void Three_posts_of_two_people_are_not_three_people() =>
        Assert.Empty(FromMany([Grave(0, "a"), Grave(30, "b"), Grave(59, "a")]));

    [Fact]
    public void Three_people_in_more_than_an_hour_are_not_within_an_hour() =>
        Assert.Empty(FromMany([Grave(0, "a"), Grave(30, "b"), Grave(60, "c")]));

    public static TheoryData<string, Mention> NotCredible() => new()
    {
        { "no risk", Given.Negative(0) },
        { "a copy", Given.Mention(0, risk: 5, spreads: true) },
        { "not about us", Given.Mention(0, risk: 5, about: false) },
        { "spam", Given.Mention(0, risk: 5, intent: Intent.Spam) },
        { "praise", Given.Mention(0, risk: 5, intent: Intent.Praise) },
        { "only asked", Doubtful(RiskGround.Asked) },
        { "only heard", Doubtful(RiskGround.Heard) },
        { "a joke", Doubtful(RiskGround.Joked) },
        { "our own staff", Given.Mention(0, risk: 5, voice: Voice.Staff) },
    };

    private static Mention Doubtful(RiskGround ground)
    {
        var mention = Given.Mention(0, risk: 5);
        return mention with { Reading = mention.Reading with { Risk = mention.Reading.Risk! with { Ground = ground } } };
    }

    [Theory]
    [MemberData(nameof(NotCredible))]
    public void What_is_not_credible_raises_nothing(string name, Mention mention) => Assert.True(Given.Runs(Risk, [mention]).Count == 0, name);

    [Fact]
    public void A_serious_risk_is_level_2_for_one_and_a_proposal_of_level_4_from_three()
    {
        var runs = Given.Runs(Risk, [.. "abc".Select((author, minute) => Given.Mention(minute, $"{author}", risk: 4))]);
        Assert.Equal(
            [("serious-word", Level.Two, false), ("serious-words-from-many", Level.Four, false)],
            runs.Select(run => (run.Subject.Rule, run.Subject.Level, run.Subject.AtOnce)));
    }

    [Theory]
    [InlineData(true, Voice.Public, 50_001)]
    [InlineData(false, Voice.Public, 50_000)]
    [InlineData(true, Voice.Press, 10)]
    [InlineData(true, Voice.Official, 10)]
    [InlineData(false, Voice.Staff, 100_000)]
    public void A_negative_post_of_a_prominent_voice_is_level_2(bool fires, Voice voice, long reach)
    {
        var rules = Given.None with { ProminentVoice = ProminentVoiceRule.Default };
        var negative = Given.Mention(0, feeling: SentimentClass.Negative, voice: voice, reach: reach);
        Assert.Equal(fires ? [Level.Two] : [], Given.Runs(rules, [negative]).Select(run => run.Subject.Level));
        Assert.Empty(Given.Runs(rules, [Given.Mention(0, feeling: SentimentClass.Neutral, voice: voice, reach: reach)]));
    }

    private static Mention Grave(double minute, string? author = null) =>
        Given.Mention(minute, author, feeling: SentimentClass.Negative, intent: Intent.HarmReport, risk: 5);

    private static IReadOnlyList<SignalRun> FromMany(IReadOnlyList<Mention> mentions) =>
        Given.Runs(Risk with { RiskWords = [RiskWordRule.GraveFromMany] }, mentions);
}
