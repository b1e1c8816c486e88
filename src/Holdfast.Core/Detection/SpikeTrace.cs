namespace Holdfast.Core.Detection;

/// <summary>Runs a detector along a pulse of even buckets.</summary>
public static class SpikeTrace
{
    /// <summary>Looks at these buckets one after the other, as if each had just ended; the first is that at which the detector stands.</summary>
    /// <param name="counts">Null where nothing is known of a bucket.</param>
    public static IEnumerable<SpikeLook> Along(SpikeDetector detector, IReadOnlyList<double?> counts)
    {
        var start = detector.Next;
        return Between(detector, start, counts.Count, at => BucketCount.Of(counts[(int)((at - start) / detector.Bucket)]));
    }

    /// <summary>Looks at so many buckets; learns what lies between where the detector stands and what may be learnt by then.</summary>
    /// <param name="from">The first bucket to be looked at; not before where the detector stands.</param>
    public static IEnumerable<SpikeLook> Between(SpikeDetector detector, DateTimeOffset from, int buckets, Func<DateTimeOffset, BucketCount> count)
    {
        var open = new BucketCount[detector.Open];
        for (var i = 0; i < buckets; i++)
        {
            var at = from + (i * detector.Bucket);
            Learn(detector, at, count);
            var length = 1 + (int)((at - detector.Next) / detector.Bucket);
            for (var ago = 0; ago < length; ago++)
            {
                open[ago] = count(detector.Next + (ago * detector.Bucket));
            }

            yield return detector.Look(open.AsSpan(0, length));
        }
    }

    /// <summary>Learns all that may be learnt before this bucket is looked at.</summary>
    public static void Learn(SpikeDetector detector, DateTimeOffset at, Func<DateTimeOffset, BucketCount> count)
    {
        while (at - detector.Next >= detector.Open * detector.Bucket)
        {
            detector.Learn(count(detector.Next));
        }
    }
}
