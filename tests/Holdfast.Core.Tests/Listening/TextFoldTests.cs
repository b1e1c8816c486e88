using Holdfast.Core.Listening;

namespace Holdfast.Core.Tests.Listening;

public sealed class TextFoldTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("   ...!? ", "")]
    [InlineData("Hello, World!", "hello@0 world@1")]
    [InlineData("Łódź ŁÓDŹ lodz", "lodz@0 lodz@1 lodz@2")]
    [InlineData("Zażółć gęślą jaźń", "zazolc@0 gesla@1 jazn@2")]
    [InlineData("Straße Øre İstanbul ﬁne", "strasse@0 ore@1 istanbul@2 fine@3")]
    [InlineData("ｕｎｉｔｅｄ 𝗨𝗻𝗶𝘁𝗲𝗱 ①٣", "united@0 united@1 13@2")]
    [InlineData("e\u0301te\u0301 so\u00ADft ze\u200Bro", "ete@0 soft@1 zero@2")]
    [InlineData("Coca-Cola don’t", "cocacola@0-1 coca@0 cola@1 dont@2-3 don@2 t@3")]
    [InlineData("- rock 'n' roll -", "rock@0 n@1 roll@2")]
    [InlineData("#UnitedFail now", "#unitedfail@0-1 unitedfail@0-1 united@0 fail@1 now@2")]
    [InlineData("#UALFail2015", "#ualfail2015@0-2 ualfail2015@0-2 ual@0 fail@1 2015@2")]
    [InlineData("#crisis", "#crisis@0 crisis@0")]
    [InlineData("#foo_bar", "#foobar@0-1 foobar@0-1 foo@0 bar@1")]
    [InlineData("a#b C# #", "a@0 b@1 c@2")]
    [InlineData("@united", "@united@0 united@0")]
    [InlineData("thanks @Southwest_Air!", "thanks@0 @southwest_air@1-2 southwest@1 air@2")]
    [InlineData("@ania.bsky.social.", "@ania.bsky.social@0-2 @ania@0 ania@0 bsky@1 social@2")]
    [InlineData("@ania@mas.to", "@ania@mas.to@0-2 @ania@0 ania@0 mas@1 to@2")]
    [InlineData("mail ania@mas.to", "mail@0 ania@1 mas@2 to@3")]
    [InlineData("@ @. @_", "@_@0")]
    [InlineData("I 👍🏽👍 it ❤️", "i@0 👍@1 👍@2 it@3 ❤@4")]
    [InlineData("👩‍🚒🇵🇱", "👩‍🚒@0 🇵🇱@1")]
    [InlineData("Coca-Cola™ is ©2026", "cocacola@0-1 coca@0 cola@1 is@2 2026@3")]
    [InlineData("see https://www.Example.com/united-fails?utm=abc#top now", "see@0 www@1 example@2 com@3 unitedfails@4-5 united@4 fails@5 now@6")]
    [InlineData("東京タワー", "東@0 京@1 タ@2 ワ@3 ー@4")]
    [InlineData("がｶﾞ ก็", "\u304B\u3099@0 \u30AB\u3099@1 \u0E01\u0E47@2")]
    [InlineData("\uD800 lone \uDC00", "lone@0")]
    public void A_text_is_cut_into_folded_words_with_places(string text, string expected)
    {
        Assert.Equal(expected, Describe(TextFold.Fold(text)));
    }

    [Fact]
    public void Every_word_points_back_to_the_text_it_came_from()
    {
        const string Text = "Och, Łódź! #UnitedFail @ania.bsky.social 👍🏽 nie-wiem";
        var folded = TextFold.Fold(Text);
        var pieces = folded.Tokens.ToArray().Select(t => Text[t.Start..t.End]);
        Assert.Equal(
            ["Och", "Łódź", "#UnitedFail", "UnitedFail", "United", "Fail", "@ania.bsky.social", "@ania", "ania", "bsky", "social", "👍🏽",
                "nie-wiem", "nie", "wiem"],
            pieces);
    }

    [Fact]
    public void Only_a_web_address_is_a_link()
    {
        Assert.True(TextFold.Fold("so: HTTPS://x.com").HasLink);
        Assert.True(TextFold.Fold("www.x.com").HasLink);
        Assert.False(TextFold.Fold("x.com").HasLink);
        Assert.False(TextFold.Fold("xhttp://x.com").HasLink);
    }

    private static string Describe(FoldedText folded)
    {
        var described = new List<string>();
        foreach (var token in folded.Tokens)
            described.Add($"{folded.TextOf(token)}@{token.First}{(token.Last > token.First ? $"-{token.Last}" : "")}");
        return string.Join(' ', described);
    }
}
