using System.Globalization;
using Holdfast.Core.Listening;
using Holdfast.Database;
using Holdfast.Listening;

namespace Holdfast.Bench.Speed;

/// <summary>Posts to measure with.</summary>
internal static class BenchPosts
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Openings =
    [
        "@bench still waiting at the gate and nobody says a word about", "Honestly the crew was lovely despite", "Third time this month with", "Can anyone at @bench tell me about",
        "Thank you @bench for sorting out", "Never again after", "Czy ktoś wie co dalej z", "Dziękuję za szybką pomoc, chodzi o", "My parents are stuck because of", "Impressed by how you handled",
    ];

    private static readonly string[] Subjects =
    [
        "the delayed evening departure", "my lost suitcase", "the cancelled connection", "a refund that was promised in January", "the broken booking page", "odwołany lot do Gdańska", "bagaż który zaginął",
        "the seat change nobody asked for", "the rude answer at the desk", "free coffee during the wait",
    ];

    /// <summary>A file's posts, gone through again with new ids and a word more until there are enough.</summary>
    public static async Task<IReadOnlyList<Post>> FromFileAsync(string path, int count, CancellationToken cancel)
    {
        var opened = ImportReader.Open(new(path, "x", new Dictionary<string, string>()), TimeProvider.System);
        if (!opened.Succeeded(out var reader))
        {
            throw new InvalidDataException(opened.Refusals[0].Message);
        }

        using var open = reader;
        var read = new List<Post>();
        await foreach (var (item, _) in reader.ReadAsync(cancel))
        {
            if (item is not null)
            {
                read.Add(item.Post);
            }
        }

        return [.. Enumerable.Range(0, count).Select(i => Again(read[i % read.Count], i, i / read.Count))];
    }

    public static IReadOnlyList<Post> Generated(int count)
    {
        var random = new Random(20150222);
        return
        [
            .. Enumerable.Range(0, count).Select(i => new Post
            {
                Id = new(Ids.New(TimeProvider.System)),
                Network = "x",
                NetworkId = i.ToString(CultureInfo.InvariantCulture),
                Author = new($"a{random.Next(count / 3)}", $"a{i}", Followers: 1 + random.Next(5_000)),
                Text = $"{Openings[random.Next(Openings.Length)]} {Subjects[random.Next(Subjects.Length)]}, {random.Next(100_000)} {(random.Next(4) == 0 ? "https://example.org/" + i : "")}",
                At = Start.AddSeconds(i / 10.0),
            }),
        ];
    }

    private static Post Again(Post post, int i, int round) => post with
    {
        Id = new(Ids.New(TimeProvider.System)),
        NetworkId = $"{post.NetworkId}/{i}",
        Author = post.Author with { Followers = Math.Max(1, post.Author.Followers ?? 1) },
        Text = round == 0 ? post.Text : $"{post.Text} {round}",
        At = post.At.AddDays(8 * round),
    };
}
