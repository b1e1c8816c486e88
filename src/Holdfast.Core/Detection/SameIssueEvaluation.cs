using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.Reading;

namespace Holdfast.Core.Detection;

public sealed partial record SameIssueRule
{
    /// <summary>
    /// What people have in common in the minutes that posts of the <paramref name="changed"/> minutes reach; null where fewer complain than
    /// are asked for, and no word need be read. The mentions are in order of time.
    /// </summary>
    internal IssueLook? Look(Brand brand, IReadOnlyList<Mention> mentions, MinuteSpan changed)
    {
        List<Mention> complaints = [.. mentions.Where(Complains)];
        if (complaints.Count < People)
        {
            return null;
        }

        var stars = new TopicStars(new TopicWords(brand), complaints, Window, People);
        return new(stars, [.. stars.Evaluate(changed)]);
    }

    internal IEnumerable<SignalRun> Evaluate(IssueLook look) =>
        look.Runs(Subject.Of(SignalKind.SameIssue, this), look.Groups.Select(group => new TopicFinding(group, group.People, Figures(group))));

    /// <summary>Accounts that may be one hand count as the people they seem to be, and the figures say how many there are.</summary>
    private IReadOnlyList<Figure> Figures(TopicGroup group)
    {
        IReadOnlyList<Figure> figures =
        [
            new("people", group.People, "people"),
            new("limit", People, "people"),
            new("window", Window.TotalMinutes, "minutes"),
            new("posts", group.Posts.Count, "posts"),
        ];
        return group.Coordinated == 0 ? figures : [.. figures, new("coordinated", group.Coordinated, "accounts")];
    }

    /// <summary>A new complaint about the brand: not a repost or copy, not spam, not our own staff.</summary>
    public static bool Complains(Mention mention) =>
        mention is { Spreads: false, Reading: { About: true, Intent: not Intent.Spam } reading }
        && mention.Voice != Voice.Staff
        && (reading.Class == SentimentClass.Negative || reading.Intent is Intent.Complaint or Intent.HarmReport or Intent.Threat or Intent.FalseClaim);
}
