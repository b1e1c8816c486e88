using System.Globalization;
using System.Text.Json;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>Beside what all networks are read with: servers that write a number for a text, and what may be missing on the way.</summary>
internal static class JsonReading
{
    public static JsonElement? At(this JsonElement? json, string name) => json is { } there ? there.At(name) : null;

    /// <summary>A string, or a number as it is written.</summary>
    public static string? Text(this JsonElement? json) => json switch
    {
        { ValueKind: JsonValueKind.String } text => Social.JsonReading.Text(text),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public static string? Text(this JsonElement json, string name) => json.At(name).Text();

    public static long? Number(this JsonElement? json) => json is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    public static DateTimeOffset? Instant(this JsonElement json, string name) =>
        DateTimeOffset.TryParse(json.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    public static IEnumerable<JsonElement> Items(this JsonElement? json) => json is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static IEnumerable<JsonElement> Items(this JsonElement json) => ((JsonElement?)json).Items();
}
