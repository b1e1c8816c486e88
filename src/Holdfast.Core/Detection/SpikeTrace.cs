namespace Holdfast.Core.Detection;

/// <summary>Runs a detector along a pulse of even buckets.</summary>
public static class SpikeTrace
{
    /// <summary>Looks at these buckets one after the other, as if each had just ended; the first is that at which the detector stands.</summary>
    public static IEnumerable<SpikeLook> Along(SpikeDetector detector, IReadOnlyList<double?> counts)
    {
        var tail = new double?[detector.Open];
        for (var bucket = 0; bucket < counts.Count; bucket++)
        {
            if (bucket >= detector.Open)
            {
                detector.Learn(counts[bucket - detector.Open]);
            }

            var length = Math.Min(detector.Open, bucket + 1);
            for (var i = 0; i < length; i++)
            {
                tail[i] = counts[bucket + 1 - length + i];
            }

            yield return detector.Look(tail.AsSpan(0, length));
        }
    }
}
