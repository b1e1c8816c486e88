using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Holdfast.Core;
using Holdfast.Core.Listening;
using Holdfast.Database;

namespace Holdfast.Listening;

/// <summary>What the user said about a file; what was not said is found out.</summary>
internal sealed record ImportOptions(
    string Path, string Network, IReadOnlyDictionary<string, string> Map, string? Encoding = null, TimeZoneInfo? Zone = null, bool? MonthFirst = null);

/// <summary>A file that was understood: its rows become posts.</summary>
internal sealed partial class ImportReader : IDisposable
{
    private const int RowsLookedAt = 200;
    private const int LongestId = 300;
    private const int LongestName = 200;
    private const int LongestUrl = 2_000;
    private static readonly TimeSpan Future = TimeSpan.FromDays(1);

    private readonly ImportOptions _options;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _latest;
    private readonly string _origin;

    private ImportReader(ImportOptions options, ImportFile file, ImportFormat format, ImportColumns columns, ImportTimeFormat times, bool roundedIds, TimeProvider time)
    {
        (_options, File, Format, Columns, Times, RoundedIds, _time) = (options, file, format, columns, times, roundedIds, time);
        _latest = time.GetUtcNow() + Future;
        _origin = Path.GetFileName(options.Path);
    }

    public ImportFile File { get; }

    public ImportFormat Format { get; }

    public ImportColumns Columns { get; }

    public ImportTimeFormat Times { get; }

    public TimeZoneInfo Zone => _options.Zone ?? TimeZoneInfo.Utc;

    /// <summary>A spreadsheet has rounded the ids (5.68E+17), which makes different posts the same; ids are then made from the content.</summary>
    public bool RoundedIds { get; }

    public bool IdsFromContent => RoundedIds || Columns[ImportRole.Id] is null;

    public static Result<ImportReader> Open(ImportOptions options, TimeProvider time)
    {
        var opened = ImportFile.Open(options.Path, options.Encoding);
        if (!opened.Succeeded(out var file))
        {
            return Result<ImportReader>.Refused(opened.Refusals);
        }

        var read = Understand(options, file, time);
        if (read.Refusals.Count > 0)
        {
            file.Dispose();
        }

        return read;
    }

    /// <summary>Every row that is not blank: a post, or what could not be made one.</summary>
    public async IAsyncEnumerable<(IntakeItem? Item, UnreadableItem? Unreadable)> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var header = Format.HeaderRows;
        await foreach (var row in new ImportRows(File.Content, Format.QuotedBy).ReadAsync(cancel))
        {
            if (header-- > 0 || row.Bytes.Span.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0)
            {
                continue;
            }

            yield return row.Fault is { } fault
                ? (null, new(row.Bytes, _origin, row.Line, fault))
                : Read(row).Succeeded(out var item)
                    ? (item, null)
                    : (null, new(row.Bytes, _origin, row.Line, Read(row).Refusals[0].Message));
        }
    }

    public void Dispose() => File.Dispose();

    private static Result<ImportReader> Understand(ImportOptions options, ImportFile file, TimeProvider time)
    {
        var byNumber = options.Map.Count > 0 && options.Map.Values.All(v => int.TryParse(v, out _));
        var detected = ImportFormat.Detect(file.Sample, Path.GetFileName(options.Path), byNumber);
        if (!detected.Succeeded(out var format))
        {
            return Result<ImportReader>.Refused(detected.Refusals);
        }

        var sample = SampleRows(file, format);
        var guessed = ImportColumns.Guess(format.Columns, sample, options.Map);
        if (!guessed.Succeeded(out var columns))
        {
            return Result<ImportReader>.Refused(guessed.Refusals);
        }

        var timeColumn = columns[ImportRole.Time]!;
        var texts = sample.Select(f => f(timeColumn) ?? "").ToList();
        if (ImportTimes.Detect(texts, options.MonthFirst, ImportTimes.Most, out var ambiguous) is not { } times)
        {
            return ImportRefusals.UnknownTimes(timeColumn, texts.Find(t => t.Length > 0) ?? "");
        }

        return ambiguous
            ? ImportRefusals.AmbiguousTimes(texts[0])
            : new ImportReader(options, file, format, columns, times, HasRoundedIds(columns, sample), time);
    }

    private static List<ImportFields> SampleRows(ImportFile file, ImportFormat format)
    {
        var fields = new List<ImportFields>();
        foreach (var row in new ImportRows(new MemoryStream(file.Sample), format.QuotedBy).ReadAsync(default).ToBlockingEnumerable().Skip(format.HeaderRows).Take(RowsLookedAt))
        {
            if (row.Fault is null && format.Read(row).Succeeded(out var read))
            {
                fields.Add(read);
            }
        }

        return fields;
    }

    private static bool HasRoundedIds(ImportColumns columns, List<ImportFields> sample) =>
        columns[ImportRole.Id] is { } id && sample.Any(f => f(id) is { } text && Rounded().IsMatch(text));

    private Result<IntakeItem> Read(ImportRow row)
    {
        if (!Utf8.IsValid(row.Bytes.Span))
        {
            return ImportRefusals.BadRow($"it is not valid {File.Encoding.Name}");
        }

        var read = Format.Read(row);
        if (!read.Succeeded(out var fields))
        {
            return Result<IntakeItem>.Refused(read.Refusals);
        }

        var text = Field(fields, ImportRole.Text, Post.MaxTextLength);
        if (text is null)
        {
            return ImportRefusals.BadRow("it has no text");
        }

        var written = Field(fields, ImportRole.Time, 100);
        if (written is null || Times.Read(written, Zone) is not { } at)
        {
            return ImportRefusals.BadRow(written is null ? "it has no time" : $"“{written}” is not a time as the others are written ({Times.Name})");
        }

        return at > _latest
            ? ImportRefusals.BadRow($"its time, {written}, is in the future")
            : new IntakeItem(ToPost(fields, text, at), row.Bytes, _origin, row.Line);
    }

    private Post ToPost(ImportFields fields, string text, DateTimeOffset at)
    {
        var handle = Field(fields, ImportRole.Author, LongestName)?.TrimStart('@');
        var authorId = Field(fields, ImportRole.AuthorId, LongestId) ?? handle ?? "unknown";
        return new()
        {
            Id = new(Ids.New(_time)),
            Network = _options.Network,
            NetworkId = (IdsFromContent ? null : Field(fields, ImportRole.Id, LongestId)) ?? ContentId(authorId, at, text),
            Author = new(
                authorId,
                handle ?? authorId,
                Field(fields, ImportRole.Name, LongestName),
                long.TryParse(Field(fields, ImportRole.Followers, 20), NumberStyles.Integer, CultureInfo.InvariantCulture, out var followers) ? followers : null,
                Field(fields, ImportRole.Verified, 10)?.ToLowerInvariant() is "true" or "1" or "yes" or "tak"),
            Text = text,
            At = at,
            Language = Field(fields, ImportRole.Language, 20),
            Url = Field(fields, ImportRole.Url, LongestUrl),
            ReplyTo = Field(fields, ImportRole.ReplyTo, LongestId),
            RepostOf = Field(fields, ImportRole.RepostOf, LongestId),
            QuoteOf = Field(fields, ImportRole.QuoteOf, LongestId),
        };
    }

    /// <summary>Trimmed, without NUL and control characters, cut to its limit; null where there is nothing.</summary>
    private string? Field(ImportFields fields, ImportRole role, int limit) =>
        Columns[role] is { } column && fields(column) is { } field ? IntakeText.Clean(field, limit) : null;

    /// <summary>The same row gives the same id, so that the same file changes nothing.</summary>
    private static string ContentId(string author, DateTimeOffset at, string text) =>
        "content:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{author}\n{at.ToUnixTimeMilliseconds()}\n{text}")).AsSpan(0, 16));

    [GeneratedRegex(@"^\d[.,]\d+E\+1\d$")]
    private static partial Regex Rounded();
}
