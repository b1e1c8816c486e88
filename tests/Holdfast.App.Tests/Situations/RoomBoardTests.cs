using Dapper;
using Holdfast.Core.Detection;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Shell;
using Holdfast.Situations;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Situations;

public sealed class RoomBoardTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static async Task BlindAsync(SituationBench bench, int from, int to)
    {
        await using var connection = await bench.Store.OpenAsync(Cancel);
        await connection.ExecuteAsync("""
            insert into signal (id, brand_id, kind, rule, level, started_at, last_at, peak_at, raised_at, figures, posts)
            values (@id, @Brand, 'Blind', 'blind', 2, @from, @to, @to, @to, '[{"name":"silent","value":20,"unit":"minutes"}]', '{}')
            """, new { id = Ids.New(bench.Time), bench.Brand, from = SituationBench.Noon.AddMinutes(from), to = SituationBench.Noon.AddMinutes(to) });
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_room_shows_the_posts_of_its_topic_and_no_others_newest_first()
    {
        var bench = await SituationBench.NewAsync(database);
        var topic = await bench.AddTopicAsync("cancelled flights");
        var (older, newer) = (await SayAsync(bench, -20, "mastodon", topic), await SayAsync(bench, -10, "bluesky", topic));
        await SayAsync(bench, -5, "bluesky", topic: null);
        var id = await TakeAsync(bench, 3, topic);

        var room = (await Board(bench).RoomAsync(id, Cancel))!;

        Assert.Equal([newer, older], room.Said.Select(post => post.Post));
        Assert.Equal([("bluesky", 1L), ("mastodon", 1L)], room.Networks.Select(n => (n.Network, n.Negative)).Order());
        Assert.Equal(("cancelled flights", (short)3), (room.Leading!.Topic, room.Leading.Level));
    }

    [Fact]
    public async Task Without_a_topic_it_shows_what_was_said_against_the_brand_since_it_began()
    {
        var bench = await SituationBench.NewAsync(database);
        await SayAsync(bench, -600, "bluesky", topic: null);
        var post = await SayAsync(bench, -5, "bluesky", topic: null);
        await SayAsync(bench, -4, "bluesky", topic: null, sentiment: 1);
        var room = (await Board(bench).RoomAsync(await bench.DeclareAsync(), Cancel))!;
        Assert.Equal([post], room.Said.Select(said => said.Post));
    }

    [Fact]
    public async Task The_chart_counts_each_negative_post_once_in_its_five_minutes_and_knows_what_is_usual()
    {
        var bench = await SituationBench.NewAsync(database);
        foreach (var minute in new[] { -12, -11, -1 })
        {
            await SayAsync(bench, minute, "bluesky", topic: null);
        }

        await SayAsync(bench, -11, "bluesky", topic: null, sentiment: 1);
        await SayAsync(bench, -11, "bluesky", topic: null, spreads: true);
        for (var week = 1; week <= 3; week++)
        {
            await SayAsync(bench, (-60 * 24 * 7 * week) - 61, "bluesky", topic: null);
        }

        var room = (await Board(bench).RoomAsync(await bench.DeclareAsync(), Cancel))!;
        var chart = await new RoomChart(bench.Store).DrawAsync(room, new Words<RoomPage>("en"), Cancel);

        var counted = chart.Series.Points.Where(point => point[1] > 0).Select(point => ((DateTimeOffset.FromUnixTimeMilliseconds((long)point[0]!) - SituationBench.Noon).TotalMinutes, point[1]));
        Assert.Equal([(-15.0, 2.0), (-5.0, 1.0)], counted);
        Assert.Equal("per 5 min", chart.Unit);
        Assert.Equal(chart.Series.Points.Count + 1, chart.Expected?.High.Count); // the five minutes that are being filled
        Assert.True(chart.Expected!.High[0][1] > 0);
    }

    [Fact]
    public async Task The_five_minutes_that_are_still_being_filled_are_not_drawn_as_a_fall()
    {
        var bench = await SituationBench.NewAsync(database);
        await SayAsync(bench, -2, "bluesky", topic: null);
        await SayAsync(bench, 0, "bluesky", topic: null);
        var room = (await Board(bench).RoomAsync(await bench.DeclareAsync(), Cancel))!;
        Assert.Equal((-5, 1), await LastAsync());

        // More than in the five minutes before, and they are not over: a rise is shown at once.
        await SayAsync(bench, 0, "bluesky", topic: null);
        Assert.Equal((0, 2), await LastAsync());

        async Task<(double Minute, double? Count)> LastAsync()
        {
            var last = (await new RoomChart(bench.Store).DrawAsync(room, new Words<RoomPage>("en"), Cancel)).Series.Points[^1];
            return ((DateTimeOffset.FromUnixTimeMilliseconds((long)last[0]!) - SituationBench.Noon).TotalMinutes, last[1]);
        }
    }

    [Fact]
    public async Task Nothing_heard_while_a_source_was_blind_is_a_gap_in_the_chart_and_what_was_heard_is_shown()
    {
        var bench = await SituationBench.NewAsync(database);
        await SayAsync(bench, -58, "bluesky", topic: null);
        await SayAsync(bench, -28, "bluesky", topic: null);
        await BlindAsync(bench, -40, -21);

        var room = (await Board(bench).RoomAsync(await bench.DeclareAsync(), Cancel))!;
        var chart = await new RoomChart(bench.Store).DrawAsync(room, new Words<RoomPage>("en"), Cancel);
        var byMinute = chart.Series.Points.ToDictionary(point => (DateTimeOffset.FromUnixTimeMilliseconds((long)point[0]!) - SituationBench.Noon).TotalMinutes, point => point[1]);
        Assert.Equal([1.0, 0, 0, 0, null, null, 1.0, null, 0, 0, 0, 0], Enumerable.Range(0, 12).Select(n => byMinute[-60 + (5 * n)]));
        Assert.Equal(-5, byMinute.Keys.Max());
        var stretch = Assert.Single(chart.Blind!);
        Assert.Equal(("a source was blind", 20.0), (stretch.Name, TimeSpan.FromMilliseconds(stretch.To - stretch.From).TotalMinutes));
    }

    [Fact]
    public async Task The_room_tells_where_a_rise_goes_and_draws_it_and_is_silent_without_one()
    {
        var bench = await SituationBench.NewAsync(database);
        var id = await bench.DeclareAsync();
        Assert.Null((await Board(bench).RoomAsync(id, Cancel))!.Outlook);

        await CountAsync(bench, [-1500, .. Enumerable.Range(1, 9).Select(n => (int)(60 * Math.Sqrt(n / 9.0)) - 60)]);
        var room = (await Board(bench).RoomAsync(id, Cancel))!;
        Assert.Equal(11, room.Outlook!.Number);
        var chart = await new RoomChart(bench.Store).DrawAsync(room, new Words<RoomPage>("en"), Cancel);
        Assert.Equal(1 + Forecast.After.Count, chart.Forecast!.Points.Count);
        Assert.All(chart.Forecast.Points.Zip(chart.Forecast.High), point => Assert.True(point.First[1] <= point.Second[1]));

        // An hour in which a source was blind: that it is not known is said, and nothing is drawn.
        await BlindAsync(bench, -40, -21);
        var blind = (await Board(bench).RoomAsync(id, Cancel))!;
        Assert.Equal(RiseUnknown.Blind, blind.Outlook!.Rise.Unknown);
        Assert.Null((await new RoomChart(bench.Store).DrawAsync(blind, new Words<RoomPage>("en"), Cancel)).Forecast);
    }

    [Fact]
    public async Task The_list_has_live_and_ended_apart_and_watches_only_signals_that_joined_nothing()
    {
        var bench = await SituationBench.NewAsync(database);
        var ended = await bench.DeclareAsync();
        await bench.ActAsync(ended, s => SituationDecisions.Resolve(s, "over"));
        await TakeAsync(bench, 2, null);
        var live = await TakeAsync(bench, 3, await bench.AddTopicAsync("flights"));

        var list = await Board(bench).ListAsync(ended: false, Cancel);
        Assert.Contains(list.Situations, s => s.Id == live);
        Assert.DoesNotContain(list.Situations, s => s.Id == ended);
        Assert.Equal([2], list.Watched.Where(w => w.Brand.EndsWith(bench.Brand.Value.ToString(), StringComparison.Ordinal)).Select(w => (int)w.Level));
        Assert.Contains((await Board(bench).ListAsync(ended: true, Cancel)).Situations, s => s.Id == ended);
    }

    [Fact]
    public async Task Every_kind_of_entry_is_a_sentence_in_both_languages()
    {
        var bench = await SituationBench.NewAsync(database);
        var room = (await Board(bench).RoomAsync(await TakeAsync(bench, 5, null), Cancel))!;
        foreach (var language in new[] { "en", "pl" })
        {
            var words = new Words<RoomPage>(language);
            Assert.All(room.Timeline, entry => Assert.False(string.IsNullOrWhiteSpace(TimelineWords.Of(entry, room, words))));
            foreach (var kind in Enum.GetValues<SignalKind>())
            {
                Assert.False(string.IsNullOrWhiteSpace(SignalWords.Because(kind, [new Figure("people", 3, "people")], words)));
                Assert.False(string.IsNullOrWhiteSpace(SignalWords.Because(kind, [], words)));
            }
        }
    }

    private static RoomBoard Board(SituationBench bench) => new(bench.Store, bench.Time);

    private static async Task<SituationId> TakeAsync(SituationBench bench, int level, TopicId? topic)
    {
        var signal = bench.Signal(level, topic: topic);
        await bench.Store.InTransactionAsync(async transaction =>
        {
            await transaction.Connection!.ExecuteAsync("""
                insert into signal (id, brand_id, kind, rule, topic_id, level, started_at, last_at, peak_at, raised_at, figures, posts)
                values (@Id, @Brand, @kind, @Rule, @Topic, @Level, @StartedAt, @LastAt, @LastAt, @LastAt, @figures::jsonb, '{}')
                """, new { signal.Id, signal.Brand, kind = signal.Kind.ToString(), signal.Rule, signal.Topic, Level = (int)signal.Level, signal.StartedAt, signal.LastAt, figures = Json.Write(signal.Figures) }, transaction);
        }, Cancel);
        return (await bench.TakeAsync(signal)).Situation ?? default;
    }

    /// <summary>One negative post in each of these minutes.</summary>
    private static async Task CountAsync(SituationBench bench, IReadOnlyList<int> minutes)
    {
        var monitor = Ids.New(bench.Time);
        await using var connection = await bench.Store.OpenAsync(Cancel);
        await connection.ExecuteAsync(
            "insert into monitor (id, brand_id, name, query, created_at) values (@monitor, @Brand, 'all', 'all', @Noon)",
            new { monitor, bench.Brand, SituationBench.Noon });
        await connection.ExecuteAsync(
            """
            insert into pulse (monitor_id, minute, network, mentions, negative, reach, authors, negative_authors)
            select @monitor, minute, 'x', count(*), count(*), 0, '{}', '{}' from unnest(@minutes) as minute group by minute
            """,
            new { monitor, minutes = minutes.Select(minute => SituationBench.Noon.AddMinutes(minute).UtcDateTime).ToArray() });
    }

    private static async Task<Guid> SayAsync(SituationBench bench, int minute, string network, TopicId? topic, int sentiment = -1, bool spreads = false)
    {
        var post = Ids.New(bench.Time);
        var at = SituationBench.Noon.AddMinutes(minute);
        await using var connection = await bench.Store.OpenAsync(Cancel);
        await connection.ExecuteAsync("""
            insert into post (id, network, network_id, author_id, handle, text, at, received_at, search)
            values (@post, @network, @name, @name, @name, 'words', @at, @at, ''::tsvector);
            insert into mention (brand_id, post_id, monitors, at, network, author, reach, language, sentiment, class, intent, copy_key, spreads)
            values (@Brand, @post, '{}', @at, @network, @name, 1, 'en', @sentiment, @sentiment, 0, 0, @spreads);
            """, new { post, network, name = post.ToString(), at, bench.Brand, sentiment, spreads });
        if (topic is not null)
        {
            await connection.ExecuteAsync("insert into topic_post (topic_id, post_id) values (@topic, @post)", new { topic, post });
        }

        return post;
    }
}
