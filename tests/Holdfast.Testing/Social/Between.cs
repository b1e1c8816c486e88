using System.Net.Sockets;
using System.Text;

namespace Holdfast.Testing.Social;

/// <summary>Stands between us and a server, one request a connection, and does with the answers what a bad line does.</summary>
internal sealed class Between(Uri server, Func<string, Between.Fate> fate) : RawListener
{
    private readonly List<string> _arrived = [];
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public enum Fate
    {
        Pass,

        /// <summary>The server gets it and answers; the answer is lost.</summary>
        SwallowAnswer,

        /// <summary>The server never gets it.</summary>
        SwallowRequest,

        /// <summary>The server gets it when it is let go, if ever; until then nothing is heard.</summary>
        Late,

        /// <summary>The server gets it and answers; the answer waits until it is let go.</summary>
        AnswersLate,
    }

    /// <summary>First lines of the requests, in the order of arrival.</summary>
    public IReadOnlyList<string> Arrived
    {
        get
        {
            lock (_arrived)
            {
                return [.. _arrived];
            }
        }
    }

    /// <summary>Until something is held.</summary>
    public Task Held => _held.Task;

    public void LetGo() => _letGo.TrySetResult();

    protected override async Task ServeAsync(NetworkStream stream)
    {
        if (await ReadAsync(stream) is not var (head, body))
        {
            return;
        }

        var line = FirstLine(head);
        lock (_arrived)
        {
            _arrived.Add(line);
        }

        var what = fate(line);
        if (what == Fate.SwallowRequest)
        {
            return;
        }

        await HoldAsync(what == Fate.Late);
        using var upstream = new TcpClient();
        await upstream.ConnectAsync(server.Host, server.Port, Stop);
        var there = upstream.GetStream();
        await there.WriteAsync(Encoding.ASCII.GetBytes(head.Insert(head.IndexOf('\n', StringComparison.Ordinal) + 1, "connection: close\r\n")), Stop);
        await there.WriteAsync(body, Stop);
        using var answer = new MemoryStream();
        await there.CopyToAsync(answer, Stop);
        await HoldAsync(what == Fate.AnswersLate);
        if (what != Fate.SwallowAnswer)
        {
            await stream.WriteAsync(answer.ToArray(), Stop);
        }
    }

    private async Task HoldAsync(bool here)
    {
        if (here)
        {
            _held.TrySetResult();
            await _letGo.Task.WaitAsync(Stop);
        }
    }
}
