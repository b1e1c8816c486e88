namespace Holdfast.Core.Detection;

/// <summary>Why it is not known where a rise goes.</summary>
public enum RiseUnknown
{
    /// <summary>Less than a day was heard before.</summary>
    Learning,

    /// <summary>A source was blind within the hour, or for too much of the day before.</summary>
    Blind,
}

/// <summary>The hour that ends with some minute, and what can be said of the next.</summary>
/// <param name="Seen">Counted in it.</param>
/// <param name="Usual">Of an hour, in the day before.</param>
/// <param name="Bands">Null where nothing rises, or it is not known whether it does.</param>
/// <param name="Unknown">Why it is not known; null where it is.</param>
/// <param name="BlindMinutes">Of the day before, in which a source was blind; what was counted in them is not in <paramref name="Usual"/>.</param>
public sealed record Rise(double Seen, double Usual, IReadOnlyList<ForecastBand>? Bands, RiseUnknown? Unknown, int BlindMinutes)
{
    /// <summary>Our own choice: with less of a day than three quarters a night can be all that was heard, and every morning would be a rise.</summary>
    private const double EnoughOfADay = 0.75;

    private const int Bucket = 5;
    private const int Hour = 60;

    /// <summary>Whether the count grew in this hour; whether that is unusual is another question.</summary>
    internal static bool Grows(PulseSums sums, int end) =>
        Forecast.Grows(sums.Count(end - (Hour / 2), Hour / 2), sums.Count(end, Hour / 2));

    /// <summary>
    /// An hour in which a source was blind says nothing of growth: what seems to rise may be no more than its return. Of the day before,
    /// blind minutes are unknown and not calm.
    /// </summary>
    internal static Rise Of(PulseSums sums, int end, HeardDay heard)
    {
        var before = (int)Forecast.Learns.TotalMinutes - Hour;
        var seen = sums.Count(end, Hour);
        var to = sums.Minute(end).AddMinutes(1);
        if (to - heard.Since < Forecast.Learns)
        {
            return new(seen, 0, null, RiseUnknown.Learning, 0);
        }

        var (blind, inBlind) = (0, 0L);
        foreach (var stretch in heard.Blind.Between(to.AddMinutes(-Hour - before), to.AddMinutes(-Hour)))
        {
            var length = Minutes.Between(stretch.From, stretch.To);
            blind += length;
            inBlind += sums.Count(sums.Index(stretch.To) - 1, length);
        }

        if (heard.Blind.Touch(to.AddMinutes(-Hour), TimeSpan.FromMinutes(Hour)) || before - blind < EnoughOfADay * before)
        {
            return new(seen, 0, null, RiseUnknown.Blind, blind);
        }

        var usual = (double)(sums.Count(end - Hour, before) - inBlind) / (before - blind) * Hour;
        return new(seen, usual, Forecast.Of(Buckets(sums, end), usual), null, blind);
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
