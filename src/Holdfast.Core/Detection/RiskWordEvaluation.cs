using Holdfast.Core.Reading;

namespace Holdfast.Core.Detection;

public sealed partial record RiskWordRule
{
    /// <summary>Every finding in the minutes that posts of the <paramref name="changed"/> minutes reach. The mentions are in order of time.</summary>
    public IEnumerable<Finding> Evaluate(IReadOnlyList<Mention> mentions, MinuteSpan changed)
    {
        var grave = mentions.Where(Credible).ToList();
        var subject = Subject.Of(SignalKind.RiskWord, this, atOnce: AtOnce);
        foreach (var minute in Sliding.Minutes(grave, Window, changed))
        {
            var people = minute.Select(mention => mention.Author).Distinct().Count();
            if (people >= People)
            {
                yield return new(
                    subject,
                    Detection.Minutes.Floor(minute[^1].At),
                    people,
                    [
                        new("people", people, "people"),
                        new("limit", People, "people"),
                        new("window", Window.TotalMinutes, "minutes"),
                        new("risk", Risk, "level"),
                    ],
                    [.. minute.Select(mention => new PostAt(mention.At, mention.Post))]);
            }
        }
    }

    /// <summary>
    /// About the brand, in the author's own words, and meant as a report: neither spam nor praise nor a post of our own staff.
    /// What is denied ("no one was hurt") is no risk to begin with; what is only asked, heard, possible or joked of is not credible.
    /// </summary>
    private bool Credible(Mention mention) =>
        mention is { Spreads: false, Reading: { About: true, Risk: { } risk, Intent: not (Intent.Spam or Intent.Praise) } }
        && mention.Voice != Listening.Voice.Staff
        && risk.Credible
        && risk.Level == Risk;
}
