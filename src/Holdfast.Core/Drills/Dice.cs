namespace Holdfast.Core.Drills;

/// <summary>Repeatable chance: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), the same numbers for a seed on every machine and version.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 ≤ x &lt; 1.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public int Below(int limit) => (int)(Share() * limit);

    public T Of<T>(IReadOnlyList<T> values) => values[Below(values.Count)];

    /// <summary>How many events fall into a span where <paramref name="mean"/> are expected (Knuth's method; for means below about 30).</summary>
    public int Poisson(double mean)
    {
        var limit = Math.Exp(-mean);
        var count = 0;
        for (var product = Share(); product > limit; product *= Share())
        {
            count++;
        }

        return count;
    }

    /// <summary>A UUIDv7 of that instant.</summary>
    public Guid Id(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)at.ToUnixTimeMilliseconds() << 16) | 0x7000 | (Next() & 0x0FFF));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000 | (Next() >> 2));
        return new Guid(bytes, bigEndian: true);
    }
}
