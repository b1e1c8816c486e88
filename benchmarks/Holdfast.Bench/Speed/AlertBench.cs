using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Holdfast.Testing.Alerts;

namespace Holdfast.Bench.Speed;

/// <summary>
/// Webhook accepted → the first page taken by a mail server, everything durable: the real server in a process of its own,
/// PostgreSQL that forces each commit to disk, a loopback SMTP server, a fresh situation each time.
/// </summary>
internal static class AlertBench
{
    // A server that has just started compiles its hot paths; what counts is one that has run for a while.
    private const int WarmUp = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var count = new Option<int>("--n") { Description = "How many alerts are measured", DefaultValueFactory = _ => 200 };
        var json = new Option<bool>("--json") { Description = "One JSON object as the last line" };
        var command = new Command("alert", "From a post that was accepted to the first page that went out.") { count, json };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(count), parsed.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(int count, bool json, CancellationToken cancel)
    {
        await using var rig = await AlertRig.NewAsync(count + WarmUp, cancel);
        await using var server = await rig.StartServerAsync();
        using var http = new HttpClient();
        var arrivals = new ConcurrentDictionary<string, TaskCompletionSource<long>>();
        rig.Sink.OnArrival(mail => Of(arrivals, BrandIn(mail.Subject)).TrySetResult(mail.At));
        var fromAccepted = new List<double>();
        var fromSent = new List<double>();
        for (var i = 0; i < count + WarmUp; i++)
        {
            var arrival = Of(arrivals, AlertRig.BrandName(i));
            using var request = rig.Post(server.Address, i, $"bench-{i}");
            var sent = Stopwatch.GetTimestamp();
            using var answer = await http.SendAsync(request, cancel);
            var accepted = Stopwatch.GetTimestamp();
            answer.EnsureSuccessStatusCode();
            var paged = await arrival.Task.WaitAsync(Patience, cancel);
            if (i >= WarmUp)
            {
                fromAccepted.Add(Milliseconds(accepted, paged));
                fromSent.Add(Milliseconds(sent, paged));
            }
        }

        await WriteStagesAsync(rig);
        Write(fromAccepted, fromSent, json);
        return 0;
    }

    /// <summary>Where the time goes, by the instants that the program itself wrote down.</summary>
    private static async Task WriteStagesAsync(AlertRig rig)
    {
        const string stages = """
            select string_agg(format('%s %s ms', name, round((1000 * median)::numeric, 1)), ', ' order by place) from (
              select name, place, percentile_cont(0.5) within group (order by extract(epoch from upto - since)) as median
              from (select po.received_at, s.opened_at, p.started_at, a.due_at, a.claimed_at, a.ended_at
                from post po join mention m on m.post_id = po.id join situation s on s.brand_id = m.brand_id
                join page p on p.situation_id = s.id join attempt a on a.page_id = p.id where a.step = 0 and a.round = 1) t,
              lateral (values ('received → decided', 1, received_at, started_at), ('decided → claimed', 2, started_at, claimed_at), ('claimed → settled', 3, claimed_at, ended_at))
                as stage (name, place, since, upto)
              group by name, place) medians
            """;
        Console.WriteLine("Medians by the server's own clock: " + await rig.ScalarAsync<string>(stages));
    }

    private static void Write(List<double> fromAccepted, List<double> fromSent, bool json)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{fromAccepted.Count} alerts. Accepted → first page taken: p50 {Percentile(fromAccepted, 50):0.0} ms, p99 {Percentile(fromAccepted, 99):0.0} ms. Post sent → first page taken: p50 {Percentile(fromSent, 50):0.0} ms, p99 {Percentile(fromSent, 99):0.0} ms."));
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, double>
            {
                ["p50_ms"] = Percentile(fromAccepted, 50),
                ["p99_ms"] = Percentile(fromAccepted, 99),
                ["n"] = fromAccepted.Count,
                ["from_sent_p50_ms"] = Percentile(fromSent, 50),
                ["from_sent_p99_ms"] = Percentile(fromSent, 99),
            }));
        }
    }

    /// <summary>A page that is out before the answer arrived took no time after it, not less than none.</summary>
    private static double Milliseconds(long from, long to) => Math.Max(0, Stopwatch.GetElapsedTime(from, to).TotalMilliseconds);

    /// <summary>Nearest rank: the value that so many per cent do not exceed.</summary>
    private static double Percentile(List<double> values, int percent) =>
        Math.Round(values.Order().ElementAt((int)Math.Ceiling(values.Count * percent / 100.0) - 1), 2);

    private static string BrandIn(string subject) => subject.Split(" · ")[1];

    private static TaskCompletionSource<long> Of(ConcurrentDictionary<string, TaskCompletionSource<long>> arrivals, string brand) =>
        arrivals.GetOrAdd(brand, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
