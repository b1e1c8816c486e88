using System.Globalization;
using System.Text;
using static Holdfast.Core.Tests.Listening.NaiveOracle;

namespace Holdfast.Core.Tests.Listening;

/// <summary>Writes posts from known words, in all the ways people write them.</summary>
internal sealed class RandomPosts(Random random)
{
    public static readonly string[] Words = ["united", "unit", "lodz", "refund", "refunds", "late", "song", "cola", "coca", "no", "to", "air"];
    public static readonly string[] Handles = ["united", "coca_cola", "lodz", "air"];
    public static readonly string[] Emoji = ["👍", "😡", "🇵🇱"];
    public static readonly string[] Networks = ["x", "bluesky"];
    public static readonly string[] Languages = ["pl", "en"];
    public static readonly long[] Followers = [0, 10, 500, 20_000];

    private readonly StringBuilder _text = new();
    private readonly List<Spelling> _spellings = [];
    private int _place;
    private bool _hasLink;

    public KnownPost Next()
    {
        _text.Clear();
        _spellings.Clear();
        (_place, _hasLink) = (0, false);
        for (var n = random.Next(0, 12); n > 0; n--)
        {
            Unit();
            _text.Append(Pick([" ", "  ", ", ", ". ", "\n", " – ", "… "]));
        }

        var network = Pick(Networks);
        var language = Pick([null, .. Languages]);
        var post = Posts.Of(
            _text.ToString(), network, Pick(Handles), random.Next(4) == 0 ? null : Pick(Followers), random.Next(2) == 0 ? language : language + "-XX");
        return new KnownPost(language is null ? post with { Language = null } : post, [.. _spellings], _hasLink);
    }

    private void Unit()
    {
        switch (random.Next(10))
        {
            case < 6:
                Read(Pick(Words), 1);
                Write(_spellings[^1].Text);
                _place++;
                break;
            case 6:
                Joined();
                break;
            case 7:
                Tag();
                break;
            case 8:
                Handle();
                break;
            default:
                if (random.Next(2) == 0)
                    EmojiUnit();
                else
                    Link();
                break;
        }
    }

    private void Joined()
    {
        var (a, b) = (Pick(Words), Pick(Words));
        ReadTwo(a, b);
        Write(a);
        _text.Append(Pick(["-", "'", "’", "_"]));
        Write(b);
    }

    private void Tag()
    {
        var (a, b) = (Pick(Words), Pick(Words));
        Read("#" + a + b, 2);
        ReadTwo(a, b);
        _text.Append('#').Append(Capital(a)).Append(Capital(b));
    }

    private void ReadTwo(string a, string b)
    {
        Read(a + b, 2);
        Read(a, 1);
        _place++;
        Read(b, 1);
        _place++;
    }

    private void Handle()
    {
        var handle = Pick(Handles);
        var server = random.Next(3) == 0 ? Pick([".bsky", "@server"]) : "";
        var words = handle.Split('_');
        Read("@" + handle, words.Length);
        if (server.Length > 0)
            Read("@" + handle + server, words.Length + 1);
        foreach (var word in words)
        {
            Read(word, 1);
            _place++;
        }

        if (server.Length > 0)
        {
            Read(server[1..], 1);
            _place++;
        }

        _text.Append('@').Append(random.Next(2) == 0 ? handle : handle.ToUpperInvariant()).Append(server);
    }

    private void EmojiUnit()
    {
        var emoji = Pick(Emoji);
        Read(emoji, 1);
        _place++;
        _text.Append(emoji).Append(emoji == "👍" ? Pick(["", "🏽", "\uFE0F"]) : "");
    }

    private void Link()
    {
        var word = Pick(Words);
        Read("site", 1);
        _place++;
        Read(word, 1);
        _place++;
        _hasLink = true;
        _text.Append(Pick(["http://", "https://"])).Append("Site/").Append(word).Append(Pick(["", "?late=no", "#song"]));
    }

    private void Read(string text, int places) => _spellings.Add(new Spelling(text, _place, _place + places - 1));

    private void Write(string word) => _text.Append(random.Next(6) switch
    {
        0 => word.ToUpperInvariant(),
        1 => Capital(word),
        2 => word.Replace('l', 'Ł').Replace('o', 'ó').Replace("z", "z\u0301", StringComparison.Ordinal),
        3 => string.Concat(word.Select(c => (char)(c - 'a' + 'ａ'))),
        _ => word,
    });

    private static string Capital(string word) => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..];

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
}
