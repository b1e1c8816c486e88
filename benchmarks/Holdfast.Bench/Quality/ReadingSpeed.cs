using System.Diagnostics;
using Holdfast.Core.Reading;

namespace Holdfast.Bench.Quality;

/// <summary>Posts a second on one core, everything read; the median of several rounds after a warm one.</summary>
internal static class ReadingSpeed
{
    private const int Rounds = 7;

    public static IEnumerable<(string Name, double Value)> Measure(string data)
    {
        var posts = DataSet.Rows(data, "airline/airline.tsv.gz").Select(r => Posts.Of(r[9])).ToArray();
        var brand = Posts.Brand("United", ["united"]);
        var rates = new List<double>();
        var before = 0L;
        for (var round = 0; round <= Rounds; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            foreach (var post in posts)
            {
                Reader.Read(post, brand);
            }

            rates.Add(posts.Length / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        yield return ("speed.posts_per_second_one_core", rates.Skip(1).Order().ElementAt(Rounds / 2));
        yield return ("speed.bytes_allocated_per_post", (double)(GC.GetAllocatedBytesForCurrentThread() - before) / posts.Length);
    }
}
