using Holdfast.Core.Brands;

namespace Holdfast.Core.Detection;

/// <summary>A post with what is known of its author.</summary>
/// <param name="Author">Network and author id.</param>
/// <param name="Followers">Null where the network does not say.</param>
public sealed record VoicedPost(PostAt Post, string Network, string Author, string Handle, long? Followers, string Text, string Language);

/// <summary>Accounts that wrote nearly the same at nearly the same time.</summary>
/// <param name="Accounts">How many.</param>
/// <param name="Odd">How many of them look made for it.</param>
public sealed record CoordinatedGroup(IReadOnlyList<PostAt> Posts, int Accounts, int Odd);

/// <summary>
/// Marks posts as <i>possibly coordinated</i>: at least five accounts of one network wrote nearly the same words within two minutes,
/// and at least three of five of them look made for it: hardly anyone follows them, the name ends in a row of digits, or it is another's
/// of the group but for digits and signs. A petition that many real people share has the first without the second. It is a hint for
/// a person, never a proof: the posts are shown and counted, and the count says so. When accounts were opened is not known here.
/// </summary>
public static class CoordinatedPosting
{
    /// <summary>Our own choice: fewer than this happens by chance in any storm.</summary>
    public const int MinAccounts = 5;

    /// <summary>Our own choice: the part of the accounts that look made for it.</summary>
    public const double MinOdd = 0.6;

    /// <summary>An account with fewer followers than this is new or unused.</summary>
    public const int FewFollowers = 20;

    /// <summary>Digits at the end of a name as many sites propose them.</summary>
    public const int ManyDigits = 4;

    /// <summary>The cosine of two posts' words from which on they are nearly the same.</summary>
    public const double MinAlike = 0.8;

    /// <summary>Shorter texts are said by many of their own accord.</summary>
    public const int MinWords = 4;

    /// <summary>"The same minute", whatever side of its border.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(2);

    /// <summary>A post is compared with this many before it.</summary>
    private const int MostCompared = 400;

    /// <param name="posts">In order of time.</param>
    public static IReadOnlyList<CoordinatedGroup> Find(Brand brand, IReadOnlyList<VoicedPost> posts)
    {
        var words = new TopicWords(brand);
        var said = posts.Select(post => (Post: post, Words: words.Of(post.Text, post.Language).Select(word => word.Stem).ToHashSet(StringComparer.Ordinal))).ToList();
        var groups = new List<HashSet<VoicedPost>>();
        for (var i = 0; i < said.Count; i++)
        {
            var star = new List<VoicedPost> { said[i].Post };
            for (var j = i - 1; j >= 0 && i - j <= MostCompared && said[i].Post.Post.At - said[j].Post.Post.At <= Within; j--)
            {
                if (Alike(said[i], said[j]))
                {
                    star.Add(said[j].Post);
                }
            }

            if (LooksMade(star))
            {
                Join(groups, star);
            }
        }

        return [.. groups.Select(group => new CoordinatedGroup([.. group.Select(post => post.Post).Order()], Accounts(group), Odd(group)))];
    }

    /// <summary>Whether two posts say nearly the same.</summary>
    /// <param name="shared">How many words they have in common.</param>
    internal static bool NearlySame(int shared, int one, int other) =>
        Math.Min(one, other) >= MinWords && shared >= MinAlike * Math.Sqrt((double)one * other);

    /// <summary>Whether these, who said nearly the same, are enough accounts of which enough look made for it.</summary>
    internal static bool LooksMade(IReadOnlyList<VoicedPost> star) =>
        Accounts(star) is >= MinAccounts and var accounts && Odd(star) >= MinOdd * accounts;

    private static bool Alike((VoicedPost Post, HashSet<string> Words) one, (VoicedPost Post, HashSet<string> Words) other) =>
        one.Post.Network == other.Post.Network && NearlySame(one.Words.Count(other.Words.Contains), one.Words.Count, other.Words.Count);

    private static void Join(List<HashSet<VoicedPost>> groups, List<VoicedPost> star)
    {
        var touched = groups.Where(group => group.Overlaps(star)).ToList();
        groups.RemoveAll(touched.Contains);
        groups.Add([.. touched.SelectMany(group => group), .. star]);
    }

    private static int Accounts(IEnumerable<VoicedPost> posts) => posts.Select(post => post.Author).Distinct().Count();

    private static int Odd(IReadOnlyCollection<VoicedPost> posts)
    {
        var accounts = posts.DistinctBy(post => post.Author).ToList();
        var names = accounts.CountBy(account => Letters(account.Handle)).ToDictionary(StringComparer.Ordinal);
        return accounts.Count(account =>
            account.Followers < FewFollowers
            || EndingDigits(account.Handle) >= ManyDigits
            || (Letters(account.Handle) is { Length: >= 4 } letters && names[letters] > 1));
    }

    private static int EndingDigits(string handle) => handle.Split('.', '@')[0].Reverse().TakeWhile(char.IsAsciiDigit).Count();

    /// <summary>The name of the account without its server, digits and signs.</summary>
    private static string Letters(string handle) => string.Concat(handle.Split('.', '@')[0].Where(char.IsLetter)).ToLowerInvariant();
}
