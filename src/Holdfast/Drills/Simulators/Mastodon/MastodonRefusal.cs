namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>An answer with <c>{"error": …}</c>, thrown where the request is found wanting and written by the outermost part.</summary>
internal sealed class MastodonRefusal(int status, string error) : Exception(error)
{
    public int Status { get; } = status;

    public static MastodonRefusal NotFound() => new(404, "Record not found");

    public static MastodonRefusal Unauthorized() => new(401, "The access token is invalid");

    public static MastodonRefusal Invalid(string what) => new(422, $"Validation failed: {what}");
}
