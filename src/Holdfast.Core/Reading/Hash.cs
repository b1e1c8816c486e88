namespace Holdfast.Core.Reading;

/// <summary>FNV-1a with a last mix: the models' slots depend on it, so a change needs the models trained anew.</summary>
internal static class Hash
{
    public const uint Seed = 2166136261;

    public static uint Add(uint hash, uint value) => (hash ^ value) * 16777619;

    public static uint Mix(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >> 13;
        hash *= 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }

    public static uint Of(ReadOnlySpan<char> text)
    {
        var hash = Seed;
        foreach (var c in text)
        {
            hash = Add(hash, c);
        }

        return Mix(hash);
    }
}
