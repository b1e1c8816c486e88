using System.Buffers.Binary;
using System.Globalization;

namespace Holdfast.Listening;

/// <summary>What was unpacked so far, stopped where no honest file would be: a few kilobytes that claim to be terabytes.</summary>
internal sealed class ImportExpansion(FileStream packed, Stream unpacked) : Stream
{
    private const long Unsuspected = 64L * 1024 * 1024;
    private const long MaxRatio = 300;

    private static readonly byte[] Member = [0x1f, 0x8b, 0x08];

    private long _unpacked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _unpacked; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Checked(unpacked.Read(buffer, offset, count), count > 0);

    public override int Read(Span<byte> buffer) => Checked(unpacked.Read(buffer), buffer.Length > 0);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Checked(await unpacked.ReadAsync(buffer, cancellationToken), buffer.Length > 0);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Checked(int read, bool asked)
    {
        _unpacked += read;
        if (read == 0 && asked && IsTorn())
        {
            throw new InvalidDataException("it ends in the middle of what is packed.");
        }

        var ratio = _unpacked / Math.Max(1, packed.Position);
        return _unpacked > Unsuspected && ratio > MaxRatio
            ? throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"it unpacks to more than {ratio} times its size, which no export does."))
            : read;
    }

    // The unpacker takes the end of the file for the end of the content. A whole gzip ends with the length of its last member;
    // what stands there in a torn one is a number by chance.
    private bool IsTorn()
    {
        var end = new byte[4];
        RandomAccess.Read(packed.SafeFileHandle, end, packed.Length - end.Length);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(end);
        return length != (uint)_unpacked && (length > _unpacked || !HasSecondMember());
    }

    private bool HasSecondMember()
    {
        var buffer = new byte[64 * 1024];
        for (var at = 1L; at < packed.Length; at += buffer.Length - Member.Length)
        {
            var read = RandomAccess.Read(packed.SafeFileHandle, buffer, at);
            if (buffer.AsSpan(0, read).IndexOf(Member) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
