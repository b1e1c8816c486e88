namespace Holdfast.Core.Detection;

/// <summary>What a count usually is at this hour of the week, and the band in which chance alone would keep it.</summary>
/// <param name="Usual">The mean of the same hour in earlier weeks (or days, while there are few weeks).</param>
public readonly record struct ExpectedBand(double Usual, double Low, double High)
{
    /// <summary>Two standard deviations: about 19 hours in 20 lie within.</summary>
    private const double Width = 2;

    /// <summary>Null with fewer than two samples: a norm of one is a guess.</summary>
    public static ExpectedBand? Of(IReadOnlyList<double> samples)
    {
        if (samples.Count < 2)
        {
            return null;
        }

        var mean = samples.Average();
        var variance = samples.Sum(sample => (sample - mean) * (sample - mean)) / (samples.Count - 1);
        // Counts scatter at least as Poisson's do, so a few equal samples do not make a band of no width.
        var deviation = Math.Sqrt(Math.Max(variance, Math.Max(mean, 0.25)));
        return new(mean, Math.Max(0, mean - Width * deviation), mean + Width * deviation);
    }
}
