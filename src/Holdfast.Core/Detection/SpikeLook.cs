namespace Holdfast.Core.Detection;

/// <summary>What is expected of one bucket of a pulse, and how unusual the counts that end with it are.</summary>
/// <param name="At">The bucket's beginning.</param>
/// <param name="Count">Counted in this bucket.</param>
/// <param name="Usual">Expected in this bucket, by the hour of the week and the level of late.</param>
/// <param name="High">The count's upper bound in about 19 buckets of 20.</param>
/// <param name="Window">Of the windows that end with this bucket (the bucket itself, an hour, six hours), the one with the rarest burst.</param>
/// <param name="Seen">Counted in that window.</param>
/// <param name="Expected">Expected in that window.</param>
/// <param name="OnceIn">How long one usually waits for a burst as large as this; zero where nothing is unusual or it is still learning.</param>
/// <param name="Learning">The history is too short to call anything unusual.</param>
public readonly record struct SpikeLook(
    DateTimeOffset At, double Count, double Usual, double Low, double High, TimeSpan Window, double Seen, double Expected, TimeSpan OnceIn,
    bool Learning);
