using System.Collections.Concurrent;
using System.Globalization;
using Holdfast.Testing.Alerts;

namespace Holdfast.App.Tests.Crash;

/// <summary>
/// kill -9 at random moments of intake, signal and escalation: nothing acknowledged is lost, no page is lost, and none
/// goes out twice without saying so.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int UsualKills = 100;
    private const int PostsAKill = 2;

    /// <summary>Short, so that what a killed node held is taken up within the test.</summary>
    private static readonly Dictionary<string, string> Settings = new() { ["Escalation__Lease"] = "00:00:03", ["DOTNET_TieredPGO"] = "0" };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly ConcurrentDictionary<int, string> _accepted = new();

    [Fact]
    public async Task Killed_at_any_moment_it_loses_nothing_and_repeats_nothing_unmarked()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("HOLDFAST_KILLS"), CultureInfo.InvariantCulture, out var asked) ? asked : UsualKills;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("HOLDFAST_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 20150222;
        output.WriteLine($"{kills} kills, HOLDFAST_SEED={seed}");
        var random = new Random(seed);
        await using var rig = await AlertRig.NewAsync(kills * PostsAKill, TestContext.Current.CancellationToken);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };

        // Two nodes: while one is killed the other lives, as in a real installation, and the next one is already starting.
        var standing = await rig.StartServerAsync(Settings);
        for (var kill = 0; kill < kills; kill++)
        {
            var starting = rig.StartServerAsync(Settings);
            var moment = new Moment(rig.Sink);
            var posts = Enumerable.Range(kill * PostsAKill, PostsAKill).Select(i => PostAsync(rig, http, standing, i, moment)).ToList();
            await moment.WaitAsync(random);
            await standing.KillAsync();
            await standing.DisposeAsync();
            await Task.WhenAll(posts);
            standing = await starting;
        }

        await using (standing)
        {
            await SettledAsync(rig);
        }

        await NothingIsLostAsync(rig, kills);
        NothingIsRepeatedUnmarked(rig);
    }

    private async Task PostAsync(AlertRig rig, HttpClient http, ServerProcess server, int number, Moment moment)
    {
        try
        {
            using var request = rig.Post(server.Address, number, $"kill-{number}");
            using var answer = await http.SendAsync(request);
            if (answer.IsSuccessStatusCode)
            {
                _accepted[number] = $"kill-{number}";
                moment.Accepted.TrySetResult();
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            // Never acknowledged: it may be stored or not.
        }
    }

    /// <summary>Until nothing that is due is left: no stretch to look at, no step, no message.</summary>
    private static async Task SettledAsync(AlertRig rig)
    {
        const string left = """
            select (select count(*) from detection_due)
              + (select count(*) from page where state = 'Running' and step_due_at <= now())
              + (select count(*) from attempt where state in ('Intent', 'Claimed') and due_at <= now())
            """;
        using var limit = new CancellationTokenSource(Patience);
        while (await rig.ScalarAsync<long>(left) > 0)
        {
            await Task.Delay(100, limit.Token);
        }
    }

    private async Task NothingIsLostAsync(AlertRig rig, int kills)
    {
        var mails = rig.Sink.Mails.ToList();
        var lost = new List<string>();
        foreach (var (number, id) in _accepted)
        {
            if (await rig.ScalarAsync<long>("select count(*) from post where network_id = @id", new { id }) != 1)
            {
                lost.Add($"post {id} was acknowledged and is not stored");
            }

            if (!mails.Any(mail => mail.Subject.Contains($"{AlertRig.BrandName(number)} ", StringComparison.Ordinal)))
            {
                lost.Add($"nobody was paged for {AlertRig.BrandName(number)}");
            }
        }

        // What was stored without its sender hearing of it pages too.
        var unpaged = await rig.ScalarAsync<long>(
            "select count(*) from mention m where not exists (select from situation s join page p on p.situation_id = s.id join attempt a on a.page_id = p.id where s.brand_id = m.brand_id and a.state = 'Confirmed')");
        output.WriteLine($"{_accepted.Count} posts acknowledged, {await rig.ScalarAsync<long>("select count(*) from post")} stored, {mails.Count} mails");
        Assert.Empty(lost);
        Assert.Equal(0, unpaged);
        Assert.True(_accepted.Count >= kills / 3, "hardly a post was accepted: the kills came too early to try anything");
    }

    private void NothingIsRepeatedUnmarked(AlertRig rig)
    {
        var attempts = rig.Sink.Mails.GroupBy(mail => mail.Attempt).ToList();
        output.WriteLine($"{attempts.Count} attempts, {rig.Sink.Mails.Count(mail => mail.IsMarkedAsRepeat)} mails marked as a possible repeat, {attempts.Count(a => a.Count() > 1)} attempts really repeated");
        Assert.All(attempts, attempt => Assert.True(attempt.Count(mail => !mail.IsMarkedAsRepeat) <= 1, $"attempt {attempt.Key} went out twice unmarked"));
    }

    /// <summary>When to strike: before the answer, between the answer and the page, or around the page itself.</summary>
    private sealed class Moment
    {
        private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
        private readonly TaskCompletionSource _mailed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Moment(SmtpSink sink) => sink.OnArrival(_ => _mailed.TrySetResult());

        public TaskCompletionSource Accepted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task WaitAsync(Random random)
        {
            var (first, after) = random.Next(10) switch
            {
                < 3 => (Task.CompletedTask, random.Next(400)),
                < 7 => (Accepted.Task, random.Next(60)),
                _ => (_mailed.Task, random.Next(6)),
            };
            await Task.WhenAny(first, Task.Delay(Longest));
            await Task.Delay(after);
        }
    }
}
