namespace Holdfast.Core.Detection;

/// <summary>What was counted in a bucket of a pulse.</summary>
/// <param name="IsWhole">False where a source was blind: more may have been said than was heard.</param>
public readonly record struct BucketCount(double Seen, bool IsWhole = true)
{
    /// <param name="known">Null where nothing was heard and nothing is known.</param>
    public static BucketCount Of(double? known) => new(known ?? 0, known is not null);
}
