using Holdfast.Core.Escalation;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Escalation;

/// <summary>
/// Writes down this node's signs of life and looks at everybody's: a page that is a minute late, or a kind of worker of which
/// none lives any more, is told to the administrators, at most once an hour each. The banner reads the same rows.
/// </summary>
internal sealed class WatchWorker(Store store, SignsOfLife signs, EscalationSettings settings, TimeProvider time, ILogger<WatchWorker> log) : RoundsWorker(time, log)
{
    /// <summary>BEHAVIOUR 7: "not attempted within 60 s of its due time".</summary>
    internal static readonly TimeSpan TooLate = TimeSpan.FromSeconds(60);

    private const string Late = "late";
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromHours(1);
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromDays(1);
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(2);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            // Who ends in good order is not missed.
            using var limit = new CancellationTokenSource(LastWord, Time);
            await using var connection = await store.OpenAsync(limit.Token);
            await WatchSql.LeaveAsync(connection, settings.Node, limit.Token);
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            Log.LogInformation("This node left without a word to the others: {Reason}", e.Message);
        }
    }

    protected override TimeSpan AfterTrouble => Round;

    protected override string Trouble => "The watch could not look.";

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        await LookAsync(stopping);
        await Task.Delay(Round, Time, stopping);
    }

    internal async Task LookAsync(CancellationToken cancel)
    {
        var now = Time.GetUtcNow();
        await using (var connection = await store.OpenAsync(cancel))
        {
            foreach (var (name, at) in signs.Beats)
            {
                await WatchSql.BeatAsync(connection, settings.Node, name, at, cancel);
            }

            await WatchSql.ForgetAsync(connection, now - ForgetAfter, cancel);
        }

        await store.InRepeatedTransactionAsync(transaction => TellAsync(transaction, now, cancel), cancel);
    }

    private async Task TellAsync(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancel)
    {
        await WatchSql.LockAsync(transaction, cancel);
        var notes = (await WatchSql.DeadAsync(transaction, now - TooLate, cancel)).Select(name => $"worker:{name}").ToList();
        if (await WatchSql.IsLateAsync(transaction, now - TooLate, cancel))
        {
            notes.Add(Late);
        }

        foreach (var note in notes)
        {
            if (!await WatchSql.WasToldAsync(transaction, note, now - TellAgainAfter, cancel))
            {
                Log.LogError("Holdfast itself is not well ({Note}); the administrators are told.", note);
                await AttemptSql.InsertAsync(
                    transaction, null, To(await DirectorySql.AdministratorsAsync(transaction, cancel), now), note, Time, cancel);
                await Changes.NotifyAsync(transaction, PageBook.Topic);
            }
        }
    }

    private static List<PlannedAttempt> To(IEnumerable<Contact> administrators, DateTimeOffset now) =>
        [.. administrators.Where(each => each.Ways.Count > 0)
            .Select(each => new PlannedAttempt(each.Person, each.Ways[0].Way, each.Ways[0].Address, 0, 1, now, AttemptCause.Watch))];
}
