using System.Globalization;

namespace Holdfast.Listening;

/// <summary>What an import says on the terminal: how the file was understood, and what came of it.</summary>
internal sealed class ImportReport(TextWriter output)
{
    public void Found(ImportOptions options, ImportReader reader)
    {
        var packed = reader.File.Packed ? ", unpacked from gzip" : "";
        var guessed = reader.File.Encoding.Guessed ? " (a guess from its letters; --encoding says another)" : "";
        output.WriteLine($"{Path.GetFileName(options.Path)}: {reader.Format.Name} in {reader.File.Encoding.Name}{guessed}{packed}");
        foreach (var (role, column) in reader.Columns.Of.OrderBy(c => c.Key))
        {
            output.WriteLine($"  {role.ToString().ToLowerInvariant(),-10} {column}{About(role, reader)}");
        }

        if (reader.RoundedIds)
        {
            output.WriteLine("  The ids were rounded by a spreadsheet (5.68E+17) and are of no use; they are made from the content instead.");
        }
        else if (reader.IdsFromContent)
        {
            output.WriteLine("  There is no column with ids; they are made from author, time and text.");
        }
    }

    public void Target(ImportTarget target)
    {
        if (target.NewMonitor is { } query)
        {
            output.WriteLine($"There was no brand “{target.BrandName}”: it was created, with a first monitor that listens for {query}");
        }
    }

    public void Came(ImportSummary summary, TimeSpan took)
    {
        var rate = summary.Rows / Math.Max(0.001, took.TotalSeconds);
        Say($"{summary.Rows:n0} rows in {took.TotalSeconds:n1} s ({rate:n0} a second)");
        Say($"  {summary[IntakeVerdict.Accepted],9:n0} stored");
        Say($"  {summary[IntakeVerdict.Duplicate],9:n0} known already, unchanged", summary[IntakeVerdict.Duplicate]);
        Say($"  {summary[IntakeVerdict.Edited],9:n0} known already with another text; the earlier text is kept", summary[IntakeVerdict.Edited]);
        Say($"  {summary[IntakeVerdict.Unmatched],9:n0} match no monitor of the brand; counted, not stored", summary[IntakeVerdict.Unmatched]);
        Say($"  {summary[IntakeVerdict.Rejected],9:n0} could not be read; they are parked with line and reason on the Sources page", summary[IntakeVerdict.Rejected]);
        if (summary is { First: { } first, Last: { } last })
        {
            Say($"  written between {first:yyyy-MM-dd HH:mm} and {last:yyyy-MM-dd HH:mm} UTC");
        }

        if (summary.BrokenOff is { } reason)
        {
            Say($"The file could not be read to its end: {reason} What was read before is stored.");
        }
    }

    public void Looked(bool done) => output.WriteLine(done
        ? "Everything stored was looked at; “holdfast backtest” and the Now page say what was found."
        : "Some of it still waits to be looked at; a server will do that.");

    private static string About(ImportRole role, ImportReader reader) =>
        role != ImportRole.Time
            ? ""
            : $"  ({reader.Times.Name}{(reader.Times.Zone == ImportTimeZone.NotSaid ? $", no zone said: read as {reader.Zone.Id}; --zone says another" : "")})";

    private void Say(FormattableString line, long count = 1)
    {
        if (count > 0)
        {
            output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        }
    }
}
