using Holdfast.Database;
using Holdfast.Escalation;

namespace Holdfast.Freezing;

/// <summary>Looks at the networks' own schedulers while a freeze is in force.</summary>
internal sealed class SchedulerWorker(SchedulerDesk desk, SignsOfLife signs, TimeProvider time, ILogger<SchedulerWorker> log) : RoundsWorker(time, log)
{
    public const string Name = "withdrawing";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    protected override string Trouble => "A network's own scheduler could not be looked at.";

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        signs.Beat(Name);
        if (!await desk.LookAsync(stopping))
        {
            await Task.Delay(LookEvery, Time, stopping);
        }
    }
}
