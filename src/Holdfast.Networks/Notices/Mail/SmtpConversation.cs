using System.Globalization;
using System.Text;

namespace Holdfast.Networks.Notices.Mail;

/// <summary>Lines out, answers in, over a stream that may be swapped for an encrypted one. Bounded in all directions.</summary>
internal sealed class SmtpConversation(Stream stream, TimeProvider time) : IAsyncDisposable
{
    /// <summary>RFC 5321 allows 512; some servers say more.</summary>
    public const int MaxReplyLine = 4096;

    public const int MaxReplyLines = 128;

    private readonly byte[] _buffer = new byte[MaxReplyLine];
    private Stream _stream = stream;
    private int _start;
    private int _end;

    /// <summary>The stream itself, to build the encrypted one on. Refused while unread bytes lie here: they came before
    /// the encryption and would be taken for answers given after it.</summary>
    public Stream Bare => _start == _end
        ? _stream
        : throw new SmtpProtocolException("the server said more before the encryption than it was asked");

    public void Upgrade(Stream encrypted) => _stream = encrypted;

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, TimeSpan within, CancellationToken ct)
    {
        using var limit = Limit(within, ct);
        await _stream.WriteAsync(bytes, limit.Token).ConfigureAwait(false);
        await _stream.FlushAsync(limit.Token).ConfigureAwait(false);
    }

    public Task SendAsync(string commands, TimeSpan within, CancellationToken ct) =>
        SendAsync(Encoding.UTF8.GetBytes(commands), within, ct);

    public async Task<SmtpReply> ReadAsync(TimeSpan within, CancellationToken ct)
    {
        using var limit = Limit(within, ct);
        var lines = new List<string>();
        while (true)
        {
            var line = await ReadLineAsync(limit.Token).ConfigureAwait(false);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code < 200)
            {
                throw new SmtpProtocolException("the server did not answer in SMTP");
            }

            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-')
            {
                return new SmtpReply(code, lines);
            }

            if (lines.Count >= MaxReplyLines)
            {
                throw new SmtpProtocolException($"the server's answer is longer than {MaxReplyLines} lines");
            }
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<string> ReadLineAsync(CancellationToken ct)
    {
        while (true)
        {
            var newline = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, newline).TrimEnd('\r');
                _start += newline + 1;
                return line;
            }

            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            if (_end == _buffer.Length)
            {
                throw new SmtpProtocolException($"the server sent a line longer than {MaxReplyLine} bytes");
            }

            var read = await _stream.ReadAsync(_buffer.AsMemory(_end), ct).ConfigureAwait(false);
            if (read == 0)
            {
                throw new EndOfStreamException("the server closed the connection");
            }

            _end += read;
        }
    }

    private Deadline Limit(TimeSpan within, CancellationToken ct) => new(within, time, ct);

    /// <summary>Cancelled by the caller or by the clock.</summary>
    private sealed class Deadline : IDisposable
    {
        private readonly CancellationTokenSource _clock;
        private readonly CancellationTokenSource _both;

        public Deadline(TimeSpan within, TimeProvider time, CancellationToken ct)
        {
            _clock = new CancellationTokenSource(within, time);
            _both = CancellationTokenSource.CreateLinkedTokenSource(_clock.Token, ct);
        }

        public CancellationToken Token => _both.Token;

        public void Dispose()
        {
            _both.Dispose();
            _clock.Dispose();
        }
    }
}
