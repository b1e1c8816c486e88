namespace Holdfast.Core.Detection;

/// <summary>A run that is stored as a signal.</summary>
public sealed record StoredRun(SignalId Id, SignalRun Run);

/// <summary>What became of a signal.</summary>
/// <param name="Id">The stored signal that has grown; null for a new one.</param>
/// <param name="Absorbed">Stored signals that turned out to be the same run: a late post closed the gap between them.</param>
public sealed record SignalChange(SignalId? Id, SignalRun Run, IReadOnlyList<SignalId> Absorbed);

/// <summary>Newly found runs against the stored ones. What is stored may grow, begin earlier or be joined; it never vanishes.</summary>
public static class Reconciliation
{
    /// <param name="stored">Every stored run that a found one could touch; others do no harm.</param>
    /// <returns>The new and the changed; what is as it was is left out.</returns>
    public static IReadOnlyList<SignalChange> Changes(IReadOnlyList<StoredRun> stored, IReadOnlyList<SignalRun> found)
    {
        var left = stored.ToList();
        var changes = new List<SignalChange>();
        foreach (var run in SignalRun.Joined(stored.Select(one => one.Run).Concat(found)))
        {
            var parts = left
                .Where(one => one.Run.Subject == run.Subject && one.Run.StartedAt >= run.StartedAt && one.Run.LastAt <= run.LastAt
                    && (one.Run.Cores.Count == 0 || one.Run.Cores.IsSubsetOf(run.Cores)))
                .OrderBy(one => one.Run.StartedAt)
                .ThenBy(one => one.Id.Value)
                .ToList();
            left.RemoveAll(parts.Contains);
            if (parts.Count == 0)
            {
                changes.Add(new(null, run, []));
            }
            else if (parts.Count > 1 || Grown(parts[0].Run, run))
            {
                changes.Add(new(parts[0].Id, run, [.. parts.Skip(1).Select(part => part.Id)]));
            }
        }

        return changes;
    }

    private static bool Grown(SignalRun before, SignalRun after) =>
        before.StartedAt != after.StartedAt
        || before.LastAt != after.LastAt
        || before.Posts.Count != after.Posts.Count
        || before.Cores.Count != after.Cores.Count
        || before.Peak.At != after.Peak.At
        || before.Peak.Value != after.Peak.Value
        || !before.Peak.Figures.SequenceEqual(after.Peak.Figures);
}
