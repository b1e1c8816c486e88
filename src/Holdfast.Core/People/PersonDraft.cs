using System.Text;

namespace Holdfast.Core.People;

/// <summary>A person as someone typed them, checked: all that is wrong is said at once.</summary>
public sealed record PersonDraft(string Name, string Mail, string Language, string TimeZone)
{
    public const int MaxNameLength = 100;

    /// <summary>RFC 5321 section 4.5.3.1.3: a path of 256 with its angle brackets.</summary>
    public const int MaxMailLength = 254;

    public static IReadOnlyList<string> Languages { get; } = ["en", "pl"];

    public static Result<PersonDraft> Check(string? name, string? mail, string? language, string? timeZone)
    {
        var refusals = new List<Refusal>();
        name = name?.Trim().Normalize(NormalizationForm.FormC) ?? "";
        mail = mail?.Trim() ?? "";
        if (name.Length is 0 or > MaxNameLength || name.Any(char.IsControl))
        {
            refusals.Add(new Refusal("person.name", $"Write a name of 1 to {MaxNameLength} letters.", "name"));
        }

        if (!IsMail(mail))
        {
            refusals.Add(new Refusal("person.mail", "Write a mail address, such as ania@example.org.", "mail"));
        }

        if (language is null || !Languages.Contains(language))
        {
            refusals.Add(new Refusal("person.language", "Choose English or Polish.", "language"));
        }

        if (timeZone is null || !TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _))
        {
            refusals.Add(new Refusal("person.time-zone", "Choose a time zone, such as Europe/Warsaw.", "timeZone"));
        }

        return refusals.Count > 0 ? Result<PersonDraft>.Refused(refusals) : new PersonDraft(name, mail, language!, timeZone!);
    }

    // Not the grammar of RFC 5321, which nobody's address needs: one @, something before it, a dotted or plain host after it, nothing that
    // could break out of a header.
    private static bool IsMail(string mail)
    {
        var at = mail.IndexOf('@', StringComparison.Ordinal);
        return mail.Length <= MaxMailLength && at > 0 && at == mail.LastIndexOf('@') && at < mail.Length - 1
            && !mail.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';' or '"')
            && !mail.EndsWith('.') && !mail.Contains("..", StringComparison.Ordinal);
    }
}
