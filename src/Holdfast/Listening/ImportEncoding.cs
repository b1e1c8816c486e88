using System.Text;
using Holdfast.Core;

namespace Holdfast.Listening;

/// <summary>How the bytes of a file are to be read as text. <paramref name="Guessed"/>: it was told from the letters and may be wrong.</summary>
internal sealed record ImportEncoding(string Name, Encoding Encoding, int MarkLength, bool Guessed)
{
    private static readonly (byte[] Magic, string What)[] Known =
    [
        ([0x50, 0x4b, 0x03, 0x04], "a zip archive or an Excel workbook; unpack it, or save the sheet as CSV"),
        ([0xd0, 0xcf, 0x11, 0xe0], "an old Excel workbook; save the sheet as CSV"),
        ([0x25, 0x50, 0x44, 0x46], "a PDF"),
        ([0x50, 0x41, 0x52, 0x31], "a Parquet file; write it out as CSV or one JSON object a line"),
        ([0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], "an SQLite database; write the table out as CSV"),
        ([0x89, 0x50, 0x4e, 0x47], "a picture"),
        ([0xff, 0xd8, 0xff], "a picture"),
        ([0x1f, 0x8b], "gzip inside gzip; unpack it once"),
        ([0x28, 0xb5, 0x2f, 0xfd], "packed with zstd; unpack it, or pack it with gzip"),
        ([0x42, 0x5a, 0x68], "packed with bzip2; unpack it, or pack it with gzip"),
        ([0xfd, 0x37, 0x7a, 0x58, 0x5a], "packed with xz; unpack it, or pack it with gzip"),
    ];

    // Letters that stand at these bytes in Windows-1250 (ą ł ś ź ż) and are signs nobody writes inside a word in Windows-1252 …
    private static readonly byte[] Polish = [0xb9, 0xb3, 0x9c, 0x9f, 0xbf];

    // … and the commonest letters of Western Europe, most of which stand for the same or for rare letters in Windows-1250 (à â ã è é ê ï õ).
    private static readonly byte[] Western = [0xe0, 0xe2, 0xe3, 0xe8, 0xe9, 0xea, 0xef, 0xf5, 0xe4, 0xf6, 0xfc, 0xdf];

    public static Result<ImportEncoding> Detect(ReadOnlySpan<byte> sample, string file, string? asked)
    {
        foreach (var (magic, what) in Known)
        {
            if (sample.StartsWith(magic))
            {
                return ImportRefusals.NotText(file, what);
            }
        }

        if (asked is not null)
        {
            return Named(asked) is { } encoding ? new ImportEncoding(encoding.WebName, encoding, Mark(sample, encoding), Guessed: false) : ImportRefusals.NoSuchEncoding(asked);
        }

        if (sample.StartsWith(Encoding.UTF8.Preamble))
        {
            return Utf8(3);
        }

        if (sample.StartsWith(Encoding.Unicode.Preamble) || sample.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            return Utf16(sample[0] == 0xff, 2, guessed: false);
        }

        return WithoutMark(sample, file);
    }

    /// <summary>As UTF-8; bytes that are wrong in UTF-8 already stay as they are, so that their rows can be named.</summary>
    public Stream ToUtf8(Stream raw)
    {
        for (var left = MarkLength; left > 0; left--)
        {
            raw.ReadByte();
        }

        return Encoding.CodePage == Encoding.UTF8.CodePage ? raw : Encoding.CreateTranscodingStream(raw, Encoding, Encoding.UTF8);
    }

    private static Result<ImportEncoding> WithoutMark(ReadOnlySpan<byte> sample, string file)
    {
        var (even, odd, control) = (0, 0, 0);
        for (var i = 0; i < sample.Length; i++)
        {
            even += sample[i] == 0 && i % 2 == 0 ? 1 : 0;
            odd += sample[i] == 0 && i % 2 == 1 ? 1 : 0;
            control += sample[i] is > 0 and < 32 and not (9 or 10 or 12 or 13) ? 1 : 0;
        }

        if (Math.Max(even, odd) > sample.Length / 5 && Math.Min(even, odd) < sample.Length / 100)
        {
            return Utf16(odd > even, 0, guessed: true);
        }

        if (even + odd > 0 || control > sample.Length / 50)
        {
            return ImportRefusals.NotText(file, even + odd > 0 ? $"it has a zero byte at offset {sample.IndexOf((byte)0)}" : "it is full of control characters");
        }

        var wrong = CountWrongUtf8(sample, out var right);
        // In a text of another encoding hardly anything is right by chance; a UTF-8 text may have a few torn rows.
        return wrong * 2 <= right || wrong == 0 ? Utf8(0) : EightBit(sample, file);
    }

    private static Result<ImportEncoding> EightBit(ReadOnlySpan<byte> sample, string file)
    {
        var (polish, western, high) = (0, 0, 0);
        for (var i = 1; i < sample.Length; i++)
        {
            if (sample[i] < 0x80)
            {
                continue;
            }

            high++;
            var inWord = char.IsAsciiLetter((char)sample[i - 1]) || (i + 1 < sample.Length && char.IsAsciiLetter((char)sample[i + 1]));
            polish += inWord && Polish.Contains(sample[i]) ? 1 : 0;
            western += inWord && Western.Contains(sample[i]) ? 1 : 0;
        }

        if (high > sample.Length / 3)
        {
            return ImportRefusals.UnknownEncoding(file);
        }

        var name = polish > western / 2 ? "windows-1250" : "windows-1252";
        return new ImportEncoding(name, Named(name)!, 0, Guessed: true);
    }

    private static int CountWrongUtf8(ReadOnlySpan<byte> sample, out int right)
    {
        var wrong = 0;
        right = 0;
        while (sample.Length > 0)
        {
            var status = Rune.DecodeFromUtf8(sample, out _, out var used);
            if (status == System.Buffers.OperationStatus.NeedMoreData)
            {
                break;
            }

            wrong += status == System.Buffers.OperationStatus.InvalidData ? 1 : 0;
            right += status == System.Buffers.OperationStatus.Done && used > 1 ? 1 : 0;
            sample = sample[used..];
        }

        return wrong;
    }

    private static int Mark(ReadOnlySpan<byte> sample, Encoding encoding) =>
        encoding.Preamble.Length > 0 && sample.StartsWith(encoding.Preamble) ? encoding.Preamble.Length : 0;

    private static ImportEncoding Utf8(int mark) => new("UTF-8", Encoding.UTF8, mark, Guessed: false);

    private static ImportEncoding Utf16(bool little, int mark, bool guessed) =>
        new(little ? "UTF-16" : "UTF-16, big end first", little ? Encoding.Unicode : Encoding.BigEndianUnicode, mark, guessed);

    private static Encoding? Named(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
