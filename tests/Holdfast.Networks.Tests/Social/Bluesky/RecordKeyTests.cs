using Holdfast.Networks.Social.Bluesky;

namespace Holdfast.Networks.Tests.Social.Bluesky;

public sealed class RecordKeyTests
{
    [Fact]
    public void It_is_a_function_of_the_key_alone_and_a_valid_tid()
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < 50_000; i++)
        {
            var key = RecordKey.Of($"key-{i}");
            Assert.Equal(key, RecordKey.Of($"key-{i}"));
            Assert.Matches("^[2-7a-j][2-7a-z]{12}$", key);
            Assert.True(seen.Add(key), $"key-{i} meets another one");
        }
    }

    [Fact]
    public void A_key_with_a_time_in_it_gives_a_record_of_about_that_time_and_never_of_the_future()
    {
        var made = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 1_000; i++)
        {
            var at = Decode(RecordKey.Of(Guid.CreateVersion7(made).ToString()));
            Assert.InRange(at, made - TimeSpan.FromSeconds(34), made);
        }
    }

    private static DateTimeOffset Decode(string key)
    {
        var value = key.Aggregate(0UL, (v, c) => (v << 5) | (uint)"234567abcdefghijklmnopqrstuvwxyz".IndexOf(c, StringComparison.Ordinal));
        return DateTimeOffset.UnixEpoch.AddMicroseconds(value >> 10);
    }
}
