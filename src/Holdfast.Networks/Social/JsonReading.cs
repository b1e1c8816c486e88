using System.Text.Json;
using Holdfast.Core.Listening;

namespace Holdfast.Networks.Social;

/// <summary>Reading what somebody else wrote: what is missing or of another kind is null, never a fault.</summary>
internal static class JsonReading
{
    public static JsonElement? At(this JsonElement json, string name) =>
        json.TryFind(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? Text(this JsonElement json, string name) => json.At(name)?.Text();

    /// <summary>Half a surrogate pair can be written as an escape, and is no text.</summary>
    public static string? Text(this JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static long? Number(this JsonElement json, string name) =>
        json.At(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    public static DateTimeOffset? Instant(this JsonElement json, string name) =>
        json.At(name) is { } value && value.Text() is not null && value.TryGetDateTimeOffset(out var at) ? at.ToUniversalTime() : null;

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) =>
        json.At(name) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];

    /// <summary>The body as JSON; null where it is none.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
