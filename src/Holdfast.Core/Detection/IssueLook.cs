namespace Holdfast.Core.Detection;

/// <summary>What people had in common in some minutes, in order of time, for all rules that look at that.</summary>
internal sealed record IssueLook(TopicStars Stars, IReadOnlyList<TopicGroup> Groups)
{
    /// <summary>The unbroken runs of a rule's findings, which are in order of time.</summary>
    public IReadOnlyList<SignalRun> Runs(Subject subject, IEnumerable<TopicFinding> findings)
    {
        var runs = new TopicRuns(subject, Stars);
        foreach (var finding in findings)
        {
            runs.Add(finding);
        }

        return runs.Joined();
    }
}
