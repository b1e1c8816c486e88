using Holdfast.Core.Detection;
using Holdfast.Core.Listening;

namespace Holdfast.Core.Tests.Detection;

public sealed class CoordinatedPostingTests
{
    private const string Slogan = "Lumo lamps burn houses down, boycott these cheap lamps now";

    public static TheoryData<string, Func<int, VoicedPost>, int, int> Cases() => new()
    {
        { "the same text from new accounts within a minute", n => Post(n, n * 10, followers: 3), 6, 6 },
        { "names that end in digits, followers unknown", n => Post(n, n * 10, handle: $"{(char)('a' + n)}anna{71_300 + (n * 7)}"), 6, 6 },
        { "names that differ in digits only", n => Post(n, n * 10, handle: $"lamp_truth{n}"), 6, 6 },
        { "a word changed here and there", n => Post(n, n * 10, followers: 0, text: Slogan + (n % 2 == 0 ? " please" : " everyone tonight")), 6, 6 },
        { "a petition that real people share", n => Post(n, n * 10, followers: 150 + n, handle: "real" + (char)('a' + n)), 6, 0 },
        { "four accounts", n => Post(n, n * 10, followers: 3), 4, 0 },
        { "one account six times", n => Post(n, n * 10, followers: 3, author: "one"), 6, 0 },
        { "over an hour", n => Post(n, n * 600, followers: 3), 6, 0 },
        { "everyone in own words", n => Post(n, n * 10, followers: 3, text: Own[n]), 6, 0 },
        { "too short to be a copy", n => Post(n, n * 10, followers: 3, text: "boycott lumo"), 6, 0 },
        { "on as many networks", n => Post(n, n * 10, followers: 3, network: $"network {n}"), 6, 0 },
    };

    private static readonly string[] Own =
    [
        "my lamp broke on the first evening", "the shade fell off and the bulb burst", "charger gets hot while reading at night",
        "switch does nothing since Monday", "cable too short for the shelf", "box arrived empty but sealed",
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_looks_like_one_hand_is_marked_and_nothing_else(string name, Func<int, VoicedPost> post, int posts, int marked)
    {
        var found = CoordinatedPosting.Find(Given.Brand, [.. Enumerable.Range(0, posts).Select(post)]);
        Assert.True(marked == found.Sum(group => group.Posts.Count), name);
        Assert.All(found, group => Assert.Equal(marked, group.Accounts));
    }

    [Fact]
    public void A_signal_says_how_many_of_its_people_may_be_one_hand()
    {
        List<Mention> mentions = [
            .. Enumerable.Range(0, 7).Select(n => Given.Negative(20 + (n * 0.1), $"x:{n}", Slogan) with { Followers = 2, Handle = $"h{n}" }),
            .. Enumerable.Range(0, 5).Select(n => Given.Negative(n * 5, null, "these Lumo lamps burn, cheap lamps") with { Followers = 200, Handle = "someone" + (char)('a' + n) })];
        var run = Assert.Single(Given.Runs(Given.None with { SameIssue = SameIssueRule.Default }, mentions));
        Assert.Equal(12, run.Peak.Value);
        Assert.Equal(new Figure("coordinated", 7, "accounts"), run.Peak.Figures[^1]);
    }

    [Fact]
    public void A_signal_of_people_who_only_agree_says_nothing_of_the_kind()
    {
        var mentions = Enumerable.Range(0, 12).Select(n => Given.Negative(n * 4, null, Slogan) with { Followers = 200, Handle = "someone" + (char)('a' + n) }).ToList();
        Assert.DoesNotContain(Assert.Single(Given.Runs(Given.None with { SameIssue = SameIssueRule.Default }, mentions)).Peak.Figures, figure => figure.Name == "coordinated");
    }

    private static VoicedPost Post(
        int number, double second, long? followers = null, string? handle = null, string? author = null, string text = Slogan, string network = "x") =>
        new(
            new(Given.Midnight.AddSeconds(second), new PostId(new Guid(number, 8, 0, new byte[8]))), network, author ?? $"x:{number}",
            handle ?? "person" + (char)('a' + number), followers, text, "en");
}
