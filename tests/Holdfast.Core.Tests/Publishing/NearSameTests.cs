using Holdfast.Core.Publishing;

namespace Holdfast.Core.Tests.Publishing;

public sealed class NearSameTests
{
    [Theory]
    [InlineData("Our new yogurt is in the shops from Monday on.", "Our new yogurt is in the shops from Monday on!", true)]
    [InlineData("Our new yogurt is in the shops from Monday on. https://a.example/1", "OUR NEW YOGURT is in the shops from Monday on https://b.example/2", true)]
    [InlineData("Nowy jogurt od poniedziałku w sklepach w całej Polsce", "Nowy jogurt od poniedzialku w sklepach w calej Polsce", true)]
    [InlineData("Win one of ten baskets: tell us your best breakfast by Friday", "Win one of ten baskets: tell us your best breakfast by Sunday", true)]
    [InlineData("Our new yogurt is in the shops from Monday on.", "Our recall: please bring back yogurt bought from Monday on.", false)]
    [InlineData("Good morning!", "Good morning!", false)]
    [InlineData("", "", false)]
    [InlineData("We are sorry. The plant is closed today.", "The plant has roses today. Are we sorry?", false)]
    public void Two_posts_say_the_same_when_nearly_all_their_neighbouring_words_are_the_same(string one, string other, bool same)
    {
        Assert.Equal(same, NearSame.Of(one, other));
        Assert.Equal(same, NearSame.Of(other, one));
    }

    [Fact]
    public void An_approval_is_bound_to_every_part_of_what_the_network_sees()
    {
        var picture = new MediaItem(new Guid(1, 0, 0, new byte[8]), "image/png", "A jar");
        var content = new PostContent(new AccountId(new Guid(2, 0, 0, new byte[8])), "Words", "en", [picture], "{}", new PostReference("1"));
        PostContent[] others =
        [
            content with { Text = "Words " },
            content with { Account = new AccountId(new Guid(3, 0, 0, new byte[8])) },
            content with { Language = null },
            content with { Language = "" },
            content with { Media = [] },
            content with { Media = [picture with { Alt = "A jug" }] },
            content with { Media = [picture, picture] },
            content with { Options = "{\"visibility\":\"direct\"}" },
            content with { ReplyTo = null },
            content with { ReplyTo = new PostReference("1", "2") },
        ];
        Assert.Equal(others.Length + 1, others.Append(content).Select(each => Convert.ToHexString(each.Hash())).Distinct().Count());
        Assert.Equal(content.Hash(), (content with { Media = [picture] }).Hash());
    }
}
