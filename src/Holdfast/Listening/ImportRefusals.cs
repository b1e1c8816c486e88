using Holdfast.Core;

namespace Holdfast.Listening;

/// <summary>Why a file cannot be imported, each with what to do.</summary>
internal static class ImportRefusals
{
    public static Refusal CannotOpen(string path, string why) => new("import.cannot-open", $"{path} cannot be opened: {why}");

    public static Refusal NotAFile(string file) => new("import.not-a-file", $"{file} is not a file that can be read twice; save it to the disk first.");

    public static Refusal Empty(string file) => new("import.empty", $"{file} is empty: there is nothing to import.");

    public static Refusal BadGzip(string file, string why) => new("import.bad-gzip", $"{file} is gzip but cannot be unpacked: {why}");

    public static Refusal NotText(string file, string what) => new("import.not-text", $"{file} is not text that can be imported: {what}.");

    public static Refusal UnknownEncoding(string file) =>
        new("import.unknown-encoding", $"The encoding of {file} cannot be told; say it with --encoding, for example --encoding windows-1250.");

    public static Refusal NoSuchEncoding(string name) =>
        new("import.no-such-encoding", $"There is no encoding “{name}”; for example utf-8, utf-16, windows-1250, iso-8859-2.", "encoding");

    public static Refusal JsonArray(string file) =>
        new("import.json-array", $"{file} is one JSON array; write one object a line instead (jq -c '.[]' {file} > posts.ndjson).");

    public static Refusal NoHeader(string file, string data) =>
        new("import.no-header", $"Line 1 of {file} should name the columns, but holds “{Short(data)}”. Add a header line, or say the columns by number: --map text=3,time=1,author=2.");

    public static Refusal SameColumnTwice(string file, string column) =>
        new("import.same-column-twice", $"The header of {file} names the column “{Short(column)}” twice; rename one of them.");

    public static Refusal NoColumn(string role, IEnumerable<string> columns) =>
        new("import.no-column", $"No column looks like the {role}. Say which one it is: --map {role}=… The columns are: {string.Join(", ", columns.Select(Short))}.", "map");

    public static Refusal UnknownColumn(string role, string column, IEnumerable<string> columns) =>
        new("import.unknown-column", $"--map {role}={Short(column)}: there is no such column. The columns are: {string.Join(", ", columns.Select(Short))}.", "map");

    public static Refusal UnknownRole(string role, IEnumerable<string> roles) =>
        new("import.unknown-role", $"--map {Short(role)}=…: it can be one of {string.Join(", ", roles)}.", "map");

    public static Refusal UnknownTimes(string column, string example) =>
        new("import.unknown-times", $"The times in the column “{Short(column)}” are written in a way that is not known, for example “{Short(example)}”. ISO 8601, unix seconds and day.month.year are.", "map");

    public static Refusal AmbiguousTimes(string example) =>
        new("import.ambiguous-times", $"“{Short(example)}” may be day/month or month/day, and no row of the first ones decides it. Say which: --dates dmy or --dates mdy.", "dates");

    public static Refusal BadMap(string pair) =>
        new("import.bad-map", $"--map “{Short(pair)}” is not a list of role=column, as in text=body,time=created_at.", "map");

    public static Refusal NoSuchZone(string zone) => new("import.no-such-zone", $"There is no time zone “{zone}”; for example Europe/Warsaw.", "zone");

    public static Refusal BadRow(string reason) => new("import.bad-row", reason);

    private static string Short(string text)
    {
        var clean = new string([.. text.Where(c => !char.IsControl(c))]);
        return clean.Length <= 60 ? clean : clean[..60] + "…";
    }
}
