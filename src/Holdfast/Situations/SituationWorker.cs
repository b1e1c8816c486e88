using Holdfast.Database;

namespace Holdfast.Situations;

/// <summary>
/// Keeps the stored deadlines of situations: proposals that nobody answered, levels that have cooled down. Any number of
/// nodes may run it; each due situation is claimed by one. The timer is a hint, the stored instant is the truth.
/// </summary>
internal sealed class SituationWorker(SituationDesk desk, TimeProvider time, ILogger<SituationWorker> log) : RoundsWorker(time, log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override string Trouble => "Deadlines of situations could not be looked at.";

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        // One transaction each, so that what is done stays done.
        if (!await desk.TakeDueAsync(stopping))
        {
            await Task.Delay(Pause, Time, stopping);
        }
    }
}
