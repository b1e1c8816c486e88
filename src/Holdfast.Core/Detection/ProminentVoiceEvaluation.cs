using Holdfast.Core.Listening;
using Holdfast.Core.Reading;

namespace Holdfast.Core.Detection;

public sealed partial record ProminentVoiceRule
{
    /// <summary>Every finding in the minutes that posts of the <paramref name="changed"/> minutes reach. The mentions are in order of time.</summary>
    public IEnumerable<Finding> Evaluate(IReadOnlyList<Mention> mentions, MinuteSpan changed)
    {
        var prominent = mentions.Where(Counts).ToList();
        var subject = Subject.Of(SignalKind.ProminentVoice, this);
        foreach (var minute in Sliding.Minutes(prominent, Window, changed))
        {
            var people = minute.Select(mention => mention.Author).Distinct().Count();
            if (people < People)
            {
                continue;
            }

            yield return new(
                subject,
                Detection.Minutes.Floor(minute[^1].At),
                people,
                [
                    new("people", people, "people"),
                    new("reach", minute.Max(mention => mention.Reach), "followers"),
                    new("limit", MoreThanFollowers, "followers"),
                ],
                [.. minute.Select(mention => new PostAt(mention.At, mention.Post))]);
        }
    }

    private bool Counts(Mention mention) =>
        mention is { Spreads: false, Reading: { About: true, Class: SentimentClass.Negative, Intent: not Intent.Spam } }
        && (mention.Voice is Voice.Press or Voice.Official || (mention.Voice == Voice.Public && mention.Reach > MoreThanFollowers));
}
