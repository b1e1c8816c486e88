using Holdfast.Core.Plans;
using Holdfast.Core.Responses;

namespace Holdfast.Core.Tests.Responses;

public sealed class DraftReviewTests
{
    [Theory]
    [InlineData("en", "We are SORRY IF you felt hurt.", DraftFinding.ApologyWithIf, "SORRY IF")]
    [InlineData("pl", "Bardzo PRZEPRASZAMY, JEŚLI ktoś się zdenerwował.", DraftFinding.ApologyWithIf, "PRZEPRASZAMY, JEŚLI")]
    [InlineData("en", "It was — 👩‍🚒 — probably the cable.", DraftFinding.Speculation, "probably")]
    [InlineData("pl", "Była to, być\u00a0może, zła aktualizacja.", DraftFinding.Speculation, "być\u00a0może")]
    [InlineData("en", "You can’t blame us, it’s out of our hands.", DraftFinding.BlamePassed, "out of our hands")]
    public void A_remark_points_at_the_very_words(string language, string text, DraftFinding finding, string words)
    {
        var remark = Assert.Single(DraftReview.Of(text, language).Remarks, each => each.Finding == finding);
        Assert.Equal(words, text.Substring(remark.Start, remark.Length));
    }

    [Theory]
    [InlineData("de")]
    [InlineData("und")]
    [InlineData(null)]
    public void Of_a_language_it_does_not_know_it_says_nothing_but_the_length(string? language)
    {
        var review = DraftReview.Of("Wir nehmen das sehr ernst.", language, tooLongBy: 3);
        Assert.Null(review.Language);
        Assert.Null(review.Grade);
        Assert.Equal(DraftFinding.TooLong, Assert.Single(review.Remarks).Finding);
    }

    [Fact]
    public void Nobody_is_asked_to_take_responsibility_for_a_storm_or_before_the_cause_is_known()
    {
        Assert.DoesNotContain(DraftFinding.Responsibility, DraftReview.Asked(TemplateKind.Apology, CrisisCause.OutsideDisaster));
        Assert.DoesNotContain(DraftFinding.Responsibility, DraftReview.Asked(TemplateKind.Holding, CrisisCause.OwnError));
        Assert.Contains(DraftFinding.Responsibility, DraftReview.Asked(TemplateKind.Apology, CrisisCause.OwnError));
    }

    [Fact]
    public void A_time_in_what_happened_is_not_a_promise_of_news()
    {
        Assert.Contains(DraftReview.Of("The trains stand still since 7:30.", "en").Remarks, remark => remark.Finding == DraftFinding.NextNews);
        Assert.DoesNotContain(DraftReview.Of("The trains stand still. We will write again at 7:30.", "en").Remarks, remark => remark.Finding == DraftFinding.NextNews);
    }

    [Fact]
    public void An_empty_draft_has_no_faults()
    {
        Assert.Empty(DraftReview.Of("  \n ", "en").Remarks);
        Assert.Empty(DraftReview.Of("", "pl").Remarks);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("pl")]
    public void Hostile_text_is_read_to_its_end_and_every_remark_lies_in_it(string language)
    {
        var random = new Random(20261120);
        string[] pieces = ["sorry if ", "sorry ", "przepraszamy", ", ", "jeśli ", "we ", "were ", "\0", "\ud800", "🙈", "'", "’", "....", "\n", "moze to ", "a", "ą ", "İ", "ẞ ", "the customers did not "];
        for (var round = 0; round < 200; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(400)).Select(_ => pieces[random.Next(pieces.Length)]));
            Assert.All(DraftReview.Of(text, language).Remarks, remark => Assert.InRange(remark.Start + remark.Length, remark.Start, text.Length));
        }

        Assert.NotNull(DraftReview.Of(string.Concat(Enumerable.Repeat("sorry we customers who _ they ", 3_000)), language));
    }

    [Theory]
    [InlineData("The cat sat on the mat and it was glad to be warm and dry.", 0, 4)]
    [InlineData("Notwithstanding preliminary characterisations, administrative considerations necessitate comprehensive organisational evaluation procedures, methodologically differentiated.", 20, 60)]
    public void Plain_words_ask_for_few_years_of_school(string text, double least, double most) =>
        Assert.InRange(Readability.Grade(new DraftText(text), "en") ?? -1, least - 1, most);

    [Theory]
    [InlineData("przepraszamy", 4)]
    [InlineData("dzien", 1)]
    [InlineData("siedzial", 2)]
    [InlineData("aktualizacja", 6)]
    [InlineData("auto", 2)]
    public void Polish_syllables_are_counted_by_vowels(string word, int syllables) => Assert.Equal(syllables, Readability.PolishSyllables(word));

    [Theory]
    [InlineData("make", 1)]
    [InlineData("wanted", 2)]
    [InlineData("closed", 1)]
    [InlineData("table", 2)]
    [InlineData("responsibility", 6)]
    public void English_syllables_are_counted_by_groups_of_vowels(string word, int syllables) => Assert.Equal(syllables, Readability.EnglishSyllables(word));

    [Fact]
    public void Advice_follows_the_cause_and_grows_graver_when_it_happened_before()
    {
        Assert.Equal(CrisisCluster.Victim, ResponseAdvice.ClusterOf(CrisisCause.HackedAccount));
        Assert.Equal(CrisisCluster.Accident, ResponseAdvice.ClusterOf(CrisisCause.HackedAccount, happenedBefore: true));
        Assert.Contains(ResponseStrategy.Apologise, ResponseAdvice.Strategies(CrisisCause.StaffConduct));
        Assert.Contains(ResponseStrategy.Apologise, ResponseAdvice.Strategies(CrisisCause.Outage, happenedBefore: true));
        Assert.Contains(ResponseStrategy.Deny, ResponseAdvice.Strategies(CrisisCause.FalseClaim, happenedBefore: true));
        Assert.All(Enum.GetValues<CrisisCause>(), cause => Assert.Equal(ResponseStrategy.Instruct, ResponseAdvice.Strategies(cause)[0]));
    }
}
