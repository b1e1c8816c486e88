using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Holdfast.Core.Detection;
using Holdfast.Core.Reading;

namespace Holdfast.Bench.Quality;

/// <summary>
/// <c>./bench topics --data FILE [--seed N] [--json]</c>: labelled posts in random order through the product's own grouping, one pass.
/// A post is in the group that its topic has become when all have come. The language is read beforehand, as a post comes with its reading;
/// speed is by processor time, so that what else the machine does is not counted.
/// </summary>
internal static class TopicsCommand
{
    public static Command Create()
    {
        var data = new Option<FileInfo>("--data") { Description = "Tab-separated, header row, columns cluster and text; gzip-packed or not.", Required = true };
        var seed = new Option<int>("--seed") { Description = "Of the shuffling.", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "Print one JSON object as the last line." };
        var command = new Command("topics", "How well and how fast posts about the same issue are grouped.") { data, seed, json };
        command.SetAction(parsed => Run(parsed.GetValue(data)!.FullName, parsed.GetValue(seed), parsed.GetValue(json)));
        return command;
    }

    private static void Run(string file, int seed, bool json)
    {
        var rows = DataSet.Rows(Path.GetDirectoryName(file)!, Path.GetFileName(file)).Where(row => row.Length > 1).ToArray();
        new Random(seed).Shuffle(rows);
        var posts = Array.ConvertAll(rows, row => (Text: row[1], Reader.Read(Posts.Of(row[1]), Posts.Nobody).Language));
        Place(posts); // Warm: the first posts would be timed with the compiler.
        var before = Environment.CpuUsage.TotalTime;
        var groups = Place(posts);
        var rate = posts.Length / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        var score = GroupingScore.Of(Array.ConvertAll(rows, row => row[0]), groups);
        var clusters = groups.Distinct().Count();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{posts.Length} posts: NMI {score.Nmi:F3}, B-cubed F {score.BCubedF:F3} (precision {score.BCubedPrecision:F3}, recall {score.BCubedRecall:F3}), ARI {score.Ari:F3}, {clusters} groups, {rate:N0} posts/s"));
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, double>
            {
                ["nmi"] = Math.Round(score.Nmi, 4),
                ["bcubed_f"] = Math.Round(score.BCubedF, 4),
                ["ari"] = Math.Round(score.Ari, 4),
                ["clusters"] = clusters,
                ["posts_per_second"] = Math.Round(rate),
            }));
        }
    }

    private static TopicId[] Place((string Text, string Language)[] posts)
    {
        var next = 0;
        var memory = new TopicMemory(Posts.Nobody, () => Numbered(++next));
        var became = new Dictionary<TopicId, TopicId>();
        var placed = new TopicId[posts.Length];
        for (var i = 0; i < posts.Length; i++)
        {
            // A post without a word of its own is alone.
            var placement = memory.Place(posts[i].Text, posts[i].Language, DateTimeOffset.UnixEpoch);
            placed[i] = placement?.Topic ?? Numbered(++next);
            foreach (var join in placement?.Joins ?? [])
            {
                became[join.Gone] = join.Kept;
            }
        }

        return Array.ConvertAll(placed, topic =>
        {
            while (became.TryGetValue(topic, out var kept))
            {
                topic = kept;
            }

            return topic;
        });
    }

    private static TopicId Numbered(int number) => new(new Guid(number, 0, 0, new byte[8]));
}
