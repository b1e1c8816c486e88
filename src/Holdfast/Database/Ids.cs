namespace Holdfast.Database;

/// <summary>UUIDv7 from the injected clock, so that rows sort by the time they were made.</summary>
internal static class Ids
{
    public static Guid New(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow());
}
