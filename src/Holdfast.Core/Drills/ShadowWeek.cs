using Holdfast.Core.Detection;
using Holdfast.Core.Plans;

namespace Holdfast.Core.Drills;

/// <summary>A week of rules in shadow beside the rules that act.</summary>
/// <param name="Signals">What the shadow rules said.</param>
/// <param name="Extra">Situations that only they would have opened.</param>
/// <param name="Sooner">Situations that they would have opened before the others did.</param>
/// <param name="Lead">By how much, half of the time; null where never.</param>
public sealed record ShadowWeek(DateTimeOffset From, IReadOnlyList<SignalRun> Signals, IReadOnlyList<ForeseenSituation> Extra, int Sooner, TimeSpan? Lead)
{
    /// <summary>The newest week first; a week begins on Monday in the brand's time.</summary>
    /// <param name="runs">What was raised live, in shadow and not.</param>
    public static IReadOnlyList<ShadowWeek> Of(CrisisPlan plan, IReadOnlyList<SignalRun> runs, TimeZoneInfo zone)
    {
        var acted = Rehearsal.Of(plan, [.. runs.Where(run => !run.Subject.Shadow)]);
        var shadow = runs.Where(run => run.Subject.Shadow).ToList();
        var would = Rehearsal.Of(plan, [.. shadow.Select(run => run with { Subject = run.Subject with { Shadow = false } })]);
        var compared = SideBySide.Of(would, acted);
        return [.. shadow
            .GroupBy(run => Monday(run.StartedAt, zone))
            .OrderByDescending(week => week.Key)
            .Select(week =>
            {
                var leads = compared.Both.Where(one => one.Lead > TimeSpan.Zero && Monday(one.First.From, zone) == week.Key).Select(one => one.Lead).Order().ToList();
                return new ShadowWeek(
                    week.Key,
                    [.. week],
                    [.. compared.OnlyFirst.Where(one => Monday(one.From, zone) == week.Key)],
                    leads.Count,
                    leads.Count == 0 ? null : leads[leads.Count / 2]);
            })];
    }

    /// <summary>When the week of an instant began.</summary>
    public static DateTimeOffset Monday(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).Date;
        var monday = local.AddDays(-(((int)local.DayOfWeek + 6) % 7));
        while (zone.IsInvalidTime(monday))
        {
            monday = monday.AddMinutes(15);
        }

        return new DateTimeOffset(monday, zone.GetUtcOffset(monday)).ToUniversalTime();
    }
}
