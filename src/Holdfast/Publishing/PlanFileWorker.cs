using Holdfast.Database;
using Holdfast.Escalation;

namespace Holdfast.Publishing;

/// <summary>Rings when a plan is to be taken in.</summary>
internal sealed class PlanFileBell(Changes changes, TimeProvider time) : Bell(changes, time, PlanFileSql.Topic, TimeSpan.FromMilliseconds(20));

/// <summary>Takes plans in, one row after the other.</summary>
internal sealed class PlanFileWorker(PlanFileDesk desk, PlanFileBell bell, SignsOfLife signs, TimeProvider time, ILogger<PlanFileWorker> log) : RoundsWorker(time, log)
{
    public const string Name = "plan files";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    protected override TimeSpan AfterTrouble => LongestWait;

    protected override string Trouble => "A row of a plan could not be taken in.";

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        var next = bell.Next;
        signs.Beat(Name);
        if (!await desk.StepAsync(stopping))
        {
            await bell.WaitAsync(next, null, LongestWait, stopping);
        }
    }
}
