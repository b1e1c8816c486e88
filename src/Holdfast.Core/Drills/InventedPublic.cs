using Holdfast.Core.Listening;

namespace Holdfast.Core.Drills;

/// <summary>
/// The public of an invented dairy: weeks of ordinary talk, and the day pieces of plastic are found in its strawberry yogurt.
/// The same seed and start give the same posts.
/// </summary>
public sealed class InventedPublic
{
    /// <summary>From the first post to the height of the crisis, in event time.</summary>
    public static readonly TimeSpan CrisisLength = TimeSpan.FromHours(3);

    /// <summary>How long people go on about it, ever less.</summary>
    public static readonly TimeSpan AftermathLength = TimeSpan.FromHours(2);

    private const double PostsAnHour = 2.5;
    private const string First = "bluesky", Second = "mastodon";
    private static readonly string[] Networks = [First, First, First, Second];

    // Posts a minute while the story grows: at first one parent, then others look into their fridges, then everyone knows; and then it fades.
    private static readonly (int FromMinute, double Complaints, double Noise)[] Phases =
        [(0, 0.06, 0.05), (35, 0.3, 0.05), (70, 0.7, 0.15), (110, 0.8, 0.5), (150, 3.0, 0.8), (165, 5.0, 0.8), (195, 2.0, 0.4), (210, 0.6, 0.2), (240, 0.2, 0.1)];

    private readonly Dice _dice;
    private int _made;

    public InventedPublic(ulong seed) => _dice = new Dice(seed);

    internal Dice Dice => _dice;

    /// <summary>Ordinary days, in order: a rhythm of day and week, mostly neutral, now and then somebody cross.</summary>
    public IEnumerable<Post> Ordinary(DateTimeOffset from, DateTimeOffset to)
    {
        for (var hour = from; hour < to; hour += TimeSpan.FromHours(1))
        {
            var count = _dice.Poisson(PostsAnHour * Rhythm(hour));
            foreach (var minute in Minutes(hour, TimeSpan.FromHours(1), count).TakeWhile(m => m < to))
            {
                yield return Chat(minute);
            }
        }
    }

    /// <summary>The crisis, in order, from <paramref name="start"/> up to its height at <see cref="CrisisLength"/>, or longer.</summary>
    public IEnumerable<Post> Crisis(DateTimeOffset start, TimeSpan? length = null)
    {
        var origin = Make(start + TimeSpan.FromMinutes(3), First, Phrases.Origin, "en", "marta.reads");
        yield return origin;
        for (var minute = 4; minute < (length ?? CrisisLength).TotalMinutes; minute++)
        {
            var at = start + TimeSpan.FromMinutes(minute);
            var phase = Phases.Last(p => p.FromMinute <= minute);
            foreach (var post in Staged(minute, at))
            {
                yield return post;
            }

            var complaints = _dice.Poisson(phase.Complaints);
            var noise = _dice.Poisson(phase.Noise);
            foreach (var moment in Minutes(at, TimeSpan.FromMinutes(1), complaints + noise))
            {
                yield return noise-- > 0 ? Aside(moment, origin) : Complaint(moment, minute, origin);
            }
        }
    }

    /// <summary>What the story needs to happen, at its minute.</summary>
    private IEnumerable<Post> Staged(int minute, DateTimeOffset at)
    {
        switch (minute)
        {
            case 96 or 118 or 126 or 149:
                var injury = minute switch { 96 => 0, 118 => 1, 126 => 2, _ => 3 };
                yield return Make(at, _dice.Of(Networks), Fill(Phrases.Injuries[injury]), injury % 2 == 0 ? "en" : "pl");
                break;
            case 104 or 121 or 133:
                yield return Make(at, First, Phrases.Rumours[minute switch { 104 => 0, 121 => 1, _ => 2 }], minute == 121 ? "pl" : "en");
                break;
            case 131:
                yield return PressPost(at, Phrases.Press[0], "en", "The Northern Morning");
                break;
            case 138:
                yield return PressPost(at, Phrases.Press[1], "pl", "Nowiny Dnia");
                break;
        }
    }

    private Post Complaint(DateTimeOffset at, int minute, Post origin)
    {
        var polish = _dice.Share() < 0.45;
        var text = polish
            ? Sentence(Phrases.PolishOpenings, Phrases.PolishComplaints, Phrases.PolishEndings)
            : Sentence(Phrases.EnglishOpenings, Phrases.EnglishComplaints, Phrases.EnglishEndings);
        var network = minute < 85 ? First : _dice.Of(Networks);
        return Make(at, network, text, polish ? "pl" : "en") with
        {
            ReplyTo = network == First && _dice.Share() < 0.25 ? origin.NetworkId : null,
        };
    }

    private Post Aside(DateTimeOffset at, Post origin) => _dice.Share() switch
    {
        < 0.45 => Make(at, origin.Network, origin.Text, "en") with { RepostOf = origin.NetworkId },
        < 0.65 => Make(at, _dice.Of(Networks), _dice.Of(Phrases.Defenders), "en"),
        _ => Chat(at),
    };

    internal Post Chat(DateTimeOffset at)
    {
        var polish = _dice.Share() < 0.45;
        var phrases = _dice.Share() switch
        {
            < 0.33 => polish ? Phrases.PolishPraise : Phrases.EnglishPraise,
            < 0.89 => polish ? Phrases.PolishTalk : Phrases.EnglishTalk,
            _ => polish ? Phrases.PolishGrumble : Phrases.EnglishGrumble,
        };
        return Make(at, _dice.Of(Networks), Fill(_dice.Of(phrases), polish), polish ? "pl" : "en");
    }

    internal Post PressPost(DateTimeOffset at, string text, string language, string name)
    {
        var post = Make(at, First, text, language);
        return post with { Author = post.Author with { Name = name, Handle = name.ToLowerInvariant().Replace(' ', '-'), Followers = 180_000, Verified = true, Voice = Voice.Press } };
    }

    internal Post Make(DateTimeOffset at, string network, string text, string language, string? handle = null)
    {
        var person = handle ?? $"{_dice.Of(Names)}{_dice.Below(900) + 100}";
        return new Post
        {
            Id = new PostId(_dice.Id(at)),
            Network = network,
            NetworkId = $"invented-{at.ToUnixTimeSeconds():x}-{_made++:x}",
            Author = new Author($"{network}:{person}", person, Followers: (long)Math.Pow(10, 1 + (_dice.Share() * 3))),
            Text = text,
            At = at,
            Language = language,
        };
    }

    internal string Sentence(string[] openings, string[] middles, string[] endings) =>
        Fill($"{_dice.Of(openings)} {_dice.Of(middles)}. {_dice.Of(endings)}").TrimEnd();

    internal string Fill(string phrase, bool polish = false) => phrase
        .Replace("{p}", _dice.Of(polish ? Phrases.PolishProducts : Phrases.EnglishProducts), StringComparison.Ordinal)
        .Replace("{t}", _dice.Of(Phrases.Towns), StringComparison.Ordinal);

    internal List<DateTimeOffset> Minutes(DateTimeOffset from, TimeSpan length, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => from + (length * _dice.Share())).Order()];

    /// <summary>Quiet nights, busy evenings, slower weekends; about 1 on average.</summary>
    private static double Rhythm(DateTimeOffset at)
    {
        var day = at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.75 : 1.1;
        return day * (1 + (0.85 * Math.Sin((at.Hour - 9) * Math.PI / 12)));
    }

    private static readonly string[] Names =
        ["ola", "marek", "kasia", "tom", "piotr", "ewa", "liam", "zofia", "aoife", "jan", "nina", "ben", "hania", "kuba", "emma", "igor", "maja", "owen", "lena", "adam"];
}
