using System.Globalization;
using System.Net;
using System.Text;
using Holdfast.Core.Escalation;
using Holdfast.Core.Situations;
using Holdfast.Shell;

namespace Holdfast.Escalation;

/// <summary>The words of one page to one person: short enough for a lock screen, in their language, with the link that takes it.</summary>
internal sealed record Letter(string Subject, string Text, string Html)
{
    /// <param name="take">The link that acknowledges; null where there is nothing to take.</param>
    public static Letter About(LetterFacts facts, Reader reader, LetterOccasion occasion, string take, string room)
    {
        var words = new Words<EscalationDesk>(reader.Language);
        var subject = SubjectOf(words, facts, occasion);
        var lines = new List<string>();
        if (occasion.PossibleRepeat)
        {
            lines.Add(words["letter.repeat"]);
        }

        if (occasion.Cause is not AttemptCause.Step)
        {
            lines.Add(words[$"letter.cause.{occasion.Cause.ToString().ToLowerInvariant()}"]);
        }

        lines.Add(WhySentence(words, facts.Why));
        lines.Add(words["letter.since", Clock(facts.OpenedAt, reader), words.Count("letter.signals", facts.Signals)]);
        if (occasion.ToConfirm)
        {
            lines.Add(words["letter.confirm", facts.Level]);
        }

        return Compose(words["letter.language"], subject, lines, [(words["letter.take"], take), (words["letter.room"], room)], words["letter.footer", facts.BrandName]);
    }

    /// <summary>To an administrator, about Holdfast itself.</summary>
    public static Letter Watch(string note, Reader reader, bool possibleRepeat, string now)
    {
        var words = new Words<EscalationDesk>(reader.Language);
        var subject = (possibleRepeat ? words["letter.subject.repeat"] + " " : "") + words["letter.subject.watch"];
        return Compose(words["letter.language"], subject, [note.StartsWith("worker:", StringComparison.Ordinal) ? words["watch.worker", note[7..]] : words["watch.late"]],
            [(words["letter.look"], now)], words["letter.footer.watch"]);
    }

    private static string SubjectOf(Words<EscalationDesk> words, LetterFacts facts, LetterOccasion occasion)
    {
        var key = occasion.Cause switch
        {
            AttemptCause.Lapse => "letter.subject.lapse",
            AttemptCause.Exhausted => "letter.subject.exhausted",
            AttemptCause.Unreachable => "letter.subject.unreachable",
            _ => occasion.ToConfirm ? "letter.subject.confirm" : "letter.subject.step",
        };
        return (occasion.PossibleRepeat ? words["letter.subject.repeat"] + " " : "") + words[key, facts.Level, facts.BrandName, facts.Title];
    }

    /// <summary>One sentence: what was seen, by the rule that saw it.</summary>
    private static string WhySentence(Words<EscalationDesk> words, TimelineEvent? why) => why switch
    {
        SignalJoined { Figures: [var seen, ..] } signal => words[$"why.{signal.Kind.ToString().ToLowerInvariant()}", Number(seen.Value), signal.Rule],
        SignalJoined signal => words["why.rule", signal.Rule],
        Opened { Reason: { } reason } => words["why.declared", reason],
        _ => words["why.raised"],
    };

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Clock(DateTimeOffset at, Reader reader)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(reader.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        return $"{TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} {zone.Id}";
    }

    /// <summary>A letter of plain lines with links below them, as text and as HTML.</summary>
    public static Letter Compose(
        string language, string subject, IEnumerable<string> lines, IReadOnlyList<(string Name, string Url)> links, string footer)
    {
        var text = new StringBuilder();
        var html = new StringBuilder($"<!doctype html><html lang=\"{language}\"><body style=\"font:16px/1.5 sans-serif\">");
        html.Append("<p><strong>").Append(WebUtility.HtmlEncode(subject)).Append("</strong></p>");
        foreach (var line in lines)
        {
            text.Append(line).Append("\n\n");
            html.Append("<p>").Append(WebUtility.HtmlEncode(line)).Append("</p>");
        }

        foreach (var (name, url) in links)
        {
            text.Append(name).Append(":\n").Append(url).Append("\n\n");
            html.Append("<p><a href=\"").Append(WebUtility.HtmlEncode(url)).Append("\">").Append(WebUtility.HtmlEncode(name)).Append("</a></p>");
        }

        text.Append("-- \n").Append(footer).Append('\n');
        html.Append("<p style=\"color:#666\">").Append(WebUtility.HtmlEncode(footer)).Append("</p></body></html>");
        return new Letter(subject, text.ToString(), html.ToString());
    }
}

/// <summary>Why this letter goes out now.</summary>
internal sealed record LetterOccasion(AttemptCause Cause, bool ToConfirm, bool PossibleRepeat);
