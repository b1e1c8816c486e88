using System.IO.Compression;

namespace Holdfast.Bench.Quality;

/// <summary>Reads the development data: gzip-packed TSV with one header row and no quoting.</summary>
internal static class DataSet
{
    public static IEnumerable<string[]> Rows(string data, string path, bool header = true)
    {
        var full = Path.Combine(data, path);
        using var file = File.OpenRead(full);
        using var reader = new StreamReader(full.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        if (header)
        {
            reader.ReadLine();
        }

        while (reader.ReadLine() is { } line)
        {
            yield return line.Split('\t');
        }
    }
}
