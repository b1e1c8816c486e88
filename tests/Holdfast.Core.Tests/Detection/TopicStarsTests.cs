using System.Globalization;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.Reading;

namespace Holdfast.Core.Tests.Detection;

/// <summary>The quick grouping against the plain one, over posts of every kind that it treats otherwise than plainly.</summary>
public sealed class TopicStarsTests
{
    private static readonly string[] Words =
        "app update login crash refund order parcel battery lamp invoice queue phone E2207 E2208 #lampgate #darkness".Split(' ');

    private static readonly string[] Names = ["Krakow", "Gdynia", "Poznan"];

    [Theory]
    [InlineData(1, 150, 400)]
    [InlineData(2, 200, 100)]
    [InlineData(3, 60, 20)]
    [InlineData(4, 200, 1000)]
    public void It_finds_what_comparing_every_two_posts_finds(int salt, int posts, int minutes)
    {
        var seed = Seeds.Next() + salt;
        var random = new Random(seed);
        var found = 0;
        for (var round = 0; round < 4; round++)
        {
            var mentions = Given.InOrder(Enumerable.Range(0, posts).Select(_ => Post(random, minutes)));
            var rule = SameIssueRule.Default with { People = 1 + random.Next(7), Window = TimeSpan.FromMinutes(random.Next(3) == 0 ? 15 : 60) };
            var spread = SpreadRule.Default with { People = 1 + random.Next(3), Window = TimeSpan.FromMinutes(random.Next(3) == 0 ? 10 : 60) };
            var mix = new NetworkMix([new(Given.Midnight.AddDays(-2), "mastodon", random.Next(90)), new(Given.Midnight.AddDays(-2), "bluesky", random.Next(9))]);
            var from = random.Next(2) == 0 ? 0 : random.Next(minutes);
            var changed = MinuteSpan.Of(Given.At(from), Given.At(from + random.Next(minutes)));
            var plain = PlainStars.Runs(rule, spread, mix, mentions, changed).Select(Told).ToList();
            var look = rule.Look(Given.Brand, mentions, changed);
            var quick = SignalRun.Joined(look is null ? [] : [.. rule.Evaluate(look), .. spread.Evaluate(look, mix)]).Select(Told).ToList();
            Assert.True(
                plain.Order(StringComparer.Ordinal).SequenceEqual(quick.Order(StringComparer.Ordinal)),
                $"seed {seed}, round {round}\nplain only: {string.Join('\n', plain.Except(quick))}\nquick only: {string.Join('\n', quick.Except(plain))}");
            found += plain.Count;
        }

        Assert.True(found > 0);
    }

    /// <summary>Comparing every two posts anew each minute, as was done before, takes minutes for this.</summary>
    [Fact]
    public void A_storm_of_five_thousand_posts_about_one_thing_is_one_signal_with_all_of_them()
    {
        var random = new Random(Seeds.Next());
        var mentions = Given.InOrder(Enumerable.Range(0, 5_000).Select(n => Given.Negative(
            random.Next(300) + random.NextDouble(), $"author {n % 7_000}", $"the app crashes after update {random.Next(1000)}")));
        var rule = SameIssueRule.Default;
        var run = Assert.Single(rule.Evaluate(rule.Look(Given.Brand, mentions, MinuteSpan.Of(mentions[0].At, mentions[^1].At))!));
        Assert.Equal((5_000, 5_000), (run.Posts.Count, run.Cores.Count));
    }

    private static Mention Post(Random random, int minutes)
    {
        var burst = random.Next(2) == 0;
        var trouble = random.Next(4) * 4;
        var text = string.Join(' ', Enumerable.Range(0, 1 + random.Next(5)).Select(_ => Words[burst ? trouble + random.Next(4) : random.Next(Words.Length)]));
        if (random.Next(5) == 0)
        {
            text = "said in " + Names[random.Next(3)] + " " + text;
        }

        var copy = random.Next(8) == 0;
        var network = random.Next(4) == 0 ? "bluesky" : "mastodon";
        var author = $"{network}:{random.Next(copy ? 200 : 40)}";
        return Given.Mention(
            burst ? random.Next(3) * (minutes / 3) + random.Next(1 + (minutes / 8)) : random.Next(minutes),
            author,
            copy ? "lamps burn houses down boycott cheap" : text,
            SentimentClass.Negative,
            spreads: random.Next(10) == 0,
            voice: random.Next(40) == 0 ? Voice.Press : Voice.Public,
            language: random.Next(4) == 0 ? "pl" : "en") with
        {
            Network = network,
            Handle = $"h{author}",
            Followers = copy ? 3 : 300,
            Topic = random.Next(12) == 0 ? Mark(random) : null,
        };
    }

    private static TopicMark Mark(Random random)
    {
        var topic = random.Next(3);
        return new(Topic(topic), topic == 0, topic == 1 ? [Topic(2)] : []);
    }

    private static TopicId Topic(int number) => new(new Guid(number, 9, 0, new byte[8]));

    private static string Told(SignalRun run) => string.Join(
        " | ",
        run.Subject.Rule,
        run.StartedAt.ToString("d HH:mm", CultureInfo.InvariantCulture),
        run.LastAt.ToString("d HH:mm", CultureInfo.InvariantCulture),
        run.Peak.At.ToString("d HH:mm", CultureInfo.InvariantCulture),
        string.Join(' ', run.Peak.Figures.Select(figure => $"{figure.Name}={figure.Value:0}")),
        string.Join(' ', run.Peak.Topic?.Words ?? []),
        string.Join(' ', run.Posts.Select(post => post.Post.Value.ToString()[..8])),
        "cores",
        string.Join(' ', run.Cores.Select(post => post.Post.Value.ToString()[..8]).Order(StringComparer.Ordinal)));
}
