using Holdfast.Core.Brands;
using Holdfast.Core.Reading;

namespace Holdfast.Core.Tests.Reading;

/// <summary>Posts and brands for the tests of reading.</summary>
internal static class Readings
{
    public static Brand Acme { get; } = Brand("Acme", "acme");

    public static Brand Brand(string name, params string[] handles) =>
        new(new(Guid.Empty), name, handles, ["en", "pl"], "Europe/Warsaw");

    public static PostReading Read(string text, Brand? brand = null, string? language = null) => Reader.Read(
        new()
        {
            Id = new(Guid.Empty),
            Network = "x",
            NetworkId = "1",
            Author = new("1", "someone"),
            Text = text,
            At = DateTimeOffset.UnixEpoch,
            Language = language,
        },
        brand ?? Acme);
}
