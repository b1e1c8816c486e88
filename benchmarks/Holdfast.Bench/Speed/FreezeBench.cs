using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Holdfast.Core.Publishing;
using Holdfast.Networks.Social.Practice;
using Holdfast.Testing.Alerts;
using Holdfast.Testing.Publishing;

namespace Holdfast.Bench.Speed;

/// <summary>
/// A freeze in earnest: two real servers, a PostgreSQL that forces each commit to disk, posts that fall due all the time, a network
/// that dawdles, refuses and loses answers; servers are killed and their clocks set wrong. What left says the network's own log.
/// </summary>
internal static class FreezeBench
{
    private const int PostsARun = 24;
    private const int Spread = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Short, so that what a killed server held is settled within the bench; longer than a request lives here.</summary>
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Publishing__Lease"] = "00:00:03",
        ["Publishing__Grace"] = "00:00:02",
        ["Publishing__AskEvery"] = "00:00:00.2",
    };

    public static Command Create()
    {
        var runs = new Option<int>("--runs") { Description = "How many freezes", DefaultValueFactory = _ => 50 };
        var seed = new Option<int>("--seed") { Description = "Of what goes wrong and when", DefaultValueFactory = _ => 20150222 };
        var json = new Option<bool>("--json") { Description = "One JSON object as the last line" };
        var command = new Command("freeze", "Freezes while posts fall due, servers die and clocks jump, and counts what left after the answer.") { runs, seed, json };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(runs), parsed.GetValue(seed), parsed.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(int runs, int seed, bool json, CancellationToken cancel)
    {
        var random = new Random(seed);
        var moods = new Random(seed + 1);
        await using var rig = await FreezeRig.NewAsync(_ => Way(moods), cancel);
        var servers = new List<(ServerProcess Server, int Number)> { (await rig.StartServerAsync(Settings), 1), (await rig.StartServerAsync(Settings), 2) };
        var counts = new FreezeCounts();
        for (var run = 0; run < runs; run++)
        {
            await RunOnceAsync(rig, servers, random, counts, early: run % 4 == 3, cancel);
            if (run % 10 == 9)
            {
                Console.Error.WriteLine($"{run + 1} of {runs}: {counts.Slipped} slipped, {counts.NamedInFlight} named in flight, {rig.Network.Posts.Count} published");
            }
        }

        await SettleAsync(rig, cancel);
        await CountEndAsync(rig, counts);
        foreach (var (server, _) in servers)
        {
            await server.DisposeAsync();
        }

        Write(runs, counts, rig, json);
        return counts.Slipped + counts.Double + counts.Lost == 0 ? 0 : 1;
    }

    private static async Task RunOnceAsync(
        FreezeRig rig, List<(ServerProcess Server, int Number)> servers, Random random, FreezeCounts counts, bool early, CancellationToken cancel)
    {
        // Early: before anything falls due, to see what a freeze takes by itself.
        var start = TimeProvider.System.GetUtcNow().AddMilliseconds(early ? 2 * Spread : 50);
        for (var i = 0; i < PostsARun; i++)
        {
            await rig.ScheduleAsync(rig.Accounts[i % 2], start.AddMilliseconds(random.Next(Spread)), cancel);
        }

        var victim = random.Next(2);
        var killAt = random.Next(3) == 0 ? random.Next(Spread) : (int?)null;
        var jumped = random.Next(4) == 0 ? servers[1 - victim].Number : (int?)null;
        var killing = killAt is { } at ? KillAsync(rig, servers, victim, at) : Task.CompletedTask;
        await Task.Delay(random.Next(Spread), cancel);
        if (jumped is { } number)
        {
            await File.WriteAllTextAsync(rig.ClockFile(number), (random.Next(2) == 0 ? 86_400 : -86_400).ToString(CultureInfo.InvariantCulture), cancel);
        }

        var scope = random.Next(3) == 0 ? new FreezeScope.OfAccount(rig.Accounts[0].Id) : (FreezeScope)new FreezeScope.Everything();
        var asked = Stopwatch.GetTimestamp();
        var answer = await rig.FreezeAsync(scope, cancel);
        var answered = Stopwatch.GetTimestamp();
        var found = await rig.RowsAsync<(string Key, string Found)>(
            "select p.key, f.found from freeze_post f join scheduled_post p on p.id = f.post_id where f.freeze_id = @id and f.found in ('InFlight', 'Unknown')", new { id = answer.Freeze.Id });
        var named = found.Select(post => post.Key).ToHashSet();
        counts.NamedInFlight += named.Count;
        counts.Acks.Add((Stopwatch.GetElapsedTime(asked, answered).TotalMilliseconds, found.All(post => post.Found == "Unknown")));

        await Task.Delay(early ? 3 * Spread : Spread, cancel);
        await killing;
        counts.Slipped += rig.Network.Arrivals.Count(arrival => arrival.FirstByteAt > answered && !named.Contains(arrival.Post.Key)
            && (scope is FreezeScope.Everything || arrival.Post.Account == rig.Accounts[0].NetworkId));
        _ = (await rig.Freezes.LiftAsync(answer.Freeze.Id, "Over.", Core.Situations.Actor.Clock, cancel)).Value;
        if (jumped is { } wrong)
        {
            await File.WriteAllTextAsync(rig.ClockFile(wrong), "0", cancel);
        }
    }

    private static async Task KillAsync(FreezeRig rig, List<(ServerProcess Server, int Number)> servers, int victim, int at)
    {
        await Task.Delay(at);
        await servers[victim].Server.KillAsync();
        await servers[victim].Server.DisposeAsync();
        servers[victim] = (await rig.StartServerAsync(Settings), rig.Started);
    }

    private static PracticeWay Way(Random moods)
    {
        lock (moods)
        {
            var after = TimeSpan.FromMilliseconds(moods.Next(4) == 0 ? moods.Next(150) : 0);
            var before = TimeSpan.FromMilliseconds(moods.Next(4) == 0 ? moods.Next(50) : 0);
            var mood = moods.Next(20) switch
            {
                0 => PracticeMood.LosesTheAnswer,
                1 => PracticeMood.AsksToWait,
                2 => PracticeMood.Fails,
                3 => PracticeMood.FailsAfterwards,
                4 => PracticeMood.Closes,
                _ => PracticeMood.Answers,
            };
            return new PracticeWay(mood, before, after);
        }
    }

    /// <summary>Until nothing is on its way, unknown or due.</summary>
    private static async Task SettleAsync(FreezeRig rig, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        while ((await rig.RowsAsync<long>("select count(*) from scheduled_post where state in ('Scheduled', 'Sending', 'Unknown')"))[0] > 0)
        {
            await Task.Delay(200, limit.Token);
        }
    }

    private static async Task CountEndAsync(FreezeRig rig, FreezeCounts counts)
    {
        // The network takes a key once; a request that was carried out twice counts all the same.
        counts.Double = rig.Network.Arrivals.Where(arrival => arrival.Done).GroupBy(arrival => arrival.Post.Key).Count(each => each.Count() > 1);
        foreach (var post in await rig.RowsAsync<(string Key, string State)>("select key, state from scheduled_post"))
        {
            var there = rig.Network.Posts.ContainsKey(post.Key);
            counts.Lost += there == (post.State == nameof(PostState.Sent)) ? 0 : 1;
            counts.Sent += there ? 1 : 0;
            counts.Held += post.State == nameof(PostState.Held) ? 1 : 0;
        }
    }

    private static void Write(int runs, FreezeCounts counts, FreezeRig rig, bool json)
    {
        var quiet = counts.Acks.Where(ack => ack.Quiet).Select(ack => ack.Milliseconds).Order().ToList();
        var all = counts.Acks.Select(ack => ack.Milliseconds).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs} freezes over {counts.Sent + counts.Held} posts: {counts.Sent} sent, {counts.Held} held; {rig.Started - 2} servers killed."));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{counts.Slipped} slipped, {counts.NamedInFlight} named in flight, {counts.Double} double, {counts.Lost} lost; answered in {At(all, 0.5):N1} ms (p50), {At(all, 0.99):N1} ms (p99); with nothing in flight {At(quiet, 0.5):N1} and {At(quiet, 0.99):N1} ms."));
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                runs,
                slipped = counts.Slipped,
                named_in_flight = counts.NamedInFlight,
                @double = counts.Double,
                lost = counts.Lost,
                ack_p50_ms = Math.Round(At(quiet, 0.5), 2),
                ack_p99_ms = Math.Round(At(quiet, 0.99), 2),
                ack_in_flight_p99_ms = Math.Round(At(all, 0.99), 2),
            }));
        }
    }

    private static double At(List<double> sorted, double part) => sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(part * sorted.Count))];

    private sealed class FreezeCounts
    {
        public int Slipped { get; set; }

        public int NamedInFlight { get; set; }

        public int Double { get; set; }

        public int Lost { get; set; }

        public int Sent { get; set; }

        public int Held { get; set; }

        public List<(double Milliseconds, bool Quiet)> Acks { get; } = [];
    }
}
