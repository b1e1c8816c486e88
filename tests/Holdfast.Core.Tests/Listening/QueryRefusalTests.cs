using System.Text;
using Holdfast.Core.Listening;

namespace Holdfast.Core.Tests.Listening;

public sealed class QueryRefusalTests
{
    [Theory]
    [InlineData("", "query.empty", 0)]
    [InlineData("  \n ", "query.empty", 0)]
    [InlineData("a \"b", "query.unclosed-quote", 2)]
    [InlineData("a (b c", "query.unclosed-parenthesis", 2)]
    [InlineData("a (", "query.unclosed-parenthesis", 2)]
    [InlineData("a) b", "query.unopened-parenthesis", 1)]
    [InlineData(")", "query.unopened-parenthesis", 0)]
    [InlineData("a ( ) b", "query.empty-parentheses", 2)]
    [InlineData("AND a", "query.missing-term", 0)]
    [InlineData("a AND", "query.missing-term", 2)]
    [InlineData("a OR OR b", "query.missing-term", 2)]
    [InlineData("a OR )", "query.missing-term", 2)]
    [InlineData("(a OR) b", "query.missing-term", 3)]
    [InlineData("a NOT", "query.missing-term", 2)]
    [InlineData("a - b", "query.stray-minus", 2)]
    [InlineData("a -", "query.stray-minus", 2)]
    [InlineData("a !!! b", "query.no-letters", 2)]
    [InlineData("a \"...\"", "query.no-letters", 3)]
    [InlineData("a :( b", "query.no-letters", 2)]
    [InlineData("re*fund", "query.misplaced-star", 2)]
    [InlineData("*", "query.misplaced-star", 0)]
    [InlineData("a refund**", "query.misplaced-star", 8)]
    [InlineData("a r*", "query.short-prefix", 3)]
    [InlineData("@a*", "query.short-prefix", 2)]
    [InlineData("@", "query.no-letters", 0)]
    [InlineData("x @united's", "query.handle", 2)]
    [InlineData("x #foo-bar", "query.tag", 2)]
    [InlineData("a NEAR b", "query.near-number", 2)]
    [InlineData("a NEAR/ b", "query.near-number", 2)]
    [InlineData("a NEAR/x b", "query.near-number", 2)]
    [InlineData("a NEAR/101 b", "query.near-number", 2)]
    [InlineData("a NEAR/99999999999999999999 b", "query.near-number", 2)]
    [InlineData("(a b) NEAR/5 c", "query.near-operand", 0)]
    [InlineData("a NEAR/5 (b -c)", "query.near-operand", 9)]
    [InlineData("a NEAR/5 -b", "query.near-operand", 9)]
    [InlineData("a NEAR/5 b NEAR/5 c", "query.near-operand", 11)]
    [InlineData("a NEAR/5 lang:pl", "query.near-operand", 9)]
    [InlineData("a NEAR/5", "query.missing-term", 2)]
    [InlineData("a language:pl", "query.unknown-filter", 2)]
    [InlineData("see https://x.pl", "query.unknown-filter", 4)]
    [InlineData("lang:polish-pl", "query.filter-value", 5)]
    [InlineData("lang:", "query.filter-value", 5)]
    [InlineData("a network:a/b", "query.filter-value", 10)]
    [InlineData("from:@", "query.filter-value", 5)]
    [InlineData("has:video", "query.filter-value", 4)]
    [InlineData("followers:many", "query.filter-value", 10)]
    [InlineData("followers:>-1", "query.filter-value", 10)]
    [InlineData("followers:>99999999999999999999", "query.filter-value", 10)]
    [InlineData("a \0", "query.not-text", 2)]
    public void A_wrong_query_is_refused_at_the_place(string query, string code, int position)
    {
        var refusal = Assert.Single(MonitorQuery.Parse(query).Refusals);
        Assert.Equal((code, position), (refusal.Code, refusal.Position));
        Assert.EndsWith(".", refusal.Message);
    }

    [Fact]
    public void Half_a_character_is_refused()
    {
        Assert.Equal(1, MonitorQuery.Parse("a\uD800").Refusals[0].Position);
        Assert.Equal(2, MonitorQuery.Parse("a \uDC00b").Refusals[0].Position);
    }

    [Fact]
    public void Sizes_are_limited_and_the_limit_is_said()
    {
        Assert.Equal("query.too-long", Code(new string('a', 100_000)));
        Assert.Equal("query.too-many-terms", Code(string.Join(' ', Enumerable.Range(0, MonitorQuery.MaxTerms + 1))));
        Assert.Equal("query.long-phrase", Code('"' + string.Join(' ', Enumerable.Range(0, MonitorQuery.MaxPhrase + 1)) + '"'));
        Assert.Equal("query.long-phrase", Code(string.Join('-', Enumerable.Range(0, MonitorQuery.MaxPhrase + 1))));
        Assert.Equal("query.too-deep", Code(new string('(', 10_000)));
        Assert.Equal("query.too-deep", Code(new string('-', 10_000) + "a"));
        Assert.Equal("query.too-deep", Code(Repeat("-(", 5_000)));
        Assert.True(MonitorQuery.Parse(string.Join(' ', Enumerable.Range(0, MonitorQuery.MaxTerms))).Succeeded(out _));
        Assert.True(MonitorQuery.Parse(Repeat("(", MonitorQuery.MaxDepth) + "a" + Repeat(")", MonitorQuery.MaxDepth)).Succeeded(out _));

        static string Code(string query) => MonitorQuery.Parse(query).Refusals[0].Code;
        static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();
    }

    [Theory]
    [InlineData("ヿ", "\"コ ト\"")]
    [InlineData("ຫໜ", "\"ຫ ຫ ນ\"")]
    [InlineData("กำ", "\"กํ า\"")]
    [InlineData("㊇not", "\"八 not\"")]
    public void A_character_that_stands_for_others_is_read_like_them(string query, string canonical)
    {
        Assert.Equal(canonical, MonitorQuery.Parse(query).Value.Canonical);
        Assert.Equal(canonical, MonitorQuery.Parse(canonical).Value.Canonical);
    }

    [Fact]
    public void Random_text_is_parsed_or_refused_inside_itself_and_the_canonical_form_is_stable()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        for (var i = 0; i < 50_000; i++)
        {
            var text = RandomQuery(random);
            var result = MonitorQuery.Parse(text);
            if (result.Succeeded(out var query))
            {
                var again = MonitorQuery.Parse(query.Canonical);
                Assert.True(again.Succeeded(out var same), $"seed {seed}: {text} → {query.Canonical}: {string.Join(", ", again.Refusals)}");
                Assert.True(query.Canonical == same.Canonical, $"seed {seed}: {text} → {query.Canonical} → {same.Canonical}");
            }
            else
            {
                Assert.InRange(result.Refusals[0].Position!.Value, 0, text.Length);
            }
        }
    }

    [Fact]
    public void The_longest_queries_cost_no_more_than_their_length()
    {
        string[] worst =
        [
            new('a', MonitorQuery.MaxLength), new('(', MonitorQuery.MaxLength), new('"', MonitorQuery.MaxLength),
            new('*', MonitorQuery.MaxLength), new('@', MonitorQuery.MaxLength), new('#', MonitorQuery.MaxLength),
            Fill("a-"), Fill("a OR "), Fill("a:"), Fill("\"a*\" "), Fill("@a."), Fill("ﷺ"), Fill("👩‍"), Fill("#aB"), Fill("https://"), Fill("a\u0301"),
        ];
        foreach (var text in worst)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            MonitorQuery.Parse(text);
            TextFold.Fold(text);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000 * MonitorQuery.MaxLength);
        }

        static string Fill(string text) => string.Concat(Enumerable.Repeat(text, MonitorQuery.MaxLength / text.Length));
    }

    private static readonly string[] Pieces =
    [
        "AND", "OR", "NOT", "NEAR/3", "NEAR", "(", ")", "(", ")", "-", "\"", "“", "„", "*", "@", "#", ":", "a", "b", "United", "łódź", "coca-cola",
        "@x.y", "#AbC", "lang:pl", "followers:>5", "from:@a", "has:link", "👍🏽", "👩‍🚒", "🇵🇱", "ŉ", "ﷺ", "½", "東京", "が", "'", "_", ".", "\u200D",
        "\u0301", "\uFE0F", "\uD83D", "\0", "\t", "한국", "ก็", "ʼ", "·", "１", "ß", "İ",
    ];

    private static string RandomQuery(Random random)
    {
        var text = new StringBuilder();
        for (var n = random.Next(1, 14); n > 0; n--)
        {
            text.Append(random.Next(50) == 0 ? ((char)random.Next(0x10000)).ToString() : Pieces[random.Next(Pieces.Length)]);
            text.Append(random.Next(3) == 0 ? "" : " ");
        }

        return text.ToString();
    }
}
