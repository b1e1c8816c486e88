
namespace Holdfast.Listening;

/// <summary>One row as bytes. <paramref name="Fault"/> says why it cannot be a row; the bytes are then its beginning.</summary>
internal readonly record struct ImportRow(long Line, ReadOnlyMemory<byte> Bytes, string? Fault);

/// <summary>
/// Cuts a stream of UTF-8 into rows, in bounded memory whatever the stream holds. Knows the quotes of CSV, inside which
/// a line may end; a quote that is never closed costs its own line and no other.
/// </summary>
internal sealed class ImportRows(Stream content, byte? quotedBy)
{
    /// <summary>Longer rows are skipped, and their beginning is parked.</summary>
    public const int MaxRow = 1024 * 1024;

    private const int KeptOfTooLong = 4 * 1024;
    private const int MaxLinesInQuotes = 500;
    private const byte Quote = (byte)'"';
    private const byte NewLine = (byte)'\n';

    private readonly byte[] _buffer = new byte[MaxRow + (64 * 1024)];
    private int _from;
    private int _to;
    private bool _ended;
    private long _line = 1;

    public async IAsyncEnumerable<ImportRow> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            var end = FindEnd(out var lines, out var unclosed);
            while (end < 0 && !unclosed && !_ended && _to - _from <= MaxRow)
            {
                await FillAsync(cancel);
                end = FindEnd(out lines, out unclosed);
            }

            if (_from == _to)
            {
                yield break;
            }

            if (unclosed || (end < 0 && lines > 0))
            {
                yield return Take(FirstLineEnd(), 1, "a quote is opened here and never closed");
            }
            else if (end >= 0 || _ended)
            {
                yield return Take(end < 0 ? _to : end, lines + 1, null);
            }
            else
            {
                yield return await SkipAsync(cancel);
            }
        }
    }

    /// <summary>Where the row that begins at <c>_from</c> ends, or −1 where that is not in the buffer; and how many line ends are inside it.</summary>
    private int FindEnd(out int lines, out bool unclosed)
    {
        (lines, unclosed) = (0, false);
        if (quotedBy is not { } delimiter)
        {
            var at = _buffer.AsSpan(_from, _to - _from).IndexOf(NewLine);
            return at < 0 ? -1 : _from + at;
        }

        var (inQuotes, fieldStart) = (false, true);
        for (var i = _from; i < _to; i++)
        {
            var b = _buffer[i];
            if (b == Quote && (inQuotes || fieldStart))
            {
                // A doubled quote closes and opens again, which comes to the same.
                inQuotes = !inQuotes;
                fieldStart = !inQuotes;
            }
            else if (b == NewLine && !inQuotes)
            {
                return i;
            }
            else
            {
                lines += b == NewLine ? 1 : 0;
                fieldStart = !inQuotes && b == delimiter;
            }

            if (lines > MaxLinesInQuotes)
            {
                unclosed = true;
                return -1;
            }
        }

        unclosed = inQuotes && (_ended || _to - _from > MaxRow);
        return -1;
    }

    private int FirstLineEnd()
    {
        var at = _buffer.AsSpan(_from, _to - _from).IndexOf(NewLine);
        return at < 0 ? _to : _from + at;
    }

    private ImportRow Take(int end, int lines, string? fault)
    {
        var length = end - _from;
        length -= length > 0 && _buffer[end - 1] == (byte)'\r' ? 1 : 0;
        var row = length > MaxRow
            ? new ImportRow(_line, _buffer.AsSpan(_from, KeptOfTooLong).ToArray(), TooLong)
            : new ImportRow(_line, _buffer.AsSpan(_from, length).ToArray(), fault);
        _from = Math.Min(_to, end + 1);
        _line += lines;
        return row;
    }

    private static string TooLong => "the row is longer than 1 MB; only its beginning was kept";

    private async Task<ImportRow> SkipAsync(CancellationToken cancel)
    {
        var row = new ImportRow(_line, _buffer.AsSpan(_from, KeptOfTooLong).ToArray(), TooLong);
        int at;
        while ((at = _buffer.AsSpan(_from, _to - _from).IndexOf(NewLine)) < 0 && !_ended)
        {
            _from = _to = 0;
            await FillAsync(cancel);
        }

        _from = at < 0 ? _to : _from + at + 1;
        _line++;
        return row;
    }

    private async Task FillAsync(CancellationToken cancel)
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
        }

        var read = await content.ReadAsync(_buffer.AsMemory(_to), cancel);
        _ended = read == 0;
        _to += read;
    }
}
