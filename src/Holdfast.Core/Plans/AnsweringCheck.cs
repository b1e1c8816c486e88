using Holdfast.Core.Detection;

namespace Holdfast.Core.Plans;

/// <summary>The part of <see cref="PlanCheck"/> that is about answers and statements.</summary>
internal static class AnsweringCheck
{
    public const int MaxApprovals = 4;
    public const int MaxTemplate = 5_000;

    public static IEnumerable<Refusal> Refusals(Answering answering)
    {
        if (!answering.Levels.Select(each => each.Level).SequenceEqual(Enum.GetValues<Level>()))
        {
            yield return Plans.Refusals.FiveLevels("answering.levels");
        }

        foreach (var refusal in answering.Levels.Index().SelectMany(each => AtLevel($"answering.levels[{each.Index}]", each.Item))
            .Concat(answering.Templates.Index().SelectMany(each => Template($"answering.templates[{each.Index}]", each.Item, answering.Templates.Take(each.Index)))))
        {
            yield return refusal;
        }
    }

    private static IEnumerable<Refusal> AtLevel(string path, LevelAnswering level) =>
        PlanCheck.Time($"{path}.clock", level.Clock, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7))
            .Concat(PlanCheck.Number($"{path}.approvals", level.Approvals.Count, 0, MaxApprovals))
            .Concat(level.Approvals.Index().SelectMany(each => Need($"{path}.approvals[{each.Index}].duties", each.Item)));

    private static IEnumerable<Refusal> Need(string path, ApprovalNeed need)
    {
        if (need.Duties.Count == 0)
        {
            yield return Plans.Refusals.NobodyApproves(path);
        }

        if (need.Duties.Distinct().Count() != need.Duties.Count)
        {
            yield return Plans.Refusals.DutyTwice(path);
        }
    }

    private static IEnumerable<Refusal> Template(string path, OwnTemplate template, IEnumerable<OwnTemplate> earlier)
    {
        if (earlier.Any(other => (other.Kind, other.Cause) == (template.Kind, template.Cause)))
        {
            yield return Plans.Refusals.TemplateTwice(path);
        }

        if (string.IsNullOrWhiteSpace(template.Text.En) || string.IsNullOrWhiteSpace(template.Text.Pl))
        {
            yield return Plans.Refusals.WordingMissing($"{path}.text");
        }
        else if (template.Text.En.Length > MaxTemplate || template.Text.Pl.Length > MaxTemplate)
        {
            yield return Plans.Refusals.TemplateTooLong($"{path}.text");
        }
    }
}
