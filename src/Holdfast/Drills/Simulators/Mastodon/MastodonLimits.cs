namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>What the simulated server allows; the defaults are those of a server nobody changed.</summary>
internal sealed record MastodonLimits
{
    public int MaxCharacters { get; init; } = 500;

    public int MaxMedia { get; init; } = 4;

    public int CharactersPerLink { get; init; } = 23;

    public long ImageBytes { get; init; } = 16_777_216;

    public long VideoBytes { get; init; } = 103_809_024;

    public int MaxAlt { get; init; } = 1_500;

    public IReadOnlyList<string> MediaTypes { get; init; } = ["image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4"];

    /// <summary>How long a picture is worked on; nothing: it is answered with 200 at once.</summary>
    public TimeSpan Processing { get; init; }

    public int ScheduledInAll { get; init; } = 300;

    public int ScheduledADay { get; init; } = 25;
}
