using System.Globalization;
using System.Threading.Channels;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Situations;

namespace Holdfast.Drills;

/// <summary>Tells in the terminal what the pages show: each line of a timeline that a newcomer would want to see.</summary>
internal sealed class DemoTerminal(DemoCast cast, Store store, Changes changes, TimeProvider time) : BackgroundService
{
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<SituationId, int> _told = [];
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(cast.Brand.TimeZone);

    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _address = "";

    /// <summary>The server answers; the story may begin.</summary>
    public Task Begun => _begun.Task;

    public void Begin(string address)
    {
        _address = address;
        Console.WriteLine($"""

              Holdfast's demo is ready:  {address}
              Enter as Ania and watch; pages wait in {address}/outbox. Ctrl-C ends it.

            """);
        _begun.SetResult();
    }

    public void Say(string sentence) =>
        Console.WriteLine($"{TimeZoneInfo.ConvertTime(time.GetUtcNow(), _zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture)}  {sentence}");

    /// <summary>A page to look at, under the sentence before it.</summary>
    public void Point(string what, string path) => Console.WriteLine($"          {what}: {(path.StartsWith('/') ? _address : "")}{path}");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = changes.Subscribe("situation:", _ => _news.Writer.TryWrite(true));
        await foreach (var _ in _news.Reader.ReadAllAsync(stoppingToken))
        {
            await TellAsync(stoppingToken);
        }
    }

    private async Task TellAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        foreach (var id in await DemoSql.SituationsAsync(connection, cast.Brand.Id, cancel))
        {
            foreach (var entry in (await TimelineSql.EntriesAsync(connection, id, cancel)).Where(e => e.Seq > _told.GetValueOrDefault(id)))
            {
                _told[id] = entry.Seq;
                if (Line(entry.Event, id) is { } line)
                {
                    Say(line);
                }
            }
        }
    }

    private string? Line(TimelineEvent what, SituationId id) => what switch
    {
        Opened opened => $"A situation opens at level {(int)opened.Level}: {opened.Title}\n          {_address}/situations/{id.Value}",
        LevelRaised raised => $"Level {(int)raised.From} → {(int)raised.To}{(raised.Rule is null ? "" : $", by the rule {raised.Rule}")}",
        LevelProposed proposed => $"Level {(int)proposed.Level} is proposed by the rule {proposed.Rule}: a person must confirm",
        LevelConfirmed confirmed => $"Level {(int)confirmed.Level} is confirmed",
        PageStarted => "People are paged, step by step, until one of them acknowledges",
        PageAttempted attempted => $"{cast.Names[attempted.Person]} is paged ({attempted.Outcome.ToLowerInvariant()}); the letter is at {_address}/outbox",
        PageAcknowledged acknowledged => $"{cast.Names[acknowledged.Person]} acknowledges: the paging stops",
        _ => null,
    };
}
