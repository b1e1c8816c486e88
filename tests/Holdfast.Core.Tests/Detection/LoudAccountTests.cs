using Holdfast.Core.Detection;
using Holdfast.Core.Reading;

namespace Holdfast.Core.Tests.Detection;

/// <summary>Level 3 counts people: not posts, not copies, not one loud account; and accounts that look like one hand are named as such.</summary>
public sealed class LoudAccountTests
{
    private const string Trouble = "the app crashes after the update";
    private static readonly RuleSet Rules = Given.None with { SameIssue = SameIssueRule.Default };

    [Fact]
    public void One_account_with_fifty_posts_beside_eight_people_is_nine_people() =>
        Assert.Empty(Given.Runs(Rules, [.. Loud(50), .. People(8)]));

    [Fact]
    public void With_a_ninth_person_it_is_ten_and_its_posts_are_told_apart_from_its_people()
    {
        var figures = Assert.Single(Given.Runs(Rules, [.. Loud(50), .. People(9)])).Peak.Figures;
        Assert.Equal((10d, 50d), (Of(figures, "people"), Of(figures, "posts")));
    }

    [Fact]
    public void Five_loud_accounts_are_five_people_however_much_they_say() =>
        Assert.Empty(Given.Runs(Rules, [.. Enumerable.Range(0, 200).Select(n => Given.Negative(n / 4.0, $"loud {n % 5}", Trouble))]));

    [Fact]
    public void Ten_accounts_that_only_copy_one_post_are_one_person() =>
        Assert.Empty(Given.Runs(Rules, [Given.Negative(0, "first", Trouble), .. Enumerable.Range(1, 10).Select(n => Given.Mention(
            n, $"copy {n}", Trouble, SentimentClass.Negative, spreads: true))]));

    [Fact]
    public void Accounts_that_look_alike_are_not_counted_as_people_without_saying_so()
    {
        var alike = Enumerable.Range(0, 10).Select(n => Given.Negative(n / 10.0, $"made {n}", Trouble + " boycott these lamps now") with { Handle = $"lamp_truth{n}", Followers = 2 });
        var figures = Assert.Single(Given.Runs(Rules, [.. alike])).Peak.Figures;
        Assert.Equal((10d, 10d), (Of(figures, "people"), Of(figures, "coordinated")));
    }

    private static double Of(IReadOnlyList<Figure> figures, string name) => figures.Single(figure => figure.Name == name).Value;

    private static IEnumerable<Mention> Loud(int posts) => Enumerable.Range(0, posts).Select(n => Given.Negative(n, "loud", Trouble));

    private static IEnumerable<Mention> People(int people) => Enumerable.Range(0, people).Select(n => Given.Negative(5 * n, null, Trouble));
}
