using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Holdfast.Database;

/// <summary>One numbered script of the schema: <c>0003_listening.sql</c> is number 3.</summary>
internal sealed record SchemaScript(int Number, string Name, string Sql)
{
    /// <summary>SHA-256 of the text with line ends made equal, in hexadecimal.</summary>
    public string Checksum { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    public static IReadOnlyList<SchemaScript> Embedded { get; } = ReadEmbedded();

    private static List<SchemaScript> ReadEmbedded()
    {
        const string folder = "Scripts/";
        var assembly = Assembly.GetExecutingAssembly();
        var scripts = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => Read(assembly, name, name[folder.Length..]))
            .OrderBy(script => script.Number)
            .ToList();
        for (var i = 0; i < scripts.Count; i++)
        {
            if (scripts[i].Number != i + 1)
            {
                throw new InvalidOperationException(
                    $"The schema scripts must be numbered 1, 2, 3 … without gap or double: {scripts[i].Name} stands where {i + 1} was expected.");
            }
        }

        return scripts;
    }

    private static SchemaScript Read(Assembly assembly, string resource, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return new SchemaScript(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
