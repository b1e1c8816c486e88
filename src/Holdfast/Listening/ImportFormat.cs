using System.Globalization;
using System.Text;
using System.Text.Json;
using Holdfast.Core;

namespace Holdfast.Listening;

/// <summary>The fields of one row, by column.</summary>
internal delegate string? ImportFields(string column);

/// <summary>How rows are made of fields: separated values with a header, or one JSON object a line.</summary>
internal abstract class ImportFormat
{
    public abstract string Name { get; }

    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>The delimiter inside whose fields quotes may hold a line's end; null where a line is a row.</summary>
    public virtual byte? QuotedBy => null;

    /// <summary>Rows before the first one of data.</summary>
    public virtual int HeaderRows => 0;

    public abstract Result<ImportFields> Read(ImportRow row);

    public static Result<ImportFormat> Detect(ReadOnlySpan<byte> sample, string file, bool columnsByNumber)
    {
        var start = sample.TrimStart(" \t\r\n"u8);
        if (start.Length == 0)
        {
            return ImportRefusals.Empty(file);
        }

        if (start[0] == (byte)'[')
        {
            return ImportRefusals.JsonArray(file);
        }

        if (start[0] == (byte)'{')
        {
            return JsonLines.Of(sample);
        }

        var end = sample.IndexOf((byte)'\n');
        var header = Encoding.UTF8.GetString(end < 0 ? sample : sample[..end]).TrimEnd('\r');
        var delimiter = "\t,;|".MaxBy(c => header.Count(h => h == c));
        return SeparatedValues.Of(header, delimiter, file, columnsByNumber);
    }
}

/// <summary>CSV with any of the usual delimiters, and TSV, whose quotes are part of the text.</summary>
internal sealed class SeparatedValues : ImportFormat
{
    private const int LongestName = 60;

    private readonly Dictionary<string, int> _index;
    private readonly char _delimiter;
    private readonly bool _hasHeader;

    private SeparatedValues(char delimiter, IReadOnlyList<string> columns, bool hasHeader)
    {
        (_delimiter, Columns, _hasHeader) = (delimiter, columns, hasHeader);
        _index = Columns.Index().ToDictionary(c => c.Item, c => c.Index);
    }

    public override string Name => _delimiter == '\t' ? "TSV" : $"CSV ({_delimiter})";

    public override IReadOnlyList<string> Columns { get; }

    public override byte? QuotedBy => _delimiter == '\t' ? null : (byte)_delimiter;

    public override int HeaderRows => _hasHeader ? 1 : 0;

    public static Result<ImportFormat> Of(string header, char delimiter, string file, bool columnsByNumber)
    {
        var probe = new SeparatedValues(delimiter, [], hasHeader: true);
        var names = probe.Split(header);
        if (columnsByNumber)
        {
            return new SeparatedValues(delimiter, [.. Enumerable.Range(1, names.Length).Select(n => n.ToString(CultureInfo.InvariantCulture))], hasHeader: false);
        }

        if (names.FirstOrDefault(n => n.Length > LongestName || ImportTimes.LooksLikeTime(n) || long.TryParse(n, out _)) is { } data)
        {
            return ImportRefusals.NoHeader(file, data);
        }

        var columns = names.Select((n, i) => n.Trim() is { Length: > 0 } name ? name : $"column {i + 1}").ToList();
        return columns.Distinct(StringComparer.Ordinal).Count() == columns.Count
            ? new SeparatedValues(delimiter, columns, hasHeader: true)
            : ImportRefusals.SameColumnTwice(file, columns.GroupBy(c => c).First(g => g.Count() > 1).Key);
    }

    public override Result<ImportFields> Read(ImportRow row)
    {
        var fields = Split(Encoding.UTF8.GetString(row.Bytes.Span));
        return fields.Length == Columns.Count
            ? new ImportFields(column => _index.TryGetValue(column, out var at) ? fields[at] : null)
            : ImportRefusals.BadRow($"it has {fields.Length} columns where the header has {Columns.Count}");
    }

    private string[] Split(string row)
    {
        if (_delimiter == '\t')
        {
            return row.Split('\t').Select(Unquoted).ToArray();
        }

        var fields = new List<string>(Columns.Count);
        for (var at = 0; at <= row.Length; at++)
        {
            fields.Add(Field(row, ref at));
        }

        return [.. fields];
    }

    /// <summary>RFC 4180, but what follows a closing quote is kept as it stands. Leaves <paramref name="at"/> on the delimiter or the end.</summary>
    private string Field(string row, ref int at)
    {
        var field = new StringBuilder();
        for (var doubled = false; at < row.Length && row[at] == '"'; doubled = true)
        {
            field.Append(doubled ? "\"" : "");
            var close = row.IndexOf('"', at + 1);
            close = close < 0 ? row.Length : close;
            field.Append(row, at + 1, close - at - 1);
            at = Math.Min(row.Length, close + 1);
        }

        var end = row.IndexOf(_delimiter, at);
        end = end < 0 ? row.Length : end;
        field.Append(row, at, end - at);
        at = end;
        return field.ToString();
    }

    /// <summary>A spreadsheet quotes a TSV field that has quotes in it and doubles those; a quotation that fills the field is left alone.</summary>
    private static string Unquoted(string field)
    {
        if (field.Length < 2 || field[0] != '"' || field[^1] != '"')
        {
            return field;
        }

        var inner = field[1..^1];
        return inner.Replace("\"\"", "", StringComparison.Ordinal).Contains('"', StringComparison.Ordinal)
            ? field
            : inner.Replace("\"\"", "\"", StringComparison.Ordinal);
    }
}

/// <summary>NDJSON: an object a line; what is nested is named by its path, as in <c>user.screen_name</c>.</summary>
internal sealed class JsonLines : ImportFormat
{
    private const int MaxDepth = 8;
    private const int RowsLookedAt = 200;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private JsonLines(IReadOnlyList<string> columns) => Columns = columns;

    public override string Name => "NDJSON";

    public override IReadOnlyList<string> Columns { get; }

    public static ImportFormat Of(ReadOnlySpan<byte> sample)
    {
        var columns = new List<string>();
        var rows = 0;
        while (sample.IndexOf((byte)'\n') is var end && sample.Length > 0 && rows++ < RowsLookedAt)
        {
            var line = end < 0 ? sample : sample[..end];
            if (Fields(line.ToArray()) is { } fields)
            {
                columns.AddRange(fields.Keys.Except(columns));
            }

            sample = end < 0 ? [] : sample[(end + 1)..];
        }

        return new JsonLines(columns);
    }

    public override Result<ImportFields> Read(ImportRow row) =>
        Fields(row.Bytes) is { } fields
            ? new ImportFields(fields.GetValueOrDefault)
            : ImportRefusals.BadRow("it is not a JSON object");

    private static Dictionary<string, string?>? Fields(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
            Flatten(document.RootElement, "", MaxDepth, fields);
            return fields;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperation: an escaped half of a surrogate pair, which is no text.
            return null;
        }
    }

    private static void Flatten(JsonElement element, string prefix, int depth, Dictionary<string, string?> fields)
    {
        foreach (var property in element.EnumerateObject())
        {
            var name = prefix + property.Name;
            switch (property.Value.ValueKind)
            {
                case JsonValueKind.Object when depth > 0:
                    Flatten(property.Value, name + ".", depth - 1, fields);
                    break;
                case JsonValueKind.String:
                    fields[name] = property.Value.GetString();
                    break;
                case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                    fields[name] = property.Value.GetRawText();
                    break;
            }
        }
    }
}
