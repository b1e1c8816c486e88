using System.Globalization;

namespace Holdfast.Database;

/// <summary>Where PostgreSQL's programs lie on this machine. Debian keeps them out of PATH, one folder a major version.</summary>
internal sealed record PostgresBinaries(string Folder, int Major)
{
    private const string DebianRoot = "/usr/lib/postgresql";
    public const int OldestMajor = 15;
    private static readonly string[] Needed = ["postgres", "initdb", "pg_ctl", "pg_isready", "pg_dump", "pg_restore", "psql"];

    public string this[string program] => Path.Combine(Folder, program);

    /// <summary>The newest found that is not older than 15; null where there is none.</summary>
    public static PostgresBinaries? Find() => FindAll().MaxBy(b => b.Major) is { Major: >= OldestMajor } newest ? newest : null;

    /// <summary>Those of exactly this version: a data folder opens only with the version that made it.</summary>
    public static PostgresBinaries? Find(int major) => FindAll().FirstOrDefault(b => b.Major == major);

    private static IEnumerable<PostgresBinaries> FindAll()
    {
        var debian = Directory.Exists(DebianRoot)
            ? Directory.GetDirectories(DebianRoot).Select(d => Path.Combine(d, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return path.Select(RealFolder).Concat(debian)
            .Distinct()
            .Where(folder => Needed.All(program => File.Exists(Path.Combine(folder, program))))
            .Select(folder => new PostgresBinaries(folder, ReadMajor(folder)));
    }

    // A link in PATH to one of the programs leads to where all of them are.
    private static string RealFolder(string folder)
    {
        var postgres = Path.Combine(folder, "postgres");
        var target = File.Exists(postgres) ? File.ResolveLinkTarget(postgres, returnFinalTarget: true) : null;
        return target is null ? folder : Path.GetDirectoryName(target.FullName)!;
    }

    private static int ReadMajor(string folder)
    {
        // "postgres (PostgreSQL) 15.13 (Debian …)"
        var words = Tool.Read(Path.Combine(folder, "postgres"), ["--version"]).Split(' ');
        var version = words.SkipWhile(w => w != "(PostgreSQL)").Skip(1).FirstOrDefault() ?? "0";
        var digits = string.Concat(version.TakeWhile(char.IsAsciiDigit));
        return int.TryParse(digits, CultureInfo.InvariantCulture, out var major) ? major : 0;
    }
}
