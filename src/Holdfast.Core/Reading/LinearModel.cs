using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Holdfast.Core.Reading;

/// <summary>
/// A linear model over hashed features: 2^bits rows of one signed byte an output, a scale and a bias an output. Written as
/// "HFM1", outputs, bits, scale and biases as little-endian floats, then the rows; the whole Brotli-packed.
/// </summary>
internal sealed class LinearModel(int outputs, int bits, float scale, float[] bias, sbyte[] rows)
{
    private const uint Magic = 0x314D4648;
    private const int MaxBits = 22;

    public int Outputs => outputs;

    public int Bits => bits;

    public float Scale => scale;

    public ReadOnlySpan<float> Bias => bias;

    public ReadOnlySpan<sbyte> Rows => rows;

    public int RowOf(uint feature) => (int)(feature >> (32 - bits)) * outputs;

    /// <summary>Scores are the bias plus the mean-like sum of the rows: divided by the root of how many there are.</summary>
    public void Score(ReadOnlySpan<uint> features, Span<float> scores)
    {
        Span<int> sums = stackalloc int[outputs];
        foreach (var feature in features)
        {
            var row = rows.AsSpan(RowOf(feature), sums.Length);
            for (var o = 0; o < sums.Length; o++)
            {
                sums[o] += row[o];
            }
        }

        var factor = scale / MathF.Sqrt(Math.Max(1, features.Length));
        for (var o = 0; o < sums.Length; o++)
        {
            scores[o] = bias[o] + (sums[o] * factor);
        }
    }

    public static IReadOnlyList<LinearModel> Read(Stream packed)
    {
        using var unpacked = new BrotliStream(packed, CompressionMode.Decompress);
        using var memory = new MemoryStream();
        unpacked.CopyTo(memory);
        var bytes = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        var models = new List<LinearModel>();
        while (bytes.Length > 0)
        {
            models.Add(ReadOne(ref bytes));
        }

        return models;
    }

    public static void Write(Stream stream, IReadOnlyList<LinearModel> models)
    {
        using var packed = new BrotliStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        Span<byte> word = stackalloc byte[4];
        foreach (var model in models)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(word, Magic);
            packed.Write(word);
            packed.WriteByte((byte)model.Outputs);
            packed.WriteByte((byte)model.Bits);
            foreach (var value in (ReadOnlySpan<float>)[model.Scale, .. model.Bias])
            {
                BinaryPrimitives.WriteSingleLittleEndian(word, value);
                packed.Write(word);
            }

            packed.Write(MemoryMarshal.AsBytes(model.Rows));
        }
    }

    private static LinearModel ReadOne(ref Span<byte> bytes)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic || bytes[4] == 0 || bytes[5] > MaxBits)
        {
            throw new InvalidDataException("This is not a model file of this version; train it again.");
        }

        var (outputs, bits) = (bytes[4], bytes[5]);
        var scale = BinaryPrimitives.ReadSingleLittleEndian(bytes[6..]);
        var bias = new float[outputs];
        for (var o = 0; o < outputs; o++)
        {
            bias[o] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(10 + (o * 4))..]);
        }

        var start = 10 + (outputs * 4);
        var length = outputs << bits;
        var rows = MemoryMarshal.Cast<byte, sbyte>(bytes.Slice(start, length)).ToArray();
        bytes = bytes[(start + length)..];
        return new(outputs, bits, scale, bias, rows);
    }
}
