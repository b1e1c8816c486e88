using System.Threading.Channels;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Listening;

/// <summary>
/// Takes batches from the queue, matches and reads them, and stores each in one transaction. While one batch commits the next is
/// being read. A batch is kept until the database has taken it; only then do its submitters hear.
/// </summary>
internal sealed partial class IntakeWorker(
    IntakeQueue queue, MonitorCatalogue monitors, Store store, TimeProvider time, ILogger<IntakeWorker> log) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Channel<PreparedBatch> _prepared = Channel.CreateBounded<PreparedBatch>(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var reading = Task.Run(() => ReadAsync(stoppingToken), CancellationToken.None);
        try
        {
            await foreach (var batch in _prepared.Reader.ReadAllAsync(CancellationToken.None))
            {
                await StoreAsync(batch, stoppingToken);
            }
        }
        finally
        {
            await reading;
        }
    }

    private async Task ReadAsync(CancellationToken stopping)
    {
        try
        {
            while (await queue.TakeAsync(stopping) is { } submissions)
            {
                if (await PrepareAsync(submissions, stopping) is { } batch)
                {
                    await _prepared.Writer.WriteAsync(batch, CancellationToken.None);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        finally
        {
            _prepared.Writer.Complete();
            foreach (var left in queue.Close())
            {
                left.Fail(new IntakeStoppedException());
            }
        }
    }

    private async Task<PreparedBatch?> PrepareAsync(IReadOnlyList<IntakeSubmission> submissions, CancellationToken stopping)
    {
        var snapshot = MonitorSnapshot.None;
        try
        {
            await UntilItAnswersAsync(async () => snapshot = await monitors.CurrentAsync(stopping), stopping);
            return IntakePreparation.Prepare(submissions, snapshot);
        }
        catch (OperationCanceledException)
        {
            Fail(submissions, new IntakeStoppedException());
            throw;
        }
#pragma warning disable CA1031 // The submitters are told, nothing is acknowledged, and the next batch gets its chance.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failed(e);
            Fail(submissions, e);
            return null;
        }
    }

    private async Task StoreAsync(PreparedBatch batch, CancellationToken stopping)
    {
        try
        {
            await StoreOrHalveAsync(batch, stopping);
            foreach (var submission in batch.Submissions)
            {
                submission.Complete();
            }

            queue.Release(batch.Submissions);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Fail(batch.Submissions, new IntakeStoppedException());
        }
#pragma warning disable CA1031 // Even parking failed: the submitters are told, nothing is acknowledged, and the next batch gets its chance.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failed(e);
            Fail(batch.Submissions, e);
        }
    }

    /// <summary>A batch that the database refuses for what is in it is halved until the post at fault is alone, which is then parked.</summary>
    private async Task StoreOrHalveAsync(PreparedBatch batch, CancellationToken stopping)
    {
        try
        {
            await UntilItAnswersAsync(
                () => store.InTransactionAsync(t => new IntakeCommit(t, time).StoreAsync(batch), CancellationToken.None), stopping);
        }
        catch (Exception e) when (e is not OperationCanceledException && batch.Posts.Count > 0)
        {
            Refused(e.Message, batch.Posts.Count);
            foreach (var part in Halves(batch, e.Message))
            {
                await StoreOrHalveAsync(part, stopping);
            }
        }
    }

    private static IEnumerable<PreparedBatch> Halves(PreparedBatch batch, string reason)
    {
        if (batch.Posts.Count == 1)
        {
            yield return batch with { Posts = [], Poisonous = [.. batch.Poisonous, new(batch.Posts[0], $"It could not be stored: {reason}")] };
            yield break;
        }

        // What belongs to the submissions as wholes goes with the last part: a delivery is remembered only when all of it is stored.
        var half = batch.Posts.Count / 2;
        yield return batch with { Submissions = [], Posts = [.. batch.Posts.Take(half)], Poisonous = [] };
        yield return batch with { Posts = [.. batch.Posts.Skip(half)] };
    }

    /// <summary>Repeats while it is the database that is at fault and not what it was given.</summary>
    private async Task UntilItAnswersAsync(Func<Task> work, CancellationToken stopping)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception e) when (IsTransient(e))
            {
                Waiting(e.Message, pause.TotalMilliseconds);
                await Task.Delay(pause, time, stopping);
            }
        }
    }

    /// <summary>Also after a commit whose answer was lost: storing a batch again changes nothing that is there.</summary>
    private static bool IsTransient(Exception e) => e switch
    {
        PostgresException p => p.IsTransient || p.SqlState is "57P01" or "57P02" or "57P03" or "25006" || p.SqlState.StartsWith("53", StringComparison.Ordinal)
            || p.SqlState.StartsWith("08", StringComparison.Ordinal) || p.SqlState.StartsWith("40", StringComparison.Ordinal),
        NpgsqlException or TimeoutException or IOException => true,
        _ => false,
    };

    private void Fail(IReadOnlyList<IntakeSubmission> submissions, Exception reason)
    {
        foreach (var submission in submissions)
        {
            submission.Fail(reason);
        }

        queue.Release(submissions);
    }

    [LoggerMessage(LogLevel.Warning, "Intake waits for the database ({Reason}); the batch is kept and tried again in {Pause} ms.")]
    private partial void Waiting(string reason, double pause);

    [LoggerMessage(LogLevel.Error, "A batch could not be stored, nor its posts be parked; its submitters are told.")]
    private partial void Failed(Exception reason);

    [LoggerMessage(LogLevel.Warning, "A batch of {Posts} posts was refused ({Reason}); it is halved to find the one at fault.")]
    private partial void Refused(string reason, int posts);
}
