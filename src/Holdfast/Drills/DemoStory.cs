using Holdfast.Core.Brands;
using Holdfast.Core.Drills;
using Holdfast.Core.Listening;
using Holdfast.Database;
using Holdfast.Listening;

namespace Holdfast.Drills;

/// <summary>
/// Lets the invented public speak, through the same intake as any network: eight weeks of ordinary days at once, then three
/// hours of crisis in event time played in ninety seconds, up to its height; then all at its own pace, so that what was forecast can be watched.
/// </summary>
internal sealed class DemoStory(Store store, IntakeDesk intake, DemoNetworks networks, DemoTerminal terminal, TimeProvider time) : BackgroundService
{
    private const ulong Seed = 20261120;
    private const double Speed = 120;
    private static readonly TimeSpan Past = TimeSpan.FromDays(56);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    private readonly InventedPublic _public = new(Seed);
    private readonly Dictionary<string, IntakeSource> _sources = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await terminal.Begun.WaitAsync(stoppingToken);
        await OpenSourcesAsync(stoppingToken);
        var start = time.GetUtcNow() - InventedPublic.CrisisLength;
        await LivePastAsync(start, stoppingToken);
        terminal.Say("The crisis begins: three hours of it in ninety seconds.");
        var crisis = _public.Crisis(start, InventedPublic.CrisisLength + InventedPublic.AftermathLength).ToList();
        var height = crisis.FindIndex(post => post.At >= start + InventedPublic.CrisisLength);
        await PlayAsync(crisis[..height], at => (at - start) / Speed, stoppingToken);
        terminal.Say("From here on it goes at its own pace; Now and the room say where it is likely to go. Ctrl-C ends the demo.");
        await PlayAsync(crisis[height..], AtItsOwnPace(), stoppingToken);
        var after = start + InventedPublic.CrisisLength + InventedPublic.AftermathLength;
        await PlayAsync(_public.Ordinary(after, after + TimeSpan.FromDays(1)), AtItsOwnPace(), stoppingToken);
    }

    private Func<DateTimeOffset, TimeSpan> AtItsOwnPace()
    {
        var now = time.GetUtcNow();
        return at => at - now;
    }

    private async Task OpenSourcesAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        foreach (var network in new[] { "bluesky", "mastodon" })
        {
            var id = new SourceId(Ids.New(time));
            await DemoSql.InsertSourceAsync(connection, id, $"Invented {network}", network, time.GetUtcNow(), cancel);
            _sources[network] = new IntakeSource(id, new HashSet<BrandId>());
        }
    }

    private async Task LivePastAsync(DateTimeOffset until, CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        var posts = new List<Post>();
        foreach (var post in _public.Ordinary(until - Past, until))
        {
            posts.Add(await networks.SayAsync(post));
        }

        foreach (var chunk in posts.Chunk(IntakeSubmission.MaxItems))
        {
            await HearAsync(chunk, cancel);
        }

        await DetectedAsync(cancel);
        terminal.Say($"Eight weeks of ordinary days: {posts.Count:N0} posts heard and read in {time.GetElapsedTime(begun).TotalSeconds:N1} s.");
    }

    /// <summary>Hands in each post when its moment has come, what fell due within a beat together.</summary>
    private async Task PlayAsync(IEnumerable<Post> posts, Func<DateTimeOffset, TimeSpan> moment, CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        var due = new List<Post>();
        foreach (var post in posts)
        {
            while (moment(post.At) - time.GetElapsedTime(begun) is { Ticks: > 0 } wait)
            {
                await HearAsync(due, cancel);
                due.Clear();
                await Task.Delay(wait < Beat ? wait : Beat, time, cancel);
            }

            due.Add(await networks.SayAsync(post));
        }

        await HearAsync(due, cancel);
    }

    private async Task HearAsync(IReadOnlyList<Post> posts, CancellationToken cancel)
    {
        var submissions = posts.GroupBy(post => post.Network)
            .Select(group => new IntakeSubmission(_sources[group.Key], [.. group.Select(post => new IntakeItem(post, default, "demo"))]))
            .ToList();
        foreach (var submission in submissions)
        {
            await intake.SubmitAsync(submission, cancel);
        }

        await Task.WhenAll(submissions.Select(submission => submission.Done)).WaitAsync(cancel);
    }

    private async Task DetectedAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        while (await DemoSql.BacklogAsync(connection, cancel) > 0)
        {
            await Task.Delay(Beat, time, cancel);
        }
    }
}
