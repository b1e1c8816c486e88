using System.Globalization;
using Holdfast.Core.Publishing;

namespace Holdfast.Publishing;

/// <summary>How this node sends.</summary>
/// <param name="Lease">How long a claim holds without a word; longer than a request may take.</param>
/// <param name="Grace">How long after leaving a request may still arrive at the network; before that "not there" proves nothing.</param>
/// <param name="AskEvery">The pause between two questions about the same post.</param>
/// <param name="ClockTolerance">Further apart from the database's clock than this, a node sends nothing; null: not looked at.</param>
/// <param name="Node">The name this node is known by among the others.</param>
internal sealed record PublishSettings(TimeSpan Lease, TimeSpan Grace, TimeSpan AskEvery, TimeSpan? ClockTolerance, string Node)
{
    public static readonly TimeSpan DefaultLease = TimeSpan.FromSeconds(90);
    public static readonly TimeSpan DefaultAskEvery = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan DefaultClockTolerance = TimeSpan.FromSeconds(30);

    public static PublishSettings From(IConfiguration configuration) => new(
        Time(configuration, "Publishing:Lease", DefaultLease),
        Time(configuration, "Publishing:Grace", ScheduledPost.Grace),
        Time(configuration, "Publishing:AskEvery", DefaultAskEvery),
        Time(configuration, "Publishing:ClockTolerance", DefaultClockTolerance),
        configuration["Node"] ?? Environment.MachineName);

    private static TimeSpan Time(IConfiguration configuration, string key, TimeSpan otherwise) =>
        TimeSpan.TryParse(configuration[key], CultureInfo.InvariantCulture, out var time) ? time : otherwise;
}
