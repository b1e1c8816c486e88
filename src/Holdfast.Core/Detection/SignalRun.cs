namespace Holdfast.Core.Detection;

/// <summary>
/// An unbroken run of findings about one subject: what becomes a signal. Joining is associative, commutative and changes
/// nothing when repeated, so whatever the batches and the order in which findings come, the runs are the same.
/// </summary>
/// <param name="Peak">The strongest finding.</param>
/// <param name="Posts">
/// The posts behind it, earliest first. All of them where the run is about a topic, else at most <see cref="Signal.MaxPosts"/>.
/// </param>
/// <param name="Cores">Of a topic: the posts that enough people's posts resemble.</param>
public sealed record SignalRun(
    Subject Subject,
    DateTimeOffset StartedAt,
    DateTimeOffset LastAt,
    Finding Peak,
    IReadOnlyList<PostAt> Posts,
    IReadOnlySet<PostAt> Cores)
{
    public static SignalRun Of(Finding finding) => new(
        finding.Subject,
        finding.At,
        finding.At,
        finding,
        [.. finding.Posts.Distinct().Order()],
        finding.Topic?.Cores.ToHashSet() ?? []);

    /// <summary>The joined runs of these, in the order of their beginning.</summary>
    public static IReadOnlyList<SignalRun> Joined(IEnumerable<SignalRun> runs)
    {
        // Mostly there are none: ten thousand quiet monitors are looked at again and again.
        List<SignalRun> all = [.. runs];
        return all.Count == 0 ? [] :
        [
            .. RunBuilder.Joined(all.Select(run => new RunBuilder(run)))
                .Select(builder => builder.Run())
                .OrderBy(run => run.StartedAt)
                .ThenBy(run => run.Subject.Rule, StringComparer.Ordinal)
                .ThenBy(run => run.Peak.At),
        ];
    }

    /// <summary>A total order, so that of two strongest findings the same one is always chosen.</summary>
    internal static Finding Stronger(Finding one, Finding other)
    {
        var order = one.Value.CompareTo(other.Value);
        order = order != 0 ? order : other.At.CompareTo(one.At);
        for (var index = 0; order == 0 && index < Math.Min(one.Figures.Count, other.Figures.Count); index++)
        {
            order = one.Figures[index].Value.CompareTo(other.Figures[index].Value);
        }

        order = order != 0 ? order : string.CompareOrdinal(Words(other), Words(one));
        return order >= 0 ? one : other;
    }

    private static string Words(Finding finding) => finding.Topic is { } topic ? string.Join(' ', topic.Words) : "";
}
