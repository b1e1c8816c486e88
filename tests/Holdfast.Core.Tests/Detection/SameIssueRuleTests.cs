using Holdfast.Core.Detection;
using Holdfast.Core.Reading;

namespace Holdfast.Core.Tests.Detection;

public sealed class SameIssueRuleTests
{
    private static readonly RuleSet Rules = Given.None with { SameIssue = SameIssueRule.Default };

    /// <summary>One trouble, told in different words; a few words are common to most.</summary>
    private static readonly string[] Outage =
    [
        "@lumo the app crashes when I log in since the update",
        "Login broken after your app update, it crashes every time @lumo",
        "lumo app update crashed my phone, cannot log in!!",
        "App keeps crashing since update… is anyone else locked out, Lumo?",
        "Cannot login. App crash. Thanks for the update #lumo",
    ];

    private static readonly string[] Awaria =
    [
        "@lumo aplikacja nie działa po aktualizacji, logowanie pada",
        "Po aktualizacji aplikacji logowanie wywala błąd, Lumo co jest",
        "lumo: aktualizacja zepsuła aplikację, nie mogę się zalogować – logowanie martwe",
        "Aplikacja Lumo: logowanie nie działa od aktualizacji",
    ];

    private static readonly string[] Different =
    [
        "my parcel arrived with a hole in the box", "why is the blue lamp twice the price in Spain", "your newsletter has my old address",
        "the manual lacks a page about batteries", "the shop in Lyon closed ten minutes early", "colour of the cushion faded in sun",
        "my invoice shows another company", "charger cable is too short for the sofa", "the advert with the dog is tasteless",
        "job interview was cancelled without a word", "gift card code rejected at checkout", "song in your video is stolen from a friend",
    ];

    [Fact]
    public void The_tenth_person_who_complains_of_the_same_within_an_hour_makes_it_level_3()
    {
        var mentions = Many(Outage, 10, 6);
        Assert.Empty(Given.Runs(Rules, [.. mentions.Take(9)]));
        var run = Assert.Single(Given.Runs(Rules, mentions));
        Assert.Equal((Level.Three, mentions[^1].At, 10d, 10), (run.Subject.Level, run.StartedAt, run.Peak.Value, run.Posts.Count));
    }

    [Fact]
    public void It_is_named_by_its_own_most_telling_words()
    {
        var words = Assert.Single(Given.Runs(Rules, Many(Outage, 10, 6))).Peak.Topic!.Words;
        Assert.Contains("app", words);
        Assert.Contains("update", words);
        Assert.DoesNotContain("lumo", words);
        Assert.DoesNotContain("the", words);
    }

    [Fact]
    public void Polish_inflections_are_the_same_word()
    {
        var run = Assert.Single(Given.Runs(Rules, Many(Awaria, 10, 5, "pl")));
        Assert.Contains(run.Peak.Topic!.Words, word => word.StartsWith("aktualizacj", StringComparison.Ordinal));
    }

    [Fact]
    public void Its_name_keeps_the_letters_that_people_wrote()
    {
        string[] posts = ["Łódź: żółty kubek pękł", "żółty kubek znowu pękł, Łódź", "w mieście Łódź pękł żółty kubek"];
        Assert.Equivalent(new[] { "łódź", "żółty", "kubek", "pękł" }, Assert.Single(Given.Runs(Rules, Many(posts, 10, 5, "pl"))).Peak.Topic!.Words);
    }

    [Fact]
    public void Two_troubles_at_once_are_two_signals()
    {
        string[] refund = ["refund still missing for cancelled order", "cancelled my order, where is the refund money", "order cancelled but no refund money back", "refund for order cancelled two weeks ago missing money"];
        var runs = Given.Runs(Rules, [.. Many(Outage, 12, 5), .. Many(refund, 12, 5)]);
        Assert.Equal(2, runs.Count);
    }

    [Theory]
    [InlineData("Plastic in strawberry yogurt, batch L2207", "W jogurcie truskawkowym kawałek plastiku, partia L2207")]
    [InlineData("Doors locked in front of us at the Kraków store", "Sklep w Krakowie zamknięty przed nosem")]
    public void English_and_Polish_that_name_the_same_are_one_issue(string english, string polish)
    {
        List<Mention> both = [.. Many([english], 6, 6), .. Many([polish], 6, 6, "pl", 1)];
        Assert.Equal(12, Assert.Single(Given.Runs(Rules, both)).Peak.Value);
        Assert.Empty(Given.Runs(Rules, [.. Many([english], 6, 6), .. Many(["Kawałek plastiku w serku truskawkowym, paragon mam"], 6, 6, "pl", 1)]));
    }

    [Fact]
    public void A_name_that_two_posts_share_is_one_word_in_common() =>
        Assert.Empty(Given.Runs(Rules, [.. Enumerable.Range(0, 12).Select(n => Given.Negative(n, null, $"{Different[n]} in Gdynia"))]));

    [Fact]
    public void Twelve_different_troubles_are_none() => Assert.Empty(Given.Runs(Rules, Many(Different, 12, 4)));

    [Fact]
    public void One_person_complaining_ten_times_is_one_person() =>
        Assert.Empty(Given.Runs(Rules, [.. Enumerable.Range(0, 10).Select(n => Given.Negative(n, "a", Outage[n % 5]))]));

    [Fact]
    public void Ten_people_in_more_than_an_hour_are_not_within_an_hour() =>
        Assert.Empty(Given.Runs(Rules, [.. Enumerable.Range(0, 10).Select(n => Given.Negative(n * 6.7, null, Outage[0]))]));

    public static TheoryData<string, Func<int, Mention>> NoComplaints() => new()
    {
        { "praise", n => Given.Mention(n, text: Outage[0], feeling: SentimentClass.Positive, intent: Intent.Praise) },
        { "questions", n => Given.Mention(n, text: Outage[0], intent: Intent.Question) },
        { "copies", n => Given.Mention(n, text: Outage[0], feeling: SentimentClass.Negative, spreads: true) },
        { "spam", n => Given.Mention(n, text: Outage[0], feeling: SentimentClass.Negative, intent: Intent.Spam) },
        { "about something else", n => Given.Mention(n, text: Outage[0], feeling: SentimentClass.Negative, about: false) },
        { "only scolding", n => Given.Negative(n, null, "@lumo worst company ever, absolutely terrible, fuck you") },
        { "one word in common", n => Given.Negative(n, null, $"app {Different[n]}") },
    };

    [Theory]
    [MemberData(nameof(NoComplaints))]
    public void What_is_no_complaint_about_one_thing_raises_nothing(string name, Func<int, Mention> post) =>
        Assert.True(Given.Runs(Rules, [.. Enumerable.Range(0, 12).Select(post)]).Count == 0, name);

    [Fact]
    public void A_neutral_complaint_counts() =>
        Assert.Single(Given.Runs(Rules, [.. Enumerable.Range(0, 10).Select(n => Given.Mention(n, text: Outage[n % 5], intent: Intent.Complaint))]));

    [Fact]
    public void An_issue_that_goes_on_is_one_signal() =>
        Assert.Equal(60, Assert.Single(Given.Runs(Rules, Many(Outage, 60, 5))).Posts.Count);

    [Fact]
    public void An_issue_that_comes_back_the_next_day_is_a_second_signal() =>
        Assert.Equal(2, Given.Runs(Rules, [.. Many(Outage, 12, 5), .. Many(Outage, 12, 5, from: 1440)]).Count);

    private static List<Mention> Many(string[] texts, int count, double every, string language = "en", double from = 0) =>
        [.. Enumerable.Range(0, count).Select(n => Given.Mention(
            from + (n * every), text: texts[n % texts.Length], feeling: SentimentClass.Negative, language: language))];
}
