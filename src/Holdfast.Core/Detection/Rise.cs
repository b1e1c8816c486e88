namespace Holdfast.Core.Detection;

/// <summary>The hour that ends with some minute, and what can be said of the next.</summary>
/// <param name="Seen">Counted in it.</param>
/// <param name="Usual">Of an hour, in the day before.</param>
/// <param name="Bands">Null where nothing rises, or it is not known yet whether it does.</param>
/// <param name="Learning">Less than a day was heard before.</param>
public sealed record Rise(double Seen, double Usual, IReadOnlyList<ForecastBand>? Bands, bool Learning)
{
    private const int Bucket = 5;
    private const int Hour = 60;

    /// <summary>Whether the count grew in this hour; whether that is unusual is another question.</summary>
    internal static bool Grows(PulseSums sums, int end) =>
        Forecast.Grows(sums.Count(end - (Hour / 2), Hour / 2), sums.Count(end, Hour / 2));

    /// <param name="since">When listening began.</param>
    internal static Rise Of(PulseSums sums, int end, DateTimeOffset since)
    {
        var day = (int)Forecast.Learns.TotalMinutes;
        var seen = sums.Count(end, Hour);
        if (sums.Minute(end).AddMinutes(1) - since < Forecast.Learns)
        {
            return new(seen, 0, null, Learning: true);
        }

        var usual = (double)(sums.Count(end, day) - seen) / (day - Hour) * Hour;
        return new(seen, usual, Forecast.Of(Buckets(sums, end), usual), Learning: false);
    }

    private static double[] Buckets(PulseSums sums, int end)
    {
        var hour = new double[Forecast.Buckets];
        for (var i = 0; i < hour.Length; i++)
        {
            hour[i] = sums.Count(end - ((hour.Length - 1 - i) * Bucket), Bucket);
        }

        return hour;
    }
}
