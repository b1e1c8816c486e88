using Dapper;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Reading;
using Holdfast.Database;
using Holdfast.Detection;
using Holdfast.Testing.Database;
using Microsoft.Extensions.Logging.Abstractions;

namespace Holdfast.App.Tests.Detection;

public sealed class TopicDeskTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private const string Crash = "the app crashes after the update";
    private const string Queue = "nobody answers the hotline, an hour in the queue";

    [Fact]
    public async Task Each_complaint_is_put_into_a_topic_named_by_its_words()
    {
        var bench = await DetectionBench.NewAsync(database);
        await SayAsync(bench, 0, 4, Crash);
        await SayAsync(bench, 10, 3, Queue);
        var topics = await TopicsAsync(bench);
        Assert.Equal(new Dictionary<string, long> { ["app, crashes, update"] = 4, ["answers, hotline, queue"] = 3 }, topics.ToDictionary(topic => topic.Name, topic => topic.Posts));
    }

    [Fact]
    public async Task Another_node_goes_on_where_the_first_was_killed()
    {
        var bench = await DetectionBench.NewAsync(database);
        await SayAsync(bench, 0, 2, Crash);
        var other = new DetectionDesk(bench.Store, bench.Situations, new TopicBook(bench.Time), bench.Time, NullLogger<DetectionDesk>.Instance);
        await bench.HearAsync([new Heard("other", 5, "b", "crashes since the update, this app")]);
        await other.LookAsync(bench.Brand, Cancel);
        await SayAsync(bench, 10, 2, Crash);
        Assert.Equal(5, Assert.Single(await TopicsAsync(bench)).Posts);
        Assert.Equal(5, await bench.AskAsync<int>("select posts::int from topic where brand_id = @brand"));
    }

    [Fact]
    public async Task The_database_and_the_rule_agree_on_what_is_a_complaint()
    {
        var bench = await DetectionBench.NewAsync(database);
        var all = (from feeling in Enum.GetValues<SentimentClass>()
                   from intent in Enum.GetValues<Intent>()
                   from voice in Enum.GetValues<Voice>()
                   from spreads in new[] { false, true }
                   from about in new[] { false, true }
                   select (feeling, intent, voice, spreads, about)).ToList();
        await bench.HearAsync([.. all.Select((one, n) => new Heard($"c{n}", n * 0.01, $"a{n}", Crash, one.feeling, one.intent, Spreads: one.spreads))]);
        await using (var connection = await bench.Store.OpenAsync(Cancel))
        {
            await connection.ExecuteAsync(
                "update mention m set voice = v, about = a from unnest(@ids, @voices, @abouts) as x (id, v, a) where m.brand_id = @brand and m.author = x.id",
                new { ids = all.Select((_, n) => $"a{n}").ToArray(), voices = all.Select(one => (short)one.voice).ToArray(), abouts = all.Select(one => one.about).ToArray(), brand = bench.Brand });
        }

        await bench.LookAllAsync();
        await using var reading = await bench.Store.OpenAsync(Cancel);
        var placed = (await reading.QueryAsync<string>(
            "select m.author from mention m join topic_post tp on tp.post_id = m.post_id where m.brand_id = @brand", new { brand = bench.Brand })).ToHashSet();
        var complaints = all.Select((one, n) => (one, n)).Where(each => SameIssueRule.Complains(new(
            bench.Brand, default, [], default, "x", "a", 1, Crash,
            new("en", 0, each.one.feeling, each.one.intent, null, each.one.about, true), each.one.voice, each.one.spreads))).Select(each => $"a{each.n}").ToHashSet();
        Assert.Equal(complaints.Order(), placed.Order());
    }

    [Fact]
    public async Task Two_wordings_that_a_person_joined_are_one_issue_for_later_posts()
    {
        var bench = await DetectionBench.NewAsync(database);
        await SayAsync(bench, 0, 6, Crash);
        await SayAsync(bench, 10, 5, Queue);
        Assert.Equal(0, await bench.AskAsync<int>("select count(*)::int from signal where brand_id = @brand and kind = 'SameIssue'"));
        var (crash, queue) = await PairAsync(bench);
        Assert.Equal(crash, (await Desk(bench).MergeAsync(queue, crash, Someone(bench), Cancel)).Value);
        await SayAsync(bench, 20, 1, Queue);
        Assert.Equal(12, Assert.Single(await TopicsAsync(bench)).Posts);
        Assert.Equal(12, await bench.AskAsync<int>("select (figures -> 0 ->> 'value')::int from signal where brand_id = @brand and kind = 'SameIssue'"));
        Assert.Equal(crash.Value, await bench.AskAsync<Guid>("select topic_id from signal where brand_id = @brand and kind = 'SameIssue'"));
    }

    [Fact]
    public async Task Posts_with_a_word_that_a_person_parted_count_apart_and_stay_apart()
    {
        var bench = await DetectionBench.NewAsync(database);
        await SayAsync(bench, 0, 4, "the app crashes after the update of the phone");
        await SayAsync(bench, 5, 4, "the app crashes after the update of the tablet");
        var topic = Assert.Single(await TopicsAsync(bench)).Id;
        var split = (await Desk(bench).SplitAsync(topic, "tablet", Someone(bench), Cancel)).Value;
        await SayAsync(bench, 10, 4, "the app crashes after the update of the phone");
        await SayAsync(bench, 15, 4, "the app crashes after the update of the tablet");
        Assert.Equal([(topic, 8L), (split, 8L)], (await TopicsAsync(bench)).OrderBy(one => one.Id != topic).Select(one => (one.Id, one.Posts)));
        Assert.Equal(0, await bench.AskAsync<int>("select count(*)::int from signal where brand_id = @brand and kind = 'SameIssue'"));
        await SayAsync(bench, 20, 3, "the app crashes after the update of the tablet");
        Assert.Equal(11, await bench.AskAsync<int>("select (figures -> 0 ->> 'value')::int from signal where brand_id = @brand and kind = 'SameIssue'"));
        Assert.Equal(split.Value, await bench.AskAsync<Guid>("select topic_id from signal where brand_id = @brand and kind = 'SameIssue'"));
    }

    [Fact]
    public async Task A_name_that_a_person_gave_stays()
    {
        var bench = await DetectionBench.NewAsync(database);
        await SayAsync(bench, 0, 3, Crash);
        var topic = Assert.Single(await TopicsAsync(bench)).Id;
        await Desk(bench).RenameAsync(topic, "  Crash after  4.2 ", Someone(bench), Cancel);
        await SayAsync(bench, 5, 3, Crash);
        Assert.Equal(("Crash after 4.2", 6L), Assert.Single((await TopicsAsync(bench)).Select(one => (one.Name, one.Posts))));
        Assert.False((await Desk(bench).RenameAsync(topic, " ", Someone(bench), Cancel)).Succeeded(out _));
        Assert.False((await Desk(bench).RenameAsync(new(Ids.New(bench.Time)), "x", Someone(bench), Cancel)).Succeeded(out _));
    }

    [Fact]
    public async Task What_cannot_be_joined_or_parted_is_refused()
    {
        var bench = await DetectionBench.NewAsync(database);
        var elsewhere = await DetectionBench.NewAsync(database);
        await SayAsync(bench, 0, 3, Crash);
        await SayAsync(elsewhere, 0, 3, Crash);
        var (topic, other) = (Assert.Single(await TopicsAsync(bench)).Id, Assert.Single(await TopicsAsync(elsewhere)).Id);
        foreach (var refused in new[]
        {
            await Desk(bench).MergeAsync(topic, topic, Someone(bench), Cancel),
            await Desk(bench).MergeAsync(topic, other, Someone(bench), Cancel),
            await Desk(bench).SplitAsync(topic, "app", Someone(bench), Cancel),
            await Desk(bench).SplitAsync(topic, "nowhere", Someone(bench), Cancel),
            await Desk(bench).SplitAsync(topic, null, Someone(bench), Cancel),
        })
        {
            Assert.False(refused.Succeeded(out _));
        }
    }

    [Fact]
    public async Task Accounts_that_look_like_one_hand_are_marked_copies_too_and_still_stored()
    {
        var bench = await DetectionBench.NewAsync(database);
        await bench.HearAsync([
            .. Enumerable.Range(0, 6).Select(n => new Heard($"c{n}", n * 0.1, $"lamp_truth{n}", "cheap lamps burn houses down, boycott them now", Spreads: n > 0)),
            .. Enumerable.Range(0, 6).Select(n => new Heard($"p{n}", 5 + (n * 0.1), "person" + (char)('a' + n), "cheap lamps burn houses down, boycott them now"))]);
        await bench.LookAllAsync();
        Assert.Equal(6, await bench.AskAsync<int>("select count(*)::int from coordinated_post where brand_id = @brand and accounts = 6 and odd = 6"));
        Assert.Equal(12, await bench.AskAsync<int>("select count(*)::int from mention where brand_id = @brand"));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static TopicDesk Desk(DetectionBench bench) => new(bench.Store, bench.Topics, bench.Time);

    private static PersonId Someone(DetectionBench bench) => new(Ids.New(bench.Time));

    /// <summary>So many different people, half a minute apart.</summary>
    private static async Task SayAsync(DetectionBench bench, double from, int people, string text)
    {
        await bench.HearAsync([.. Enumerable.Range(0, people).Select(n => new Heard($"{from}-{n}", from + (n * 0.5), $"a{from}-{n}", text))]);
        await bench.LookAllAsync();
    }

    private static async Task<(TopicId Crash, TopicId Queue)> PairAsync(DetectionBench bench)
    {
        var topics = await TopicsAsync(bench);
        return (topics.First(topic => topic.Name.Contains("app", StringComparison.Ordinal)).Id, topics.First(topic => topic.Name.Contains("queue", StringComparison.Ordinal)).Id);
    }

    private static async Task<IReadOnlyList<TopicLine>> TopicsAsync(DetectionBench bench)
    {
        bench.Time.Advance(TimeSpan.FromHours(2));
        return [.. (await new TopicBoard(bench.Store, bench.Time).ListAsync(bench.Brand.Value, Cancel)).Topics.Select(one => one.Topic)];
    }
}
