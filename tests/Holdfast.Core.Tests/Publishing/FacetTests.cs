using System.Text;
using Holdfast.Core.Publishing;

namespace Holdfast.Core.Tests.Publishing;

public sealed class FacetTests
{
    [Theory]
    [InlineData("See https://example.com/a?b=1.", "Link https://example.com/a?b=1")]
    [InlineData("(https://example.com/a)", "Link https://example.com/a")]
    [InlineData("https://example.com/a_(b), and more", "Link https://example.com/a_(b)")]
    [InlineData("„https://example.com/ą”", "Link https://example.com/ą")]
    [InlineData("Hello @ann.example.com!", "Mention ann.example.com")]
    [InlineData("Hello @ann and ann@example.com", "")]
    [InlineData("#Łódź, #recall! #2026 # #a#b", "Tag Łódź|Tag recall|Tag a")]
    [InlineData("(#recall) [@ann.test]", "Tag recall|Mention ann.test")]
    [InlineData("https:// http://", "")]
    [InlineData("((( @..a. @.a", "")]
    [InlineData("", "")]
    public void Links_mentions_and_tags_are_found(string text, string found) =>
        Assert.Equal(found, string.Join('|', Facet.Find(text).Select(f => $"{f.Kind} {f.Value}")));

    [Fact]
    public void Offsets_are_bytes_of_utf8_whatever_stands_before()
    {
        const string Text = "👩‍👩‍👧‍👦 zażółć (@ann.test) \r\n\u200B#żółw https://example.com/ż.";
        var bytes = Encoding.UTF8.GetBytes(Text);
        var cut = Facet.Find(Text).Select(f => Encoding.UTF8.GetString(bytes.AsSpan(f.Start, f.End - f.Start)));
        Assert.Equal(["@ann.test", "#żółw", "https://example.com/ż"], cut);
    }

    [Fact]
    public void Anything_is_read_without_a_fault_and_the_offsets_never_overlap()
    {
        string[] parts = ["@", "#", "https://", "a.b", "(", ")", " ", "é", "👍🏽", "\uD800", ".", "\u200B", "7", "x", "\n", "„", "”"];
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => parts[random.Next(parts.Length)]));
            var end = 0;
            foreach (var facet in Facet.Find(text))
            {
                Assert.True(facet.Start >= end && facet.End > facet.Start && facet.End <= Encoding.UTF8.GetByteCount(text), $"seed {seed}: {text}");
                end = facet.End;
            }
        }
    }
}
