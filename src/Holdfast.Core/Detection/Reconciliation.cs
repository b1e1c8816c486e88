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
        var before = stored.ToDictionary(one => one.Id, one => one.Run);
        var runs = stored
            .Select(one => new RunBuilder(one.Run, one.Id))
            .Concat(found.Select(run => new RunBuilder(run)));
        return [.. RunBuilder.Joined(runs)
            .Select(builder => (Run: builder.Run(), Ids: builder.Stored.OrderBy(one => one.StartedAt).ThenBy(one => one.Id.Value).Select(one => one.Id).ToList()))
            .Where(joined => joined.Ids.Count != 1 || Grown(before[joined.Ids[0]], joined.Run))
            .OrderBy(joined => joined.Run.StartedAt)
            .ThenBy(joined => joined.Run.Subject.Rule, StringComparer.Ordinal)
            .Select(joined => new SignalChange(joined.Ids.Count == 0 ? null : joined.Ids[0], joined.Run, [.. joined.Ids.Skip(1)]))];
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
