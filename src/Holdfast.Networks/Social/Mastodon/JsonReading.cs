using System.Globalization;
using System.Text.Json;
using Holdfast.Core.Listening;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>Reads what may be missing, null or of another kind than documented, without throwing.</summary>
internal static class JsonReading
{
    public static JsonElement? Get(this JsonElement json, string name) =>
        json.TryFind(name, out var found) && found.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? found : null;

    public static JsonElement? Get(this JsonElement? json, string name) => json is { } there ? there.Get(name) : null;

    /// <summary>A string, or a number as it is written.</summary>
    public static string? Text(this JsonElement? json) => json switch
    {
        { ValueKind: JsonValueKind.String } text => Social.JsonReading.Text(text),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public static string? Text(this JsonElement json, string name) => json.Get(name).Text();

    public static long? Number(this JsonElement? json) => json is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    public static DateTimeOffset? Instant(this JsonElement json, string name) =>
        DateTimeOffset.TryParse(json.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    public static IEnumerable<JsonElement> Items(this JsonElement? json) => json is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static IEnumerable<JsonElement> Items(this JsonElement json) => ((JsonElement?)json).Items();
}
