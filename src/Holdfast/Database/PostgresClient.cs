using System.Diagnostics;
using Npgsql;

namespace Holdfast.Database;

/// <summary>PostgreSQL's own client programs, pointed at our database. The password goes by environment: command lines are public.</summary>
internal static class PostgresClient
{
    public static ProcessStartInfo Start(string connectionString, string program, params IEnumerable<string> arguments)
    {
        var binaries = PostgresBinaries.Find() ?? throw new DatabaseException(
            "PostgreSQL's own programs (pg_dump, pg_restore, psql) are needed for this. Install them (on Debian: apt-get install postgresql).");
        var address = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(binaries[program], arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PGHOST"] = address.Host;
        start.Environment["PGPORT"] = $"{address.Port}";
        start.Environment["PGUSER"] = address.Username;
        start.Environment["PGDATABASE"] = address.Database;
        start.Environment["PGAPPNAME"] = "holdfast";
        start.Environment["PGTZ"] = "UTC";
        start.Environment["PGCLIENTENCODING"] = "UTF8";
        if (address.Password is not null)
        {
            start.Environment["PGPASSWORD"] = address.Password;
        }

        if (address.ContainsKey("SSL Mode"))
        {
            start.Environment["PGSSLMODE"] = address.SslMode switch
            {
                SslMode.VerifyCA => "verify-ca",
                SslMode.VerifyFull => "verify-full",
                var mode => mode.ToString().ToLowerInvariant(),
            };
        }

        return start;
    }

    /// <summary>Runs to the end, handing its output to <paramref name="read"/>; throws with what it said when it fails.</summary>
    public static async Task RunAsync(ProcessStartInfo start, Func<Stream, Task> read, CancellationToken cancel)
    {
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(cancel);
            await read(process.StandardOutput.BaseStream);
            await process.WaitForExitAsync(cancel);
            if (process.ExitCode != 0)
            {
                throw new DatabaseException($"{Path.GetFileName(start.FileName)}: {(await error).Trim()}");
            }
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
