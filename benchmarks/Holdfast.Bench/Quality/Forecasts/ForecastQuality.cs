using Holdfast.Core.Detection;

namespace Holdfast.Bench.Quality.Forecasts;

/// <summary>How good the bands of one horizon are, every series weighing the same. Losses are of the logarithm of an hour's count.</summary>
/// <param name="Persistence">Of "it stays as it is", with the band that such a forecast would have needed on these very data.</param>
/// <param name="Growth">Of "it grows on as in the last hour", with its band likewise.</param>
internal sealed record HorizonQuality(TimeSpan After, int Forecasts, double Coverage, double Loss, double Persistence, double PersistencePoint, double Growth, double GrowthPoint);

/// <summary>Replays every rise from every bucket in which the product would show a forecast.</summary>
internal static class ForecastQuality
{
    private static readonly double[] Quantiles = [0.1, 0.5, 0.9];

    public static HorizonQuality Measure(IReadOnlyList<RiseSeries> all, int horizon)
    {
        var after = Forecast.After[horizon];
        var ahead = (int)(after / Forecast.Bucket);
        var points = all.SelectMany(series => Points(series, horizon, ahead)).ToList();
        var weights = points.GroupBy(point => point.Series).ToDictionary(group => group.Key, group => 1.0 / group.Count() / all.Count);
        double Weighted(Func<Point, double> of) => points.Sum(point => weights[point.Series] * of(point)) / points.Sum(point => weights[point.Series]);

        // The rivals are given the best band of constant width that there is for these data, which no one could have known before.
        var still = Quantiles.Select(q => Quantile(points.Select(point => point.Later - point.Now), q)).ToArray();
        var grown = Quantiles.Select(q => Quantile(points.Select(point => point.Later - point.Grown), q)).ToArray();
        return new(
            after,
            points.Count,
            Weighted(point => point.Later >= point.Bands[0] - 1e-9 && point.Later <= point.Bands[2] + 1e-9 ? 1 : 0),
            Weighted(point => Loss(point.Later, q => point.Bands[q])),
            Weighted(point => Loss(point.Later, q => point.Now + still[q])),
            Weighted(point => Loss(point.Later, _ => point.Now)),
            Weighted(point => Loss(point.Later, q => point.Grown + grown[q])),
            Weighted(point => Loss(point.Later, _ => point.Grown)));
    }

    private static IEnumerable<Point> Points(RiseSeries series, int horizon, int ahead)
    {
        for (var now = (int)(Forecast.Learns / Forecast.Bucket); now + ahead < series.Counts.Count; now++)
        {
            if (series.Forecast(now) is { } bands)
            {
                var hour = Log(series.Sum(now - 12, now));
                var growth = Log(series.Sum(now - 6, now)) - Log(series.Sum(now - 12, now - 6));
                var band = bands[horizon];
                yield return new(
                    series, hour, hour + (growth * ahead / 6), Log(series.Sum(now + ahead - 12, now + ahead)), [Log(band.Low), Log(band.Middle), Log(band.High)]);
            }
        }
    }

    private static double Loss(double later, Func<int, double> told)
    {
        var loss = 0.0;
        for (var i = 0; i < Quantiles.Length; i++)
        {
            var off = later - told(i);
            loss += (off > 0 ? Quantiles[i] * off : (Quantiles[i] - 1) * off) / Quantiles.Length;
        }

        return loss;
    }

    private static double Quantile(IEnumerable<double> values, double q)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)(q * (sorted.Count - 1))];
    }

    private static double Log(double count) => Math.Log(count + 1);

    private sealed record Point(RiseSeries Series, double Now, double Grown, double Later, double[] Bands);
}
