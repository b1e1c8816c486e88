using Holdfast.Core.Listening;

namespace Holdfast.Core.Tests.Listening;

internal static class Posts
{
    public static Post Of(string text, string network = "x", string handle = "ania", long? followers = 10, string? language = null) => new()
    {
        Id = default,
        Network = network,
        NetworkId = "1",
        Author = new Author("a", handle, Followers: followers),
        Text = text,
        At = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Language = language,
    };

    public static MonitorId Monitor(int number) => new(new Guid(number, 0, 0, new byte[8]));
}
