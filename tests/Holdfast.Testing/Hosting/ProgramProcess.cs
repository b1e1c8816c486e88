using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace Holdfast.Testing.Hosting;

/// <summary>The real program in a process of its own, which a test may kill at any instruction.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private const string ServesOn = "Holdfast serves on ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly ConcurrentDictionary<int, Process> Running = new();

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);

    static ProgramProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var process in Running.Values)
        {
            process.Kill();
        }
    };

    private ProgramProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, e) => Hear(e.Data);
        _process.ErrorDataReceived += (_, e) => Hear(e.Data);
        _process.Exited += (_, _) => _url.TrySetException(new InvalidOperationException("The program ended before it served."));
        _process.Start();
        Running[_process.Id] = _process;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>All that it has said so far, both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <param name="database">What <c>HOLDFAST_DATABASE</c> shall be; null: a private PostgreSQL in the folder that <c>--data</c> names.</param>
    /// <param name="arguments">As on the command line: the verb first.</param>
    public static ProgramProcess Start(string? database, params string[] arguments)
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "Holdfast.dll");
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("HOLDFAST_DATA");
        start.Environment.Remove("HOLDFAST_KEY_FILE");
        start.Environment["HOLDFAST_DATABASE"] = database ?? "";
        return new ProgramProcess(start);
    }

    /// <summary>Starts <c>serve</c> on a free port and waits until it answers.</summary>
    public static async Task<(ProgramProcess Program, Uri Url)> ServeAsync(string? database, string data)
    {
        var program = Start(database, "serve", "--port", "0", "--data", data);
        try
        {
            return (program, await program.UrlAsync());
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            var output = program.Output;
            await program.DisposeAsync();
            throw new InvalidOperationException($"{e.Message} It said:\n{output}", e);
        }
    }

    /// <summary>Where it serves, once it does.</summary>
    public Task<Uri> UrlAsync() => _url.Task.WaitAsync(Patience);

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitAsync();
    }

    /// <summary>As Ctrl-C or a service manager asks it to end; returns its exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var kill = Process.Start("sh", ["-c", "kill -TERM \"$1\"", "sh", $"{Id}"]);
        await kill.WaitForExitAsync();
        return await WaitAsync();
    }

    public async Task<int> WaitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        Running.TryRemove(Id, out _);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        Running.TryRemove(_process.Id, out _);
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line.StartsWith(ServesOn, StringComparison.Ordinal))
        {
            _url.TrySetResult(new Uri(line[ServesOn.Length..]));
        }
    }
}
