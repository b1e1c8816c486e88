using Npgsql;

namespace Holdfast.Database;

/// <summary>
/// A background duty that goes round until the server ends. What is due stands in rows: a round that failed is told, and after a
/// pause the next one finds what is still to be done.
/// </summary>
internal abstract class RoundsWorker(TimeProvider time, ILogger log) : BackgroundService
{
    protected TimeProvider Time => time;

    protected ILogger Log => log;

    /// <summary>How many go round at once.</summary>
    protected virtual int Hands => 1;

    protected virtual TimeSpan AfterTrouble => TimeSpan.FromSeconds(1);

    /// <summary>What could not be done, as a sentence for the log.</summary>
    protected abstract string Trouble { get; }

    /// <summary>Does what is due, and waits for more.</summary>
    protected abstract Task RoundAsync(CancellationToken stopping);

    protected sealed override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Hands).Select(_ => Task.Run(() => GoRoundAsync(stoppingToken), stoppingToken)));

    private async Task GoRoundAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await RoundAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or DatabaseException)
            {
                log.LogWarning("{Trouble} It is tried again. {Reason}", Trouble, e.Message);
                await PauseAsync(stopping);
            }
#pragma warning disable CA1031 // Whatever broke, the next round must still go.
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.LogError(e, "{Trouble} It is tried again.", Trouble);
                await PauseAsync(stopping);
            }
        }
    }

    private async Task PauseAsync(CancellationToken stopping) =>
        await Task.Delay(AfterTrouble, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
