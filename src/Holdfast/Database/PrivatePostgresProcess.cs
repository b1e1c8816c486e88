using System.Globalization;
using System.Net.Sockets;

namespace Holdfast.Database;

/// <summary>The postmaster of one data folder, as its pid file and the kernel tell of it.</summary>
internal sealed record PrivatePostgresProcess(int Pid, string SocketFolder, string Status)
{
    public bool IsReady => Status == "ready";

    /// <summary>Reads <c>postmaster.pid</c>; null where there is none, or where it is left over from a process that is no more.</summary>
    public static PrivatePostgresProcess? Find(string postgresFolder)
    {
        var path = PidFile(postgresFolder);
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        // Pid, data folder, start time, port, socket folder, address, shared memory, status: grows line by line while starting.
        return lines.Length > 0 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid) && IsPostmasterOf(pid, postgresFolder)
            ? new PrivatePostgresProcess(pid, lines.ElementAtOrDefault(4) ?? "", lines.ElementAtOrDefault(7)?.Trim() ?? "")
            : null;
    }

    /// <summary>
    /// PostgreSQL refuses to start when the pid in a left-over file belongs to any living process of the same user, which after a
    /// restart of a container it nearly always does. A file whose pid is dead is left to PostgreSQL's own, deeper checks.
    /// Called only by the holder of the start lock.
    /// </summary>
    public static void RemoveMisleadingPidFile(string postgresFolder)
    {
        var path = PidFile(postgresFolder);
        if (!File.Exists(path))
        {
            return;
        }

        var written = int.TryParse(File.ReadLines(path).FirstOrDefault(), CultureInfo.InvariantCulture, out var pid);
        if (!written || (Directory.Exists($"/proc/{pid}") && !IsPostmasterOf(pid, postgresFolder)))
        {
            File.Delete(path);
        }
    }

    /// <summary>False for a server that was killed but is still listed.</summary>
    public bool TakesConnections()
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(SocketFolder, ".s.PGSQL.5432")));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public bool IsRunning(string postgresFolder) => IsPostmasterOf(Pid, postgresFolder);

    // A postmaster stands in its data folder; no other process of PostgreSQL is asked about here.
    private static bool IsPostmasterOf(int pid, string postgresFolder)
    {
        try
        {
            var process = new FileInfo($"/proc/{pid}/cwd").ResolveLinkTarget(returnFinalTarget: false)?.FullName;
            return process == RealPath(postgresFolder)
                && File.ReadAllText($"/proc/{pid}/cmdline").Contains("postgres", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string RealPath(string folder)
    {
        var above = Path.GetDirectoryName(folder);
        if (above is null)
        {
            return folder;
        }

        var here = Path.Combine(RealPath(above), Path.GetFileName(folder));
        return new DirectoryInfo(here).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? here;
    }

    private static string PidFile(string postgresFolder) => Path.Combine(postgresFolder, "postmaster.pid");
}
