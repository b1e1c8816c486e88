using System.Text;
using Holdfast.Core.Reading;

namespace Holdfast.Core.Tests.Reading;

public sealed class ReaderTests
{
    private static readonly string[] Pieces =
    [
        "a", "ż", "I", " ", "\n", "#", "@", "@Acme", "#acme", "http", "https://", "www.", "'", "n't", "not ", "nie ", "killed", "recall", "died ", ".", "!!!", "?", ":", ":)", ":-(", "<3",
        "😂", "💀", "👨‍👩‍👧‍👦", "\ud83d", "\ude00", "\u0301", "\u200d", "\ufe0f", "\uffff", "ﬀ", "İ", "ı", "漢", "ع", "हिन्दी", "Ａ", "_", "-", "0", "9.9", "𝒜", "\u0000",
    ];

    [Theory]
    [InlineData("This is the best service I have ever had, thank you so much!", "en", SentimentClass.Positive)]
    [InlineData("Worst airline ever. Two hours late and nobody tells us anything.", "en", SentimentClass.Negative)]
    [InlineData("The meeting is on Tuesday at the town hall.", "en", SentimentClass.Neutral)]
    [InlineData("Najgorsza obsługa, nigdy więcej tam nie pójdę, okropne miejsce", "pl", SentimentClass.Negative)]
    [InlineData("Uwielbiam ten sklep, cudowna i bardzo miła obsługa!", "pl", SentimentClass.Positive)]
    [InlineData("Das ist heute leider nicht so gut gelaufen 😡", "de", SentimentClass.Negative)]
    public void Plain_posts_are_read_as_anyone_would(string text, string language, SentimentClass sentiment)
    {
        var reading = Readings.Read(text);
        Assert.Equal((language, sentiment), (reading.Language, reading.Class));
        Assert.Equal(language is "en" or "pl", reading.Supported);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("😂😂😂")]
    [InlineData("https://example.org/a/b?c=d @someone #Acme 12:30")]
    [InlineData("ok")]
    public void Where_there_is_no_language_none_is_said(string text) =>
        Assert.Equal("und", Readings.Read(text).Language);

    [Theory]
    [InlineData("United")]
    [InlineData("Happy")]
    [InlineData("Love Bank")]
    [InlineData("Killer")]
    public void The_brands_own_name_is_not_read_as_a_word(string name)
    {
        var brand = Readings.Brand(name, name.Replace(" ", "", StringComparison.Ordinal) + "Help");
        var other = Readings.Brand("Xyzzy", "XyzzyHelp");
        foreach (var text in new[] { "I flew with {0} today.", "{0} is late again", "#{1} what is this", "@{1}Help please answer", "the {0}'s crew" })
        {
            var ours = Readings.Read(Fill(text, name), brand);
            var masked = Readings.Read(Fill(text, "Xyzzy"), other);
            Assert.Equal(masked, ours);
        }

        static string Fill(string text, string name) =>
            text.Replace("{0}", name, StringComparison.Ordinal).Replace("{1}", name.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_polish_ending_does_not_unmask_the_name()
    {
        var brand = Readings.Brand("Biedronka", "biedronka");
        using var text = PostText.Of("Byłem wczoraj w Biedronce, Biedronką jadę, a biedronka siedzi na liściu. Biedronkowaty.", brand);
        Assert.Equal(3, text.Tokens.ToArray().Count(t => t.Kind == TokenKind.Brand));
    }

    [Fact]
    public void No_text_makes_it_throw_and_the_same_text_reads_the_same()
    {
        const int seed = 20261120;
        var random = new Random(seed);
        for (var round = 0; round < 4_000; round++)
        {
            var text = new StringBuilder();
            var length = round % 200 == 0 ? 20_000 : random.Next(1, 200);
            while (text.Length < length)
            {
                text.Append(random.Next(3) == 0 ? ((char)random.Next(0, 0x10000)).ToString() : Pieces[random.Next(Pieces.Length)]);
            }

            var post = text.ToString()[..length];
            var first = Readings.Read(post);
            var second = Readings.Read(post);
            Assert.True(first.Sentiment is >= -1 and <= 1, $"seed {seed}, round {round}");
            Assert.True(Same(first, second), $"seed {seed}, round {round}");
            foreach (var word in first.Risk?.Words ?? [])
            {
                Assert.Contains(word.Text, post, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Many_threads_read_what_one_reads()
    {
        string[] texts = ["Great flight, thanks!", "Two people were injured by your product", "Nikt nie ucierpiał", "😡😡 worst", "is this true?", new string('a', 20_000)];
        var alone = texts.Select(t => Readings.Read(t)).ToArray();
        var many = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 300).SelectMany(_ => texts.Select(t => Readings.Read(t))).ToArray())));
        foreach (var readings in many)
        {
            for (var i = 0; i < readings.Length; i++)
            {
                Assert.True(Same(alone[i % texts.Length], readings[i]));
            }
        }
    }

    private static bool Same(PostReading a, PostReading b) =>
        a with { Risk = null } == b with { Risk = null }
        && a.Risk?.Level == b.Risk?.Level
        && (a.Risk?.Words ?? []).SequenceEqual(b.Risk?.Words ?? []);
}
