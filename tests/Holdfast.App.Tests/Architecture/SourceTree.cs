using System.Runtime.CompilerServices;

namespace Holdfast.App.Tests.Architecture;

/// <summary>The sources this test was built from.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find();

    /// <summary>C# and Razor files under a folder, with their paths from the root; what was made by a build is left out.</summary>
    public static IReadOnlyList<SourceFile> Files(params IEnumerable<string> folders) =>
        [.. folders.Select(folder => Path.Combine(Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal))
            .Select(path => new SourceFile(Path.GetRelativePath(Root, path), path))
            .Where(file => !file.Path.Split('/').Intersect(["node_modules", "bin", "obj", "artifacts"]).Any())];

    public static void None(IEnumerable<string> offences, string why) =>
        Assert.True(!offences.Any(), $"{string.Join('\n', offences)}\n{why}");

    private static string Find([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}

internal sealed record SourceFile(string Path, string FullPath)
{
    public string Text { get; } = File.ReadAllText(FullPath);

    public string Name => System.IO.Path.GetFileName(Path);

    public bool IsPage => Path.EndsWith(".razor", StringComparison.Ordinal);

    public int Lines => Text.AsSpan().TrimEnd('\n').Count('\n') + 1;
}
