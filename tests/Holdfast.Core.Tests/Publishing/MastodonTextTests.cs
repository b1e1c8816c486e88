using System.Diagnostics;
using Holdfast.Core.Publishing;

namespace Holdfast.Core.Tests.Publishing;

public sealed class MastodonTextTests
{
    private static readonly TextRule Rule = new(TextCount.Mastodon, 500, LinkLength: 23);

    [Theory]
    [InlineData("", 0)]
    [InlineData("Zażółć gęślą jaźń", 17)]
    [InlineData("e\u0301", 1)]
    [InlineData("👩‍👩‍👧‍👦", 1)]
    [InlineData("https://example.org", 23)]
    [InlineData("See https://example.org/a/very/long/way?to=nowhere&and=back#there.", 28)]
    [InlineData("https://example.org/(a)", 23)]
    [InlineData("(https://example.org/a)", 25)]
    [InlineData("http://a.pl and http://b.pl", 51)]
    [InlineData("https://łódź.example/ż", 23)]
    [InlineData("example.org", 11)]
    [InlineData("xhttps://example.org", 20)]
    [InlineData("https://localhost", 17)]
    [InlineData("ftp://example.org", 17)]
    [InlineData("@ania", 5)]
    [InlineData("@ania@mastodon.example", 5)]
    [InlineData("@ania@mastodon.example, hello", 12)]
    [InlineData("mail ania@mastodon.example", 26)]
    [InlineData("@ania@mastodon.example.", 6)]
    [InlineData("@a.b@mastodon.example @c@d.example", 7)]
    [InlineData("@@", 2)]
    public void Mastodon_counts_a_link_as_23_and_a_name_without_its_server(string text, int length) => Assert.Equal(length, TextSize.Of(text, Rule).Length);

    [Fact]
    public void A_server_says_what_a_link_counts_as() =>
        Assert.Equal(10, TextSize.Of("https://example.org/long/enough", Rule with { LinkLength = 10 }).Length);

    [Fact]
    public void The_warning_counts_too() =>
        Assert.Equal((512, 12), (TextSize.Of(new string('a', 500), Rule, "Flood alert!").Length, TextSize.Of(new string('a', 500), Rule, "Flood alert!").Over));

    /// <summary>Whoever pastes something awful into the composer waits no longer than for anything else of that length.</summary>
    [Theory]
    [InlineData("@a")]
    [InlineData("@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("https://a")]
    [InlineData("https://a.bc/((((")]
    [InlineData("https://a.bc/?a")]
    [InlineData("(")]
    [InlineData("a-")]
    [InlineData("@a@a.")]
    public void No_text_takes_long_to_count(string piece)
    {
        var text = "https://x.yz/@" + string.Concat(Enumerable.Repeat(piece, 20_000 / piece.Length));
        var clock = Stopwatch.StartNew();
        Assert.True(TextSize.Of(text, Rule).Length > 0);
        Assert.True(TextSize.Of("@a" + new string('a', 20_000), Rule).Length > 0);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed} for {text.Length} characters");
    }
}
