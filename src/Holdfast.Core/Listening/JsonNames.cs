using System.Text.Json;

namespace Holdfast.Core.Listening;

/// <summary>Looks up what somebody else wrote by its name.</summary>
public static class JsonNames
{
    /// <summary>
    /// As <see cref="JsonElement.TryGetProperty(string, out JsonElement)"/>, and survives names that are no text: half a surrogate pair can be
    /// written as an escape, and the look-up throws when it passes one. Such a name is left out; the others are found.
    /// </summary>
    /// <param name="json">An object; nothing is found in anything else.</param>
    public static bool TryFind(this JsonElement json, string name, out JsonElement value)
    {
        value = default;
        if (json.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        try
        {
            return json.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException)
        {
            return TryFindOneByOne(json, name, out value);
        }
    }

    // Of two that are named alike the last one counts, as in the quick look-up.
    private static bool TryFindOneByOne(JsonElement json, string name, out JsonElement value)
    {
        var found = false;
        value = default;
        foreach (var property in json.EnumerateObject())
        {
            if (Is(property, name))
            {
                (found, value) = (true, property.Value);
            }
        }

        return found;
    }

    private static bool Is(JsonProperty property, string name)
    {
        try
        {
            return property.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
