using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Drills;
using Holdfast.Core.Listening;
using Holdfast.Core.Reading;

namespace Holdfast.Core.Tests.Drills;

public sealed class InventedPublicTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly Brand Aurelka = new(new BrandId(Guid.Empty), "Aurelka", ["aurelka"], ["en", "pl"], "Europe/Warsaw");

    [Fact]
    public void The_same_seed_tells_the_same_story()
    {
        var one = new InventedPublic(7).Crisis(Start).ToList();
        var two = new InventedPublic(7).Crisis(Start).ToList();
        Assert.Equal(one, two);
        Assert.NotEqual(one.Select(p => p.Text), new InventedPublic(8).Crisis(Start).Select(p => p.Text));
    }

    [Fact]
    public void Posts_come_in_order_each_with_its_own_id()
    {
        var invented = new InventedPublic(1);
        var posts = invented.Ordinary(Start.AddDays(-56), Start).Concat(invented.Crisis(Start)).ToList();
        Assert.Equal(posts.Count, posts.Select(p => (p.Network, p.NetworkId)).Distinct().Count());
        Assert.Equal(posts.Count, posts.Select(p => p.Id).Distinct().Count());
        Assert.True(posts.Zip(posts.Skip(1)).All(pair => pair.First.At <= pair.Second.At.AddMinutes(1)));
        Assert.InRange(posts.Count, 2_500, 6_000);
    }

    /// <summary>What the demo shows on Now and in the room from its height on.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void At_its_height_it_rises_so_that_where_it_goes_can_be_told(int minutesAfter)
    {
        var invented = new InventedPublic(20261120);
        var now = Start + InventedPublic.CrisisLength + TimeSpan.FromMinutes(minutesAfter);
        var copies = new HashSet<long>();
        var minutes = invented.Ordinary(Start.AddDays(-56), Start)
            .Concat(invented.Crisis(Start, InventedPublic.CrisisLength + InventedPublic.AftermathLength))
            .Where(post => post.At < now && post.RepostOf is null && copies.Add(Duplicates.Key(post.Text)) && Reader.Read(post, Aurelka).Class == SentimentClass.Negative)
            .Select(post => new PulseMinute(MinuteSpan.Of(post.At, post.At).From, 1, 1, 0, [], []))
            .ToList();
        var outlook = Outlook.Of(new(minutes[0].Minute, minutes, BlindTimes.None), now, RuleSet.Default.Thresholds, null);
        Assert.Equal(Forecast.After, outlook?.Coming.Select(band => band.After));
    }

    [Fact]
    public void The_reader_sees_calm_weeks_and_an_angry_afternoon()
    {
        var invented = new InventedPublic(1);
        var calm = Share(invented.Ordinary(Start.AddDays(-7), Start));
        var angry = Share(invented.Crisis(Start));
        Assert.InRange(calm, 0, 0.4);
        Assert.InRange(angry, 0.6, 1);

        static double Share(IEnumerable<Post> posts)
        {
            var classes = posts.Select(p => Reader.Read(p, Aurelka).Class).ToList();
            return classes.Count(c => c == SentimentClass.Negative) / (double)classes.Count;
        }
    }
}
