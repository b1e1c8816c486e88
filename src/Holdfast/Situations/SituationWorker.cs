using Holdfast.Database;
using Npgsql;

namespace Holdfast.Situations;

/// <summary>
/// Keeps the stored deadlines of situations: proposals that nobody answered, levels that have cooled down. Any number of
/// nodes may run it; each due situation is claimed by one. The timer is a hint, the stored instant is the truth.
/// </summary>
internal sealed class SituationWorker(SituationDesk desk, TimeProvider time, ILogger<SituationWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                while (await desk.TakeDueAsync(stoppingToken))
                {
                    // One transaction each, so that what is done stays done.
                }
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or DatabaseException && !stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Deadlines of situations could not be looked at: {Reason}. Trying again.", e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
