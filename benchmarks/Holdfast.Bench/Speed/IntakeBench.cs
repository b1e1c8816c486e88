using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Holdfast.Brands;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.Reading;
using Holdfast.Database;
using Holdfast.Listening;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Holdfast.Bench.Speed;

/// <summary>
/// <c>./bench intake [--posts FILE] [--json]</c>: durable, searchable intake beside PostgreSQL alone, which is given the same rows, ready
/// made, by the same statements in the same transactions, without matching, reading or looking for copies. Taken in turns.
/// </summary>
internal static class IntakeBench
{
    private const int Rounds = 5;
    private const int BatchSize = 1_000;
    private const int Monitors = 100;

    public static Command Create()
    {
        var file = new Option<string?>("--posts") { Description = "Any file that can be imported; generated posts otherwise." };
        var count = new Option<int>("--count") { Description = "How many posts a round.", DefaultValueFactory = _ => 20_000 };
        var json = new Option<bool>("--json") { Description = "Print one JSON object as the last line." };
        var command = new Command("intake", "Posts stored a second, beside PostgreSQL alone with the same rows.") { file, count, json };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(file), parsed.GetValue(count), parsed.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(string? file, int count, bool json, CancellationToken cancel)
    {
        var posts = file is null ? BenchPosts.Generated(count) : await BenchPosts.FromFileAsync(file, count, cancel);
        var folder = Path.Combine(Path.GetTempPath(), $"holdfast-bench-{Environment.ProcessId}");
        try
        {
            await using var installation = await Installation.OpenAsync(new DataFolder(folder), null, TimeProvider.System, cancel);
            var store = installation.Store;
            var source = await SetUpAsync(store, posts, cancel);
            await using var services = new ServiceCollection().AddSingleton(store).AddSingleton(TimeProvider.System).AddSingleton<MonitorCatalogue>().BuildServiceProvider();
            var catalogue = services.GetRequiredService<MonitorCatalogue>();
            var ready = Prepare(posts, source, await catalogue.CurrentAsync(cancel));
            var (ours, alone) = (new List<double>(), new List<double>());
            // The first round of each warms the code and the caches and is not counted.
            for (var round = 0; round <= Rounds; round++)
            {
                await ClearAsync(store);
                var first = await IntakeAsync(store, catalogue, posts, source, cancel);
                await ClearAsync(store);
                var second = await AloneAsync(store, ready, cancel);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(round == 0 ? "warm-up" : $"round {round}")}: {first,9:n0} posts/s, PostgreSQL alone {second,9:n0} posts/s"));
                if (round > 0)
                {
                    ours.Add(first);
                    alone.Add(second);
                }
            }

            Report(Median(ours), Median(alone), json);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Report(double ours, double alone, bool json)
    {
        using var self = Process.GetCurrentProcess();
        var figures = new Dictionary<string, double>
        {
            ["posts_per_second"] = Math.Round(ours),
            ["postgres_alone_per_second"] = Math.Round(alone),
            ["ratio"] = Math.Round(ours / alone, 3),
            ["peak_memory_mb"] = Math.Round(self.PeakWorkingSet64 / 1024.0 / 1024.0),
        };
        foreach (var (name, value) in figures)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28} {value,12:0.###}"));
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(figures));
        }
    }

    /// <summary>A brand whose first monitor matches every post, and others that match some or none: nothing is left out of what is stored.</summary>
    private static async Task<IntakeSource> SetUpAsync(Store store, IReadOnlyList<Post> posts, CancellationToken cancel)
    {
        var time = TimeProvider.System;
        var words = posts.SelectMany(p => p.Text.Split(' ')).Where(w => w.Length > 3 && w.All(char.IsAsciiLetterLower)).CountBy(w => w)
            .OrderByDescending(w => w.Value).Skip(50).Take(Monitors - 1).Select(w => w.Key).ToList();
        var brand = (await new BrandDesk(store, time).CreateAsync(new BrandDraft("Bench", ["bench"], ["en"], "UTC", null), cancel)).Value;
        await using var connection = await store.OpenAsync(cancel);
        var now = time.GetUtcNow();
        foreach (var query in words.Prepend("followers:>0"))
        {
            await connection.ExecuteAsync(
                "insert into monitor (id, brand_id, name, query, created_at) values (@id, @brand, @query, @query, @now)", new { id = Ids.New(time), brand = brand.Id, query, now });
        }

        var id = new SourceId(Ids.New(time));
        await store.InTransactionAsync(t => SourceSql.AddAsync(t, new(id, "Bench", SourceKind.File, "x", [brand.Id], null), null, now), cancel);
        return new(id, new HashSet<BrandId> { brand.Id });
    }

    private static async Task<double> IntakeAsync(Store store, MonitorCatalogue catalogue, IReadOnlyList<Post> posts, IntakeSource source, CancellationToken cancel)
    {
        var queue = new IntakeQueue();
        using var worker = new IntakeWorker(queue, catalogue, store, TimeProvider.System, NullLogger<IntakeWorker>.Instance);
        var desk = new IntakeDesk(queue, TimeProvider.System);
        await worker.StartAsync(cancel);
        var clock = Stopwatch.StartNew();
        var submissions = new List<IntakeSubmission>();
        foreach (var batch in posts.Chunk(BatchSize))
        {
            var submission = new IntakeSubmission(source, Array.ConvertAll(batch, p => new IntakeItem(p, default, "bench")));
            await desk.SubmitAsync(submission, cancel);
            submissions.Add(submission);
        }

        var receipts = await Task.WhenAll(submissions.Select(s => s.Done));
        var took = clock.Elapsed;
        await worker.StopAsync(cancel);
        var stored = receipts.Sum(r => r.Outcomes.Count(o => o.Verdict == IntakeVerdict.Accepted));
        return stored == posts.Count ? stored / took.TotalSeconds : throw new InvalidOperationException($"Only {stored} of {posts.Count} posts were stored.");
    }

    private static List<List<NewMention>> Prepare(IReadOnlyList<Post> posts, IntakeSource source, MonitorSnapshot monitors) =>
    [
        .. posts.Chunk(BatchSize).Select(batch => IntakePreparation.Prepare([new(source, Array.ConvertAll(batch, p => new IntakeItem(p, default, "bench")))], monitors))
            .Select(prepared => prepared.Posts.SelectMany(p => p.Mentions.Select(m => new NewMention(p.Post.Id, p, m, p.CopyKey))).ToList()),
    ];

    private static async Task<double> AloneAsync(Store store, List<List<NewMention>> batches, CancellationToken cancel)
    {
        var now = TimeProvider.System.GetUtcNow();
        var additions = batches.ConvertAll(b =>
        {
            var counting = new IntakeCounting();
            b.ForEach(m => counting.Count(m, m.Mention.Monitors, m.Mention.Reading.Class == SentimentClass.Negative));
            return counting.Additions;
        });
        var clock = Stopwatch.StartNew();
        foreach (var (batch, added) in batches.Zip(additions))
        {
            await store.InTransactionAsync(
                async transaction =>
                {
                    await IntakeSql.InsertPostsAsync(transaction, batch.Select(m => m.Prepared), now);
                    await IntakeMentionSql.InsertAsync(transaction, batch);
                    await IntakePulseSql.AddAsync(transaction, added);
                },
                cancel);
        }

        return batches.Sum(b => b.Count) / clock.Elapsed.TotalSeconds;
    }

    private static async Task ClearAsync(Store store)
    {
        await using var connection = await store.OpenAsync(default);
        await connection.ExecuteAsync("truncate post, mention, pulse, detection_due, parked, post_edit cascade");
        await connection.ExecuteAsync("checkpoint;");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
