using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.Publishing;
using Holdfast.Listening;

namespace Holdfast.Publishing;

/// <summary>A row of a plan as it was understood.</summary>
/// <param name="Line">Where it stands in the file, the header being 1.</param>
/// <param name="Form">What the composer would have sent; null where not even that could be read.</param>
/// <param name="Refusals">Why it cannot be taken; none: it can.</param>
/// <param name="Notes">What is worth knowing and does not stand in the way.</param>
public sealed record PlanRow(long Line, string Text, string When, string Accounts, PostForm? Form, IReadOnlyList<Refusal> Refusals, IReadOnlyList<Refusal> Notes)
{
    public bool IsGood => Refusals.Count == 0;
}

/// <summary>A month's plan out of a table: what each column was taken for, and every row with what is wrong with it.</summary>
public sealed record PlanFile(byte[] Hash, string Format, string Encoding, string Times, IReadOnlyDictionary<PlanColumn, string> Columns, IReadOnlyList<PlanRow> Rows);

/// <summary>Reads plans. The file's own text is never trusted with more than to be text.</summary>
internal sealed class PlanFileReader(Brand brand, IReadOnlyList<AccountRow> accounts, DateTimeOffset now)
{
    public const int MostBytes = 4_000_000;
    public const int MostRows = 10_000;

    private static readonly SearchValues<byte> Nothing = SearchValues.Create(" \t\r\n,;|\""u8);
    private static readonly char[] Between = [';', '|', '+', '\n'];

    public async Task<Result<PlanFile>> ReadAsync(byte[] bytes, string name, CancellationToken cancel)
    {
        if (bytes.Length > MostBytes)
        {
            return PlanRefusals.TooLarge;
        }

        var encoding = ImportEncoding.Detect(bytes, name, null);
        if (!encoding.Succeeded(out var how))
        {
            return Result<PlanFile>.Refused(encoding.Refusals);
        }

        var text = Encoding.UTF8.GetBytes(how.Encoding.GetString(bytes.AsSpan(how.MarkLength)));
        var detected = ImportFormat.Detect(text, name, columnsByNumber: false);
        if (!detected.Succeeded(out var format))
        {
            return Result<PlanFile>.Refused(detected.Refusals);
        }

        var columns = PlanColumns.Guess(format.Columns);
        if (PlanColumns.Missing(columns) is { } missing)
        {
            return PlanRefusals.NoColumn(missing, format.Columns);
        }

        var read = new List<(ImportRow Row, Result<ImportFields> Fields)>();
        await foreach (var row in new ImportRows(new MemoryStream(text), format.QuotedBy).ReadAsync(cancel))
        {
            if (row.Line > format.HeaderRows && !IsEmpty(row) && read.Count <= MostRows)
            {
                read.Add((row, row.Fault is { } fault ? PlanRefusals.Row(fault) : format.Read(row)));
            }
        }

        if (read.Count > MostRows)
        {
            return PlanRefusals.TooManyRows;
        }

        string? When(ImportFields fields) => columns.TryGetValue(PlanColumn.Time, out var clock) ? $"{fields(columns[PlanColumn.Date])?.Trim()} {fields(clock)?.Trim()}".Trim() : fields(columns[PlanColumn.Date])?.Trim();
        var times = ImportTimes.Detect([.. read.Where(each => each.Fields.Succeeded(out _)).Select(each => When(each.Fields.Value) ?? "")], monthFirst: false, ImportTimes.Most, out _);
        var rows = read.ConvertAll(each => Row(each.Row.Line, each.Fields, columns, times, When));
        return new PlanFile(SHA256.HashData(bytes), format.Name, how.Name, times?.Name ?? "", columns, Repeats(rows));
    }

    private PlanRow Row(long line, Result<ImportFields> read, IReadOnlyDictionary<PlanColumn, string> columns, ImportTimeFormat? times, Func<ImportFields, string?> when)
    {
        if (!read.Succeeded(out var fields))
        {
            return new(line, "", "", "", null, read.Refusals, []);
        }

        string Of(PlanColumn column) => columns.TryGetValue(column, out var named) ? fields(named)?.Trim() ?? "" : "";
        var (said, moment, refusals) = (Of(PlanColumn.Account), when(fields) ?? "", new List<Refusal>());
        var chosen = Accounts(said, refusals);
        var local = Local(moment, times, refusals);
        var form = new PostForm(
            brand.Id.Value,
            PostForm.Clean(Of(PlanColumn.Text)),
            [.. chosen.Select(account => account.Id.Value)],
            new Dictionary<Guid, string>(),
            Language(Of(PlanColumn.Language)),
            null,
            null,
            [],
            local?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            local?.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            null,
            AllTheSame: true,
            PostWish.Schedule);
        if (refusals.Count == 0)
        {
            var check = PostCheck.Check(form, brand, accounts, []);
            refusals.AddRange(check.Refusals);
            refusals.AddRange(check.Succeeded(out var planned) && planned.DueAt < now ? [Core.Publishing.Refusals.TimePast] : []);
        }

        return new(line, form.Text, moment, said, form, refusals, Of(PlanColumn.Media).Length > 0 ? [PlanRefusals.MediaNotTaken] : []);
    }

    /// <summary>By handle or by network; where nothing is said and there is but one account, that one.</summary>
    private List<AccountRow> Accounts(string said, List<Refusal> refusals)
    {
        if (said.Length == 0 && accounts.Count == 1)
        {
            return [accounts[0]];
        }

        var found = new List<AccountRow>();
        foreach (var name in said.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var meant = accounts.Where(account => Is(account, name)).ToList();
            found.AddRange(meant);
            if (meant.Count != 1)
            {
                refusals.Add(meant.Count == 0 ? PlanRefusals.NoSuchAccount(name, accounts) : PlanRefusals.SeveralAccounts(name));
            }
        }

        if (said.Length == 0)
        {
            refusals.Add(PlanRefusals.NoAccountSaid);
        }

        return [.. found.Distinct()];
    }

    private static bool Is(AccountRow account, string name) =>
        string.Equals(account.Handle.TrimStart('@'), name.TrimStart('@'), StringComparison.OrdinalIgnoreCase)
        || string.Equals(account.Network, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>What the brand's clocks show; a time with its own zone is carried over to them.</summary>
    private DateTime? Local(string text, ImportTimeFormat? format, List<Refusal> refusals)
    {
        if (format?.Read(text, TimeZoneInfo.Utc) is not { } read || !text.Contains(':', StringComparison.Ordinal))
        {
            refusals.Add(PlanRefusals.NotATime(text));
            return null;
        }

        return format.Zone == ImportTimeZone.NotSaid ? read.UtcDateTime : WallTime.Show(read, CalendarDesk.Zone(brand));
    }

    private string? Language(string said) =>
        said.Length is >= 2 and <= 8 && said.All(c => char.IsAsciiLetter(c) || c == '-') ? said.ToLowerInvariant() : brand.Languages.Count > 0 ? brand.Languages[0] : null;

    /// <summary>The same words on the same account further up in the file.</summary>
    private static List<PlanRow> Repeats(List<PlanRow> rows)
    {
        var first = new Dictionary<(long Words, string Accounts), long>();
        return rows.ConvertAll(row =>
            row.Form is { } form && Duplicates.Key(form.Text) is var key && key != Duplicates.None && !first.TryAdd((key, row.Accounts), row.Line)
                ? row with { Notes = [.. row.Notes, PlanRefusals.SameAs(first[(key, row.Accounts)])] }
                : row);
    }

    private static bool IsEmpty(ImportRow row) => row.Fault is null && row.Bytes.Span.IndexOfAnyExcept(Nothing) < 0;
}
