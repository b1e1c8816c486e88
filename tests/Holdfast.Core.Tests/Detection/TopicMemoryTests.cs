using Holdfast.Core.Detection;

namespace Holdfast.Core.Tests.Detection;

public sealed class TopicMemoryTests
{
    private static readonly string[] Outage =
    [
        "@lumo the app crashes when I log in since the update",
        "Login broken after your app update, it crashes every time @lumo",
        "lumo app update crashed my phone, cannot log in!!",
        "App keeps crashing since update… is anyone else locked out, Lumo?",
        "Cannot login. App crash. Thanks for the update #lumo",
    ];

    private static readonly string[] Refund =
    [
        "refund still missing for cancelled order", "cancelled my order, where is the refund money",
        "order cancelled but no refund money back", "refund for order cancelled two weeks ago missing money",
    ];

    private static readonly string[] Parcel =
    [
        "my parcel arrived with a hole in the box", "parcel box was open and wet", "the box of my parcel has a hole", "wet parcel, broken box",
    ];

    [Fact]
    public void Complaints_about_three_things_are_three_topics()
    {
        var memory = Memory();
        var mixed = Enumerable.Range(0, 12).SelectMany(n => new[] { Outage[n % 5], Refund[n % 4], Parcel[n % 4] }).ToList();
        var topics = mixed.Select(text => memory.Place(text, "en", Given.At(0))!).ToList();
        Assert.Equal(3, memory.Count);
        Assert.Equal(3, topics.Skip(30).Select(placed => placed.Topic).Distinct().Count());
    }

    [Fact]
    public void A_topic_is_named_by_its_own_words_as_people_write_them()
    {
        var memory = Memory();
        foreach (var text in Outage.Concat(Refund).Concat(Outage))
        {
            memory.Place(text, "en", Given.At(0));
        }

        var topic = memory.Find(memory.Place(Outage[0], "en", Given.At(0))!.Topic)!;
        Assert.Subset(new HashSet<string> { "app", "update", "crashes", "crash", "log", "login", "crashing", "crashed" }, topic.Words.Take(3).Select(word => word.Written).ToHashSet());
    }

    [Theory]
    [InlineData("Error 5071 when I pay by card", "Przy płatności wyskakuje błąd 5071")]
    [InlineData("No hot water in the Kraków hotel", "W hotelu w Krakowie nie ma ciepłej wody")]
    [InlineData("so angry about #LumoDown", "znowu nie działa #LumoDown")]
    public void A_number_a_name_or_a_tag_links_English_and_Polish(string english, string polish)
    {
        var memory = Memory();
        memory.Place("the lamp is too bright and cannot be dimmed", "en", Given.At(0));
        memory.Place("kabel do ładowania jest za krótki", "pl", Given.At(0));
        var first = memory.Place(english, "en", Given.At(1))!;
        Assert.Equal(first.Topic, memory.Place(polish, "pl", Given.At(2))!.Topic);
    }

    [Fact]
    public void A_post_of_small_words_alone_has_no_topic() => Assert.Null(Memory().Place("@lumo worst company ever, absolutely terrible!!", "en", Given.At(0)));

    [Theory]
    [InlineData(0, 2)]
    [InlineData(3_000, 1)]
    public void Where_everyone_speaks_of_a_few_things_two_posts_must_share_more_of_them(int otherWords, int topics)
    {
        string[] few = ["invoice", "printer", "cable", "remote", "garden", "window", "basket", "pencil"];
        BackgroundTerm[] words =
        [
            .. few.Select(word => new BackgroundTerm(Stem.Of(word, "en"), 150)),
            .. Enumerable.Range(0, otherWords).Select(n => new BackgroundTerm($"other{n}", 2)),
        ];
        var memory = new TopicMemory(Given.Brand, Fresh(0), background: new(1_000, words));
        memory.Place("invoice printer cable remote garden", "en", Given.At(0));
        memory.Place("invoice printer window basket pencil", "en", Given.At(1));
        Assert.Equal(topics, memory.Count);
    }

    [Fact]
    public void One_text_said_over_and_over_stays_one_topic_and_so_do_those_who_say_it_shorter()
    {
        var memory = Memory();
        string[] texts = ["the app crashes after the login update", "app crashes after login"];
        for (var n = 0; n < 500; n++)
        {
            memory.Place(texts[n % 5 / 4], "en", Given.At(n));
        }

        Assert.Equal(1, memory.Count);
    }

    [Fact]
    public void Another_node_goes_on_with_what_was_stored_as_if_it_had_seen_it_all()
    {
        var (seed, mixed) = Mixed(300);
        TopicMemory one = Memory(), other = Memory();
        var known = new List<TopicId>();
        foreach (var (index, text) in mixed.Index())
        {
            if (index % 50 == 0)
            {
                other = new(Given.Brand, Fresh(index), [.. known.Distinct().Select(other.Find).OfType<TopicRecord>()], other.Background);
            }

            var (kept, restored) = (one.Place(text, "en", Given.At(index))!, other.Place(text, "en", Given.At(index))!);
            known.Add(restored.Topic);
            Assert.True(one.Find(kept.Topic)!.Posts == other.Find(restored.Topic)!.Posts, $"seed {seed}, post {index}");
        }
    }

    [Fact]
    public void The_same_posts_make_the_same_topics()
    {
        var (seed, mixed) = Mixed(300);
        TopicMemory one = Memory(), other = Memory();
        Assert.True(
            mixed.Select(text => one.Place(text, "en", Given.At(0))!.Topic).SequenceEqual(mixed.Select(text => other.Place(text, "en", Given.At(0))!.Topic)),
            $"seed {seed}");
    }

    [Fact]
    public void Memory_is_bounded_however_many_different_things_are_said()
    {
        var memory = Memory();
        for (var n = 0; n < 6_000; n++)
        {
            memory.Place(string.Join(' ', Enumerable.Range(0, 6).Select(w => $"w{n}x{w}")), "en", Given.At(n * 0.01));
            Assert.InRange(memory.Count, 0, TopicMemory.MostTopics);
        }

        Assert.InRange(memory.Background.Words.Count, 1, 6_100);
    }

    [Fact]
    public void A_topic_that_comes_back_within_a_week_is_the_same_and_later_a_new_one()
    {
        var memory = Memory();
        var first = memory.Place(Outage[0], "en", Given.At(0))!;
        var back = memory.Place(Outage[1], "en", Given.At(6 * 1440))!;
        var later = memory.Place(Outage[2], "en", Given.At(14 * 1440))!;
        Assert.Equal((first.Topic, true), (back.Topic, later.Began));
    }

    [Fact]
    public void What_a_person_took_apart_is_never_joined_again()
    {
        string[] one = ["app crash login screen", "login screen crash app again"], two = ["app crash login printer", "printer login crash app"];
        TopicRecord Known(int id, string[] texts, int apart) => new(
            Numbered(id), 20, Given.At(0),
            [.. texts[0].Split(' ').Select(word => new TopicTerm(Stem.Of(word, "en"), word, 15))], [Numbered(apart)]);
        var joined = new TopicMemory(Given.Brand, Fresh(0), [Known(1, one, 9), Known(2, two, 9)]);
        var apart = new TopicMemory(Given.Brand, Fresh(0), [Known(1, one, 2), Known(2, two, 9)]);
        for (var n = 0; n < 40; n++)
        {
            joined.Place(one[n % 2], "en", Given.At(n));
            apart.Place(one[n % 2], "en", Given.At(n));
        }

        Assert.Equal((1, 2), (joined.Count, apart.Count));
    }

    private static (int Seed, List<string> Texts) Mixed(int count)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        string[][] all = [Outage, Refund, Parcel];
        return (seed, [.. Enumerable.Range(0, count).Select(_ => all[random.Next(3)]).Select(texts => texts[random.Next(texts.Length)])]);
    }

    private static TopicMemory Memory() => new(Given.Brand, Fresh(0));

    private static Func<TopicId> Fresh(int from)
    {
        var next = 10 + (from * 1000);
        return () => Numbered(next++);
    }

    private static TopicId Numbered(int number) => new(new Guid(number, 3, 0, new byte[8]));
}
