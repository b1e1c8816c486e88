using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Holdfast.Core.Reading;

namespace Holdfast.Core.Tests.Reading;

public sealed partial class ModelTests
{
    private const int LargestModel = 1_500_000;

    [Theory]
    [InlineData("sentiment")]
    [InlineData("language")]
    public void A_model_is_the_one_its_card_describes(string name)
    {
        using var stream = Models.Open($"{name}.model");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var card = File.ReadAllText(Path.Combine(Root(), "docs", "models", $"{name}.md"));
        Assert.Equal(Checksum().Match(card).Groups[1].Value, Convert.ToHexStringLower(SHA256.HashData(memory.ToArray())));
        Assert.InRange(memory.Length, 1, LargestModel);
    }

    [Fact]
    public void A_model_that_is_written_reads_the_same()
    {
        var random = new Random(20261120);
        var rows = new sbyte[3 << 8];
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(rows.AsSpan()));
        using var file = new MemoryStream();
        LinearModel.Write(file, [new(3, 8, 0.25f, [1, -2, 3], rows), new(1, 2, 1, [0], [1, 2, 3, 4])]);
        file.Position = 0;
        var read = LinearModel.Read(file);
        Assert.Equal(2, read.Count);
        Assert.Equal(rows, read[0].Rows);
        Assert.Equal((3, 8, 0.25f), (read[0].Outputs, read[0].Bits, read[0].Scale));
        Assert.Equal<float>([1, -2, 3], read[0].Bias);
        Assert.Equal<sbyte>([1, 2, 3, 4], read[1].Rows);
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused()
    {
        using var file = new MemoryStream();
        using (var packed = new System.IO.Compression.BrotliStream(file, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            packed.Write("this is not a model at all"u8);
        }

        file.Position = 0;
        Assert.Throws<InvalidDataException>(() => LinearModel.Read(file));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Holdfast.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository.");
    }

    [GeneratedRegex("sha256 `([0-9a-f]{64})`")]
    private static partial Regex Checksum();
}
