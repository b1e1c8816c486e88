using Holdfast.Core.Listening;

namespace Holdfast.Core.Tests.Listening;

public sealed class QueryBreadthTests
{
    [Theory]
    [InlineData("-spam", "query.only-excludes")]
    [InlineData("united OR -spam", "query.only-excludes")]
    [InlineData("-(a b)", "query.only-excludes")]
    [InlineData("the OR a OR to", "query.too-broad")]
    [InlineData("w OR na OR nie", "query.too-broad")]
    [InlineData("the -united", "query.too-broad")]
    public void What_matches_nearly_everything_is_refused(string query, string code)
    {
        Assert.Equal(code, Assert.Single(QueryBreadth.Judge(MonitorQuery.Parse(query).Value, []).Refusals).Code);
    }

    [Theory]
    [InlineData("united")]
    [InlineData("united -spam")]
    [InlineData("\"the united\"")]
    [InlineData("the united")]
    [InlineData("Łódź OR lodzi OR lodzia")]
    [InlineData("network:phone")]
    [InlineData("from:@ania")]
    [InlineData("refund* OR cancel* OR delay*")]
    public void What_tells_posts_apart_is_not(string query)
    {
        Assert.True(QueryBreadth.Judge(MonitorQuery.Parse(query).Value, []).Succeeded(out _));
    }

    [Fact]
    public void Posts_about_others_tell_what_the_words_do_not()
    {
        var unrelated = Enumerable.Range(0, 400).Select(i => Posts.Of(i % 2 == 0 ? "kotek" : "piesek")).ToArray();
        var refusal = Assert.Single(QueryBreadth.Judge(MonitorQuery.Parse("kotek").Value, unrelated).Refusals);
        Assert.Equal("query.too-broad", refusal.Code);
        Assert.Contains("50 %", refusal.Message, StringComparison.Ordinal);
        Assert.True(QueryBreadth.Judge(MonitorQuery.Parse("kotek").Value, unrelated[..100]).Succeeded(out _));
    }
}
