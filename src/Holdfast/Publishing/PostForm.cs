using System.Globalization;
using Holdfast.Core.Publishing;

namespace Holdfast.Publishing;

/// <summary>What the button that was pressed asks for; the words on it are these.</summary>
public enum PostWish
{
    /// <summary>Keep it as a draft; what was scheduled is no more.</summary>
    Draft,

    /// <summary>Somebody else reads it first.</summary>
    Ask,

    Schedule,

    /// <summary>Keep the words, leave the state as it is.</summary>
    Keep,
}

/// <summary>A picture of the form: which, and what is told of it to those who do not see it.</summary>
public sealed record MediaChoice(Guid Id, string Alt, bool NothingToTell);

/// <summary>The composer's form as it was sent.</summary>
/// <param name="Own">The words for an account where they differ from those for all.</param>
/// <param name="Second">Of a time that is there twice: the later one; null: not said.</param>
/// <param name="AllTheSame">It was warned of a post that says the same, and is wanted nevertheless.</param>
public sealed record PostForm(
    Guid Brand,
    string Text,
    IReadOnlyList<Guid> Accounts,
    IReadOnlyDictionary<Guid, string> Own,
    string? Language,
    string? Visibility,
    string? Warning,
    IReadOnlyList<MediaChoice> Media,
    string? Day,
    string? Time,
    bool? Second,
    bool AllTheSame,
    PostWish Wish)
{
    public static PostForm Read(IFormCollection form) => new(
        Guid.TryParse(form["brand"], out var brand) ? brand : default,
        Clean(form["text"]),
        [.. Guids(form, "account")],
        Guids(form, "account").Where(id => form.ContainsKey($"vary.{id}")).ToDictionary(id => id, id => Clean(form[$"own.{id}"])),
        Some(form["language"]),
        Some(form["visibility"]),
        Some(form["warning"]),
        [.. Guids(form, "media").Select(id => new MediaChoice(id, Clean(form[$"alt.{id}"]), form.ContainsKey($"nothing.{id}")))],
        Some(form["dueAt"]),
        Some(form["time"]),
        form["which"].ToString() switch { "second" => true, "first" => false, _ => null },
        form.ContainsKey("same"),
        Enum.TryParse<PostWish>(form["wish"], ignoreCase: true, out var wish) && Enum.IsDefined(wish) ? wish : PostWish.Draft);

    public string TextFor(Guid account) => Own.TryGetValue(account, out var own) ? own : Text;

    /// <summary>What the clocks of the brand show when it is due; null where nothing, or no time, was written.</summary>
    public DateTime? Local => ReadLocal(Day, Time);

    public static DateTime? ReadLocal(string? day, string? time) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && TimeOnly.TryParseExact(time, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock)
        && date.Year is >= 2000 and < 2200
            ? date.ToDateTime(clock)
            : null;

    private static IEnumerable<Guid> Guids(IFormCollection form, string name) =>
        form[name].Select(text => Guid.TryParse(text, out var id) ? id : default).Where(id => id != default).Distinct();

    private static string? Some(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Line ends as the networks have them; signs that nobody sees and PostgreSQL does not take are left out.</summary>
    public static string Clean(string? text) =>
        new([.. (text ?? "").ReplaceLineEndings("\n").Trim().Where(c => c == '\n' || !char.IsControl(c))]);
}

/// <summary>What is left of the form once it is good: the words for each account, and when.</summary>
internal sealed record PlannedPost(
    IReadOnlyList<(AccountRow Account, string Text)> Versions, string? Language, IReadOnlyList<MediaItem> Media, string? Visibility, string? Warning, DateTimeOffset? DueAt);
