using Holdfast.Core.Brands;
using Holdfast.Core.Listening;

namespace Holdfast.Bench.Quality;

/// <summary>Makes posts and brands of labelled texts.</summary>
internal static class Posts
{
    private static readonly Author Someone = new("1", "someone");

    public static Brand Nobody { get; } = Brand("", []);

    public static Brand Brand(string name, string[] handles) => new(new(Guid.Empty), name, handles, ["en", "pl"], "Etc/UTC");

    public static Post Of(string text) => new()
    {
        Id = new(Guid.Empty),
        Network = "x",
        NetworkId = "1",
        Author = Someone,
        Text = text,
        At = DateTimeOffset.UnixEpoch,
    };
}
