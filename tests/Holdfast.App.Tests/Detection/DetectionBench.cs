using Dapper;
using Holdfast.App.Tests.Situations;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.Plans;
using Holdfast.Core.Reading;
using Holdfast.Database;
using Holdfast.Detection;
using Holdfast.Situations;
using Holdfast.Testing;
using Holdfast.Testing.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Holdfast.App.Tests.Detection;

/// <summary>A post as a test thinks of it: minutes after noon, and a name by which it is known in every database.</summary>
internal sealed record Heard(
    string Name,
    double Minute,
    string Author,
    string Text,
    SentimentClass Class = SentimentClass.Negative,
    Intent Intent = Intent.Other,
    int Risk = 0,
    bool Spreads = false,
    long Reach = 100);

/// <summary>A brand of its own with one monitor, and posts stored as intake stores them.</summary>
internal sealed class DetectionBench
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static int _brands;
    private readonly MonitorId _monitor;
    private readonly Dictionary<Guid, string> _names = [];

    private DetectionBench(Store store, BrandId brand)
    {
        (Store, Brand, _monitor) = (store, brand, new(Ids.New(Time)));
        Situations = new(store, new PageCalls(), new FreezeCalls(), Time);
        Topics = new(Time);
        Desk = new(store, Situations, Topics, Time, NullLogger<DetectionDesk>.Instance);
    }

    public FakeTime Time { get; } = new(Noon);

    public Store Store { get; }

    public BrandId Brand { get; }

    public DetectionDesk Desk { get; }

    public SituationDesk Situations { get; }

    public TopicBook Topics { get; }

    public static async Task<DetectionBench> NewAsync(DatabaseFixture database, RuleSet? rules = null)
    {
        var time = new FakeTime(Noon);
        var bench = new DetectionBench(database.Store, new(Ids.New(time)));
        await using var connection = await bench.Store.OpenAsync(default);
        await connection.ExecuteAsync(
            "insert into brand (id, name, time_zone, created_at) values (@id, @name, 'Europe/Warsaw', @now)",
            new { id = bench.Brand, name = $"Lumo {Interlocked.Increment(ref _brands)}", now = Noon });
        await connection.ExecuteAsync(
            "insert into monitor (id, brand_id, name, query, created_at) values (@id, @brand, 'all', 'lumo', @now)",
            new { id = bench._monitor, brand = bench.Brand, now = Noon });
        if (rules is not null)
        {
            await bench.PutInForceAsync(CrisisPlan.Template() with { Rules = rules }, 1);
        }

        return bench;
    }

    public async Task PutInForceAsync(CrisisPlan plan, int version)
    {
        await using var connection = await Store.OpenAsync(default);
        await connection.ExecuteAsync(
            "insert into plan (id, brand_id, version, in_force_from, document, written_at) values (@id, @brand, @version, @now, @document::jsonb, @now)",
            new { id = Ids.New(Time), brand = Brand, version, now = Noon.AddSeconds(version - 10), document = Json.Write(plan) });
    }

    /// <summary>Stores posts, mentions, pulse and what is due, in one transaction.</summary>
    public Task HearAsync(IReadOnlyList<Heard> posts) => Store.InTransactionAsync(async transaction =>
    {
        foreach (var post in posts)
        {
            await StoreAsync(transaction, post);
        }

        await transaction.Connection!.ExecuteAsync(
            "insert into detection_due (brand_id, from_minute, to_minute, accepted_at) values (@brand, @from, @to, @now)",
            new { brand = Brand, from = At(posts.Min(p => p.Minute)), to = At(posts.Max(p => p.Minute)), now = Noon },
            transaction);
        await Changes.NotifyAsync(transaction, "detection");
    }, default);

    public async Task LookAllAsync()
    {
        while (await Desk.LookAsync(Brand, default))
        {
            // Until nothing is due.
        }
    }

    /// <summary>Everything that is told of the signals, in words that are the same in every database.</summary>
    public async Task<IReadOnlyList<string>> SignalsAsync()
    {
        await using var connection = await Store.OpenAsync(default);
        var rows = await connection.QueryAsync<(string Rule, int Level, DateTime From, DateTime To, DateTime Peak, string Figures, string[] Words, Guid[] Posts)>(
            """
            select rule, level::int, started_at, last_at, peak_at, figures::text, words, posts from signal
            where brand_id = @brand and merged_into is null
            """,
            new { brand = Brand });
        return [.. rows
            .Select(row => Told(row.Rule, row.Level, row.From, row.To, row.Peak, Json.Read<List<Figure>>(row.Figures), row.Words, row.Posts))
            .Order(StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<string>> BacktestAsync()
    {
        await using var connection = await Store.OpenAsync(default);
        var watched = (await Desk.WatchedAsync(connection, null, Brand, default))!;
        var plan = CrisisPlan.Template() with { Rules = watched.Rules };
        return await new BacktestDesk(Store, Time).WithAsync(watched.Brand, null, null, async input =>
        {
            var set = await Backtest.RunAsync(input, plan, "", default);
            Assert.Empty(set.Failures);
            var told = new List<string>();
            foreach (var run in set.Signals.Select(signal => signal.Run))
            {
                var rule = watched.Rules.Counting(run.Subject.Rule);
                var posts = rule is null
                    ? [.. run.Posts.Select(post => post.Post)]
                    : await SignalSql.BehindAsync(connection, null, Brand, rule, run, default);
                told.Add(Told(
                    run.Subject.Rule, (int)run.Subject.Level, run.StartedAt.UtcDateTime, run.LastAt.UtcDateTime, run.Peak.At.UtcDateTime,
                    run.Peak.Figures, run.Peak.Topic?.Words ?? [], [.. posts.Take(Signal.MaxPosts).Select(post => post.Value)]));
            }

            return told.Order(StringComparer.Ordinal).ToList();
        }, default);
    }

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = await Store.OpenAsync(default);
        return await connection.QuerySingleAsync<T>(sql, new { brand = Brand });
    }

    public static DateTimeOffset At(double minute) => Noon.AddMinutes(minute);

    private string Told(
        string rule, int level, DateTime from, DateTime to, DateTime peak, IReadOnlyList<Figure> figures, IReadOnlyList<string> words, Guid[] posts) =>
        FormattableString.Invariant(
            $"{rule} L{level} {from:dd HH:mm}-{to:dd HH:mm} peak {peak:HH:mm} {string.Join(' ', figures.Select(f => $"{f.Name}={f.Value}"))} | {string.Join(' ', words)} | {string.Join(' ', posts.Select(post => _names[post]))}");

    private async Task StoreAsync(NpgsqlTransaction transaction, Heard post)
    {
        var id = Ids.New(Time);
        _names[id] = post.Name;
        var at = At(post.Minute);
        var minute = new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var negative = post is { Class: SentimentClass.Negative, Spreads: false };
        var hash = post.Author.Sum(c => c) + (post.Author.Length * 1000);
        await transaction.Connection!.ExecuteAsync(
            """
            insert into post (id, network, network_id, author_id, handle, text, at, received_at, search)
            values (@id, 'x', @id::text, @Author, @Author, @Text, @at, @at, '');
            insert into mention (brand_id, post_id, monitors, at, network, author, reach, language, sentiment, class, intent, risk, copy_key, spreads, counted_negative)
            values (@brand, @id, array[@monitor], @at, 'x', @Author, @Reach, 'en', 0, @Class, @Intent, @Risk, 0, @Spreads, @negative = 1);
            insert into pulse (monitor_id, minute, network, mentions, negative, reach, authors, negative_authors)
            values (@monitor, @minute, 'x', 1, @negative, @Reach, array[@hash], case when @negative = 1 then array[@hash] else '{}'::int[] end)
            on conflict (monitor_id, minute, network) do update
            set mentions = pulse.mentions + 1, negative = pulse.negative + excluded.negative, reach = pulse.reach + excluded.reach,
                authors = array(select unnest(pulse.authors) union select unnest(excluded.authors)),
                negative_authors = array(select unnest(pulse.negative_authors) union select unnest(excluded.negative_authors))
            """,
            new
            {
                id,
                brand = Brand,
                monitor = _monitor.Value,
                at,
                minute,
                negative = negative ? 1 : 0,
                hash,
                post.Author,
                post.Text,
                post.Reach,
                Class = (int)post.Class,
                Intent = (int)post.Intent,
                post.Risk,
                post.Spreads,
            },
            transaction);
    }
}
