using System.IO.Compression;
using Holdfast.Core;

namespace Holdfast.Listening;

/// <summary>A file to be imported, whatever its packing and encoding: read as UTF-8, in bounded memory.</summary>
internal sealed class ImportFile : IDisposable
{
    private const int SampleBytes = 256 * 1024;

    private readonly FileStream _file;

    private ImportFile(FileStream file, Stream content, ImportEncoding encoding, byte[] sample, bool packed)
    {
        (_file, Content, Encoding, Sample, Packed) = (file, content, encoding, sample, packed);
        Length = Math.Max(1, file.Length);
    }

    /// <summary>UTF-8 without a byte-order mark.</summary>
    public Stream Content { get; }

    public ImportEncoding Encoding { get; }

    /// <summary>The beginning of <see cref="Content"/>.</summary>
    public byte[] Sample { get; }

    public bool Packed { get; }

    /// <summary>Of the file as it lies on the disk.</summary>
    public long Length { get; }

    public double Share => Math.Min(1, (double)_file.Position / Length);

    public static Result<ImportFile> Open(string path, string? encodingName)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            var opened = Open(file, Path.GetFileName(path), encodingName);
            file = opened.Succeeded(out _) ? null : file;
            return opened;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return ImportRefusals.CannotOpen(path, e.Message);
        }
        finally
        {
            file?.Dispose();
        }
    }

    private static Result<ImportFile> Open(FileStream file, string name, string? encodingName)
    {
        if (!file.CanSeek)
        {
            return ImportRefusals.NotAFile(name);
        }

        var magic = new byte[4];
        var packed = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) >= 2 && magic[0] == 0x1f && magic[1] == 0x8b;
        byte[] raw;
        try
        {
            raw = ReadStart(Unpack(file, packed));
        }
        catch (InvalidDataException e)
        {
            return ImportRefusals.BadGzip(name, e.Message);
        }

        if (raw.Length == 0)
        {
            return packed && file.Length < 18 ? ImportRefusals.BadGzip(name, "it ends before its first byte of content") : ImportRefusals.Empty(name);
        }

        if (!ImportEncoding.Detect(raw, name, encodingName).Succeeded(out var encoding))
        {
            return Result<ImportFile>.Refused(ImportEncoding.Detect(raw, name, encodingName).Refusals);
        }

        var sample = ReadStart(encoding.ToUtf8(new MemoryStream(raw)));
        return new ImportFile(file, encoding.ToUtf8(Unpack(file, packed)), encoding, sample, packed);
    }

    private static Stream Unpack(FileStream file, bool packed)
    {
        file.Position = 0;
        return packed ? new ImportExpansion(file, new GZipStream(file, CompressionMode.Decompress, leaveOpen: true)) : file;
    }

    private static byte[] ReadStart(Stream stream)
    {
        var sample = new byte[SampleBytes];
        var length = 0;
        try
        {
            length = stream.ReadAtLeast(sample, sample.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException) when (length > 0)
        {
            // The good beginning is imported; the end is reported when it is reached.
        }

        return sample[..length];
    }

    public void Dispose()
    {
        Content.Dispose();
        _file.Dispose();
    }
}
