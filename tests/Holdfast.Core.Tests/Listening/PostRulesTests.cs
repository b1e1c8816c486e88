using Holdfast.Core.Listening;

namespace Holdfast.Core.Tests.Listening;

public sealed class PostRulesTests
{
    private static readonly Post Good = Posts.Of("Late again, @united");

    [Fact]
    public void A_plain_post_is_let_in()
    {
        Assert.Same(Good, PostRules.Check(Good).Value);
        Assert.True(PostRules.Check(Good with { Text = "", RepostOf = "7" }).Succeeded(out _));
        Assert.True(PostRules.Check(Good with { Text = "👍🏽 'Łódź' <script>", Url = "https://x.pl/ł?a=b" }).Succeeded(out _));
    }

    [Fact]
    public void Each_thing_wrong_is_named()
    {
        Assert.Equal("post.network", Code(Good with { Network = "X" }));
        Assert.Equal("post.network", Code(Good with { Network = "" }));
        Assert.Equal("post.id", Code(Good with { NetworkId = " " }));
        Assert.Equal("post.author.id", Code(Good with { Author = Good.Author with { Id = new string('a', 501) } }));
        Assert.Equal("post.author.handle", Code(Good with { Author = Good.Author with { Handle = "a\0" } }));
        Assert.Equal("post.author.followers", Code(Good with { Author = Good.Author with { Followers = -1 } }));
        Assert.Equal("post.text", Code(Good with { Text = "" }));
        Assert.Equal("post.text", Code(Good with { Text = new string('a', Post.MaxTextLength + 1) }));
        Assert.Equal("post.text", Code(Good with { Text = "half \uD83D" }));
        Assert.Equal("post.text", Code(Good with { Text = "nul \0" }));
        Assert.Equal("post.url", Code(Good with { Url = "javascript:alert(1)" }));
        Assert.Equal("post.url", Code(Good with { Url = "/relative" }));
        Assert.Equal("post.at", Code(Good with { At = DateTimeOffset.UnixEpoch }));
        Assert.Equal("post.at", Code(Good with { At = Good.At.ToOffset(TimeSpan.FromHours(1)) }));

        static string Code(Post post) => Assert.Single(PostRules.Check(post).Refusals).Code;
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var refusals = PostRules.Check(Good with { Network = "", NetworkId = "", Text = "\0", Url = "x" }).Refusals;
        Assert.Equal(["network", "id", "text", "url"], refusals.Select(r => r.Property));
    }
}
