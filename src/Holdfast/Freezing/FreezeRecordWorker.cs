using Holdfast.Database;
using Holdfast.Escalation;
using Holdfast.Publishing;

namespace Holdfast.Freezing;

/// <summary>Rings when a freeze begins, ends, or something it found has come to an end, on any node.</summary>
internal sealed class FreezeBell(Changes changes, TimeProvider time) : Bell(changes, time, FreezeSql.Topic, TimeSpan.FromMilliseconds(20));

/// <summary>Takes what freezes did to the timelines, and keeps the certificates.</summary>
internal sealed class FreezeRecordWorker(FreezeRecordDesk desk, FreezeBell bell, SignsOfLife signs, TimeProvider time, ILogger<FreezeRecordWorker> log) : RoundsWorker(time, log)
{
    public const string Name = "freeze records";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Until nothing is left to write.</summary>
    internal async Task WorkAsync(CancellationToken cancel)
    {
        await TellAllAsync(cancel);
        await desk.CertifyAsync(cancel);
        await TellAllAsync(cancel);
    }

    protected override TimeSpan AfterTrouble => LongestWait;

    protected override string Trouble => "What a freeze did could not be written on a timeline.";

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        var next = bell.Next;
        signs.Beat(Name);
        await WorkAsync(stopping);
        await bell.WaitAsync(next, null, LongestWait, stopping);
    }

    private async Task TellAllAsync(CancellationToken cancel)
    {
        while (await desk.TellAsync(cancel))
        {
        }
    }
}
