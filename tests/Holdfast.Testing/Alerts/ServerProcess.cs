using System.Diagnostics;

namespace Holdfast.Testing.Alerts;

/// <summary>The real server as a process of its own, that can be killed like any other.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Ready = "Holdfast serves on ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<ServerProcess> StartAsync(string folder, string database, IReadOnlyDictionary<string, string> settings)
    {
        // The program beside us, built in the same configuration.
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Holdfast", configuration, "Holdfast.dll"));
        var start = new ProcessStartInfo("dotnet", [program, "serve", "--port", "0", "--data", folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["HOLDFAST_DATABASE"] = database;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var said = new List<string>();
        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, e) => Hear(e.Data);
        process.OutputDataReceived += (_, e) => Hear(e.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The server ended: {string.Join('\n', said)}"));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new ServerProcess(process, await ready.Task.WaitAsync(Patience));
        }
        catch
        {
            process.Kill();
            throw;
        }

        void Hear(string? line)
        {
            lock (said)
            {
                said.Add(line ?? "");
            }

            if (line?.StartsWith(Ready, StringComparison.Ordinal) == true)
            {
                ready.TrySetResult(new Uri(line[Ready.Length..]));
            }
        }
    }

    /// <summary>SIGKILL: no finally, no flush, no goodbye.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
