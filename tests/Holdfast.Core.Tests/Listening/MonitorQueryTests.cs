using Holdfast.Core.Listening;

namespace Holdfast.Core.Tests.Listening;

public sealed class MonitorQueryTests
{
    [Theory]
    [InlineData("united", "United is late")]
    [InlineData("united", "thanks, UNITED.")]
    [InlineData("united", "#UnitedFail")]
    [InlineData("united", "@united help")]
    [InlineData("Łódź", "jestem w lodz")]
    [InlineData("lodz", "Jestem w Łodzi? Nie, ŁÓDŹ!")]
    [InlineData("united airlines", "airlines like United")]
    [InlineData("united AND airlines", "airlines like United")]
    [InlineData("\"united airlines\"", "the United  Airlines")]
    [InlineData("\"united airlines\"", "#UnitedAirlines")]
    [InlineData("“united airlines”", "the United, Airlines")]
    [InlineData("„linie lotnicze”", "Linie lotnicze")]
    [InlineData("coca-cola", "Coca-Cola")]
    [InlineData("coca-cola", "cocacola")]
    [InlineData("coca-cola", "Coca Cola")]
    [InlineData("cocacola", "#CocaCola")]
    [InlineData("\"a coca-cola please\"", "A cocacola, please")]
    [InlineData("mcdonald", "McDonald's")]
    [InlineData("mcdonalds", "McDonald’s")]
    [InlineData("mcdonald's", "McDonalds")]
    [InlineData("@united", "hey @United!")]
    [InlineData("@united", "@united.bsky.social")]
    [InlineData("@united@mas.to", "@united@mas.to")]
    [InlineData("#fail", "such a #FAIL")]
    [InlineData("#boycott*", "#BoycottUnited")]
    [InlineData("refund*", "refunds, now")]
    [InlineData("refund*", "refund")]
    [InlineData("\"cancel* flight*\"", "my cancelled flights")]
    [InlineData("a OR b", "b")]
    [InlineData("a b OR c", "c")]
    [InlineData("a OR b c", "a")]
    [InlineData("(a OR b) c", "b c")]
    [InlineData("united -song", "united late")]
    [InlineData("united NOT (song OR football)", "united late")]
    [InlineData("united - \"x\"", "", "query.stray-minus")]
    [InlineData("united –song", "united")]
    [InlineData("NOT NOT a", "a")]
    [InlineData("salt and pepper", "pepper AND salt")]
    [InlineData("refund NEAR/2 united", "refund me now united")]
    [InlineData("refund NEAR/2 united", "united will not refund")]
    [InlineData("(refund OR \"money back\") NEAR/1 (united OR ual)", "UAL: money back")]
    [InlineData("no NEAR/0 no", "no, no")]
    [InlineData("👍", "ok 👍🏽")]
    [InlineData("united.com", "see United.com")]
    [InlineData("AT&T", "at&t")]
    [InlineData("12:30", "at 12:30")]
    [InlineData("東京", "今日の東京は")]
    [InlineData("has:link", "www.x.pl")]
    [InlineData("a has:link", "a http://x.pl")]
    public void Must_match(string query, string text, string? refusal = null)
    {
        var parsed = MonitorQuery.Parse(query);
        if (refusal is not null)
            Assert.Equal(refusal, parsed.Refusals[0].Code);
        else
            Assert.True(parsed.Value.Matches(Posts.Of(text)), parsed.Value.Canonical);
    }

    [Theory]
    [InlineData("united", "reunited")]
    [InlineData("united", "unitedly")]
    [InlineData("unit", "united")]
    [InlineData("united airlines", "united")]
    [InlineData("\"united airlines\"", "airlines united")]
    [InlineData("\"united airlines\"", "united the airlines")]
    [InlineData("coca-cola", "cola coca")]
    [InlineData("@united", "united")]
    [InlineData("@united", "mail me at x@united")]
    [InlineData("@united", "@unitedfan")]
    [InlineData("@united.bsky.social", "@united")]
    [InlineData("#fail", "fail")]
    [InlineData("#fail", "#failure")]
    [InlineData("refund*", "prerefund")]
    [InlineData("a b OR c", "a")]
    [InlineData("(a OR b) c", "a b")]
    [InlineData("united -song", "united song")]
    [InlineData("united -\"a song\"", "united: a song")]
    [InlineData("refund NEAR/2 united", "refund me right now united")]
    [InlineData("no NEAR/5 no", "no")]
    [InlineData("salt and pepper", "salt pepper")]
    [InlineData("👍", "👎")]
    [InlineData("has:link", "x.pl")]
    [InlineData("東京", "京東")]
    [InlineData("https", "https://x.pl")]
    [InlineData("abc", "https://x.pl/?q=abc")]
    public void Must_not_match(string query, string text)
    {
        Assert.False(MonitorQuery.Parse(query).Value.Matches(Posts.Of(text)));
    }

    [Theory]
    [InlineData("lang:pl", true)]
    [InlineData("LANG:PL", true)]
    [InlineData("lang:en", false)]
    [InlineData("lang:p", false)]
    [InlineData("network:bluesky", true)]
    [InlineData("network:x", false)]
    [InlineData("from:@Ania.bsky.social", true)]
    [InlineData("from:ania.bsky.social", true)]
    [InlineData("from:@ania", false)]
    [InlineData("a -from:@us", true)]
    [InlineData("a -from:@ania.bsky.social", false)]
    [InlineData("followers:>10000", false)]
    [InlineData("followers:>=10000", true)]
    [InlineData("followers:=10000", true)]
    [InlineData("followers:10000", true)]
    [InlineData("followers:<=9999", false)]
    [InlineData("followers:<10001", true)]
    public void A_filter_looks_at_the_post_around_the_text(string query, bool expected)
    {
        var post = Posts.Of("a", "bluesky", "Ania.bsky.social", 10_000, "pl-PL");
        var parsed = MonitorQuery.Parse(query);
        Assert.Equal(expected, parsed.Succeeded(out var monitor) && monitor.Matches(post));
    }

    [Fact]
    public void Unknown_followers_and_language_satisfy_no_filter()
    {
        var post = Posts.Of("a", followers: null);
        Assert.False(MonitorQuery.Parse("followers:>=0").Value.Matches(post));
        Assert.False(MonitorQuery.Parse("followers:<1").Value.Matches(post));
        Assert.False(MonitorQuery.Parse("lang:en").Value.Matches(post));
        Assert.True(MonitorQuery.Parse("a -lang:en").Value.Matches(post));
    }

    [Theory]
    [InlineData("a b", "a AND b")]
    [InlineData("a OR b c", "a OR b AND c")]
    [InlineData("(a OR b) -c", "(a OR b) AND NOT c")]
    [InlineData("-(a b)", "NOT (a AND b)")]
    [InlineData("Coca-Cola*", "coca-cola*")]
    [InlineData("\"Łódź\"", "lodz")]
    [InlineData("\"a @B #C\"", "\"a @b #c\"")]
    [InlineData("(a OR b) NEAR/05 \"c d\"", "(a OR b) NEAR/5 \"c d\"")]
    [InlineData("followers:10 from:X Lang:PL has:LINK", "followers:=10 AND from:@x AND lang:pl AND has:link")]
    public void A_query_has_one_canonical_form(string query, string canonical)
    {
        Assert.Equal(canonical, MonitorQuery.Parse(query).Value.Canonical);
    }

    [Theory]
    [InlineData("united refund*", "Re: United owes REFUNDS; unitedly", "United|REFUNDS")]
    [InlineData("(united OR ual) -song", "UAL and #UnitedFail", "UAL|United")]
    [InlineData("#unitedfail united", "see #UnitedFail", "#UnitedFail")]
    [InlineData("\"money back\" NEAR/3 me", "Money  back to me, not me and all of you and me", "Money  back|me|me")]
    [InlineData("łódź has:link", "Lodz", "Lodz")]
    [InlineData("x", "nothing", "")]
    public void Hits_are_the_pieces_of_text_that_were_asked_for(string query, string text, string hits)
    {
        var found = MonitorQuery.Parse(query).Value.Hits(text).Select(s => text.Substring(s.Start, s.Length));
        Assert.Equal(hits, string.Join('|', found));
    }
}
