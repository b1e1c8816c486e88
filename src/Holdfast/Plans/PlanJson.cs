using System.Text.Json;
using Holdfast.Database;

namespace Holdfast.Plans;

/// <summary>How a plan that came from outside is read: as it is stored, but nothing may be missing, misspelt or null.</summary>
internal static class PlanJson
{
    public static JsonSerializerOptions Strict { get; } = Make();

    /// <summary>Where and why a document could not be read, in a sentence without names of types.</summary>
    public static string Reason(JsonException exception) =>
        $"at {exception.Path ?? "the beginning"}, line {(exception.LineNumber ?? 0) + 1}: the value is missing, misspelt or of another kind.";

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(Json.Options)
        {
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
            WriteIndented = true,
            MaxDepth = 32,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
