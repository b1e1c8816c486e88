using Holdfast.Core.Listening;

namespace Holdfast.Core.Drills;

/// <summary>The event of a curve, post by post. How high, how fast and how long are drawn anew for each seed.</summary>
internal sealed class CurveEvent(InventedPublic people, CurveFamily family)
{
    private const string First = "bluesky", Second = "mastodon";

    public IEnumerable<Post> Posts(DateTimeOffset began) => family switch
    {
        CurveFamily.Sudden => Rise(began, Sudden(), Complaint),
        CurveFamily.SlowBurn => Rise(began, SlowBurn(), Complaint),
        CurveFamily.Coordinated => Waves(began),
        CurveFamily.CampaignTurns => Campaign(began),
        CurveFamily.OutsideDisaster => Rise(began, Sudden(), at => Said(at, CurvePhrases.Disaster)),
        CurveFamily.PressLed => Press(began),
        CurveFamily.Homonym => Rise(began, Sudden(), at => Said(at, CurvePhrases.Homonym)),
        CurveFamily.ViralPraise => Rise(began, Sudden(), Praise),
    };

    /// <summary>Posts a minute of each minute: within a quarter of an hour to the height, then half of it every hour or two.</summary>
    private List<double> Sudden()
    {
        var (height, ramp, halfLife) = (Between(0.8, 3), Between(5, 20), Between(50, 120));
        return [.. Enumerable.Range(0, 360).Select(minute => minute < ramp ? height * (minute + 1) / ramp : height * Math.Pow(0.5, (minute - ramp) / halfLife))];
    }

    /// <summary>A straight rise over eight to fourteen hours, and two hours of decay.</summary>
    private List<double> SlowBurn()
    {
        var (height, length) = (Between(0.3, 0.7), (int)Between(480, 840));
        return [.. Enumerable.Range(0, length + 120).Select(minute => minute < length ? height * minute / length : height * (1 - ((minute - length) / 120.0)))];
    }

    private List<Post> Rise(DateTimeOffset began, List<double> rate, Func<DateTimeOffset, Post> say)
    {
        // The very first post is there whatever the dice say: something began.
        List<Post> posts = [say(began)];
        foreach (var (minute, mean) in rate.Index())
        {
            posts.AddRange(Moments(began.AddMinutes(minute + 1), mean).Select(say));
        }

        return posts;
    }

    private List<Post> Waves(DateTimeOffset began)
    {
        var posts = new List<Post>();
        for (var wave = 0; wave < 3; wave++)
        {
            var at = began.AddMinutes(wave * Between(35, 50));
            var sentence = people.Dice.Of(CurvePhrases.Coordinated);
            posts.AddRange(Moments(at, 25 + people.Dice.Below(20), TimeSpan.FromMinutes(6)).Select(moment => LookAlike(moment, sentence)));
        }

        return posts;
    }

    private List<Post> Campaign(DateTimeOffset began)
    {
        var (turn, height) = ((int)Between(90, 200), Between(0.8, 2));
        var posts = Rise(began, [.. Enumerable.Repeat(Between(0.2, 0.5), turn + 60)], at => Said(at, CurvePhrases.Campaign));
        posts.AddRange(Rise(began.AddMinutes(turn), [.. Enumerable.Range(0, 240).Select(minute => minute < 60 ? height * minute / 60 : height * Math.Pow(0.5, (minute - 60) / 90.0))], at => Said(at, CurvePhrases.CampaignTurned)));
        return posts;
    }

    private List<Post> Press(DateTimeOffset began)
    {
        var delay = (int)Between(20, 60);
        List<Post> posts = [people.PressPost(began, Phrases.Press[0], "en", "The Northern Morning"), people.PressPost(began.AddMinutes(delay / 2), Phrases.Press[1], "pl", "Nowiny Dnia")];
        posts.AddRange(Rise(began.AddMinutes(delay), Sudden(), Complaint));
        return posts;
    }

    private Post Complaint(DateTimeOffset at)
    {
        var polish = people.Dice.Share() < 0.45;
        var text = polish
            ? people.Sentence(Phrases.PolishOpenings, Phrases.PolishComplaints, Phrases.PolishEndings)
            : people.Sentence(Phrases.EnglishOpenings, Phrases.EnglishComplaints, Phrases.EnglishEndings);
        return people.Make(at, Network(), text, polish ? "pl" : "en");
    }

    private Post Praise(DateTimeOffset at)
    {
        var polish = people.Dice.Share() < 0.45;
        return people.Make(at, Network(), people.Fill(people.Dice.Of(polish ? Phrases.PolishPraise : Phrases.EnglishPraise), polish), polish ? "pl" : "en");
    }

    private Post Said(DateTimeOffset at, string[] phrases) =>
        people.Make(at, Network(), people.Sentence(CurvePhrases.Openings, phrases, CurvePhrases.Endings), "en");

    /// <summary>An account like the others of its kind: a name and a number, nobody who follows it, one word changed.</summary>
    private Post LookAlike(DateTimeOffset at, string sentence)
    {
        var post = people.Make(at, First, $"{sentence} {people.Dice.Of(CurvePhrases.Tags)}", "en", $"truth{people.Dice.Below(90_000) + 10_000}");
        return post with { Author = post.Author with { Followers = people.Dice.Below(3) } };
    }

    private string Network() => people.Dice.Share() < 0.7 ? First : Second;

    private List<DateTimeOffset> Moments(DateTimeOffset at, double mean) => people.Minutes(at, TimeSpan.FromMinutes(1), people.Dice.Poisson(mean));

    private List<DateTimeOffset> Moments(DateTimeOffset at, int count, TimeSpan length) => people.Minutes(at, length, count);

    private double Between(double least, double most) => least + (people.Dice.Share() * (most - least));
}
