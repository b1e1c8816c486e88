using System.Globalization;
using System.Text;

namespace Holdfast.Publishing;

/// <summary>What a column of a plan can be.</summary>
public enum PlanColumn
{
    Text,
    Date,
    Time,
    Account,
    Media,
    Language,
}

/// <summary>Tells by their names what the columns of a plan are, in English and Polish.</summary>
internal static class PlanColumns
{
    private static readonly Dictionary<PlanColumn, string[]> Names = new()
    {
        [PlanColumn.Text] = ["text", "post", "posttext", "content", "message", "copy", "caption", "tweet", "body", "tresc", "trescposta", "trescwpisu", "tekst", "wpis", "wiadomosc", "opis"],
        [PlanColumn.Time] = ["time", "hour", "posttime", "publishtime", "godzina", "czas", "godzinapublikacji"],
        [PlanColumn.Date] = ["date", "day", "postdate", "publishdate", "publishon", "datetime", "scheduled", "scheduledat", "schedule", "when", "publishat", "due", "data", "dzien", "datapublikacji", "termin", "kiedy", "dataigodzina"],
        [PlanColumn.Account] = ["account", "accounts", "profile", "profiles", "channel", "network", "handle", "page", "konto", "konta", "kanal", "profil", "serwis", "siec"],
        [PlanColumn.Media] = ["media", "mediaurl", "image", "imageurl", "images", "picture", "photo", "video", "attachment", "zdjecie", "obraz", "grafika", "film", "zalacznik"],
        [PlanColumn.Language] = ["language", "lang", "jezyk"],
    };

    private static readonly PlanColumn[] Needed = [PlanColumn.Text, PlanColumn.Date];

    public static IReadOnlyDictionary<PlanColumn, string> Guess(IReadOnlyList<string> columns)
    {
        var guessed = new Dictionary<PlanColumn, string>();
        foreach (var (column, names) in Names)
        {
            if (names.Select(name => columns.FirstOrDefault(each => Fold(each) == name && !guessed.ContainsValue(each))).FirstOrDefault(each => each is not null) is { } found)
            {
                guessed[column] = found;
            }
        }

        return guessed;
    }

    public static PlanColumn? Missing(IReadOnlyDictionary<PlanColumn, string> guessed) =>
        Needed.Where(column => !guessed.ContainsKey(column)).Select(column => (PlanColumn?)column).FirstOrDefault();

    /// <summary>Lower case, without marks and without the signs between words.</summary>
    private static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormD).Replace('ł', 'l').Replace('Ł', 'L'))
        {
            if (char.IsLetterOrDigit(c))
            {
                folded.Append(char.ToLower(c, CultureInfo.InvariantCulture));
            }
        }

        return folded.ToString();
    }
}
