using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Holdfast.Shell;

namespace Holdfast.App.Tests.Shell;

public sealed partial class WordsTests
{
    private static readonly string Sources = Path.Combine(Root(), "src");

    /// <summary>Folders with words of their own, wherever they lie.</summary>
    public static TheoryData<string> Features =>
        [.. Directory.EnumerateFiles(Path.Combine(Sources, "Holdfast"), "Words.resx", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Path.Combine(Sources, "Holdfast"), Path.GetDirectoryName(file)!))
            .Where(feature => !feature.Contains("node_modules", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(Features))]
    public void Every_sentence_is_there_in_both_languages_with_the_same_values(string feature)
    {
        var english = Read(feature, "Words.resx");
        var polish = Read(feature, "Words.pl.resx");
        // A Polish plural has a form more ("few"); English has none to match it.
        Assert.Equal(english.Keys.Order(), polish.Keys.Where(key => !key.EndsWith(".few", StringComparison.Ordinal) || english.ContainsKey(key)).Order());
        foreach (var (key, text) in english)
        {
            Assert.False(string.IsNullOrWhiteSpace(polish[key]), $"{feature}: '{key}' is empty in Polish");
            if (!key.EndsWith(".one", StringComparison.Ordinal))
            {
                Assert.True(Slots(text).SetEquals(Slots(polish[key])), $"{feature}: '{key}' has other values in Polish");
            }
        }

        foreach (var many in polish.Keys.Where(key => key.EndsWith(".many", StringComparison.Ordinal)))
        {
            Assert.True(polish.ContainsKey(many[..^5] + ".few") && polish.ContainsKey(many[..^5] + ".one"), $"{feature}: '{many}' lacks .one or .few in Polish");
        }
    }

    [Theory, MemberData(nameof(Features))]
    public void Every_sentence_is_used_and_every_one_used_is_there(string feature)
    {
        var folder = Path.Combine(Sources, "Holdfast", feature);
        var keys = Read(feature, "Words.resx").Keys.ToHashSet();
        // "." is the program's own: the files beside Program.cs.
        var files = feature == "." ? Files(folder).Where(file => Path.GetDirectoryName(file) == Path.GetFullPath(folder)) : Files(folder).Where(file => Nearest(file) == Path.GetFullPath(folder));
        var code = Comment().Replace(string.Join('\n', files.Select(File.ReadAllText)), "");
        // Literals count, and so do the fixed beginnings of interpolated ones; refusals are used by their code, wherever it is raised.
        var literals = Literal().Matches(code).Select(match => match.Groups[1].Value).ToHashSet();
        var beginnings = Interpolated().Matches(code).Select(match => match.Groups[1].Value).Where(text => text.Length > 0).ToHashSet();
        var everywhere = string.Join('\n', Files(Sources).Select(File.ReadAllText));

        var unused = keys.Where(key =>
            !literals.Contains(key) && !literals.Contains(Stem(key)) && !beginnings.Any(text => key.StartsWith(text, StringComparison.Ordinal))
            && !(key.StartsWith("refusal.", StringComparison.Ordinal) && everywhere.Contains($"\"{key["refusal.".Length..]}\"", StringComparison.Ordinal)));
        Assert.Empty(unused);

        var missing = Used().Matches(code).Select(match => match.Groups[1].Value)
            .Where(key => !keys.Contains(key) && !keys.Contains($"{key}.many"));
        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("en", 1, "one"), InlineData("en", 2, "many"), InlineData("en", 0, "many")]
    [InlineData("pl", 1, "one"), InlineData("pl", 2, "few"), InlineData("pl", 5, "many"), InlineData("pl", 12, "many"), InlineData("pl", 22, "few"), InlineData("pl", 112, "many")]
    public void Polish_counts_as_Poles_do(string language, int count, string form) =>
        Assert.Equal(form, Languages.PluralForm(Languages.Culture(language), count));

    [Fact]
    public void A_sentence_comes_in_the_language_asked_for()
    {
        Assert.Equal("Level 3", new Words<LevelBadge>("en")["level", 3]);
        Assert.Equal("Poziom 3", new Words<LevelBadge>("pl")["level", 3]);
    }

    private static Dictionary<string, string> Read(string feature, string file) =>
        XDocument.Load(Path.Combine(Sources, "Holdfast", feature, file)).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.GetFullPath(folder), "*.*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal))
            .Where(path => !path.Contains("node_modules", StringComparison.Ordinal));

    /// <summary>The folder whose words a file uses: the first one upwards that has any.</summary>
    private static string Nearest(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        while (!File.Exists(Path.Combine(folder, "Words.resx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    private static HashSet<string> Slots(string text) => [.. Slot().Matches(text).Select(match => match.Value[1..2])];

    private static string Stem(string key) => PluralEnd().Replace(key, "");

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\{\d[^}]*\}")]
    private static partial Regex Slot();

    [GeneratedRegex(@"\.(one|few|many)$")]
    private static partial Regex PluralEnd();

    [GeneratedRegex("\"([a-z0-9-]+(?:\\.[a-zA-Z0-9-]+)*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("\\$\"([a-z0-9.-]*)\\{")]
    private static partial Regex Interpolated();

    [GeneratedRegex("\\bT(?:\\[|\\.Count\\()\"([^\"]+)\"")]
    private static partial Regex Used();
}
