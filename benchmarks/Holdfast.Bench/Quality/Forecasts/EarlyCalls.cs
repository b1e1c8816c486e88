using Holdfast.Core.Detection;

namespace Holdfast.Bench.Quality.Forecasts;

/// <summary>How much earlier a number is called when the forecast is believed, and how often wrongly.</summary>
internal sealed record EarlyCalls(int Crossings, int Called, double MedianMinutes, int FalseCalls)
{
    /// <summary>After a crossing or a call it must have been quiet for so long before another counts.</summary>
    private const int Quiet = 72;

    /// <summary>A call is right when the number is passed within two hours.</summary>
    private const int Right = 24;

    /// <param name="times">The number is so many times the usual hour, and at least twenty.</param>
    public static EarlyCalls Of(IReadOnlyList<RiseSeries> all, double times)
    {
        var (crossings, wrong, leads) = (0, 0, new List<double>());
        foreach (var series in all)
        {
            var (called, crossed) = (-Quiet, -Quiet);
            for (var now = 24; now < series.Counts.Count; now++)
            {
                var (hour, number) = (series.Sum(now - 12, now), Math.Max(20, times * series.Usual(now)));
                if (hour >= number)
                {
                    if (now - crossed > Quiet)
                    {
                        crossings++;
                        if (called >= 0 && now - called <= Right)
                        {
                            leads.Add((now - called) * Forecast.Bucket.TotalMinutes);
                        }
                    }

                    (crossed, called) = (now, -Quiet);
                }
                else if (called >= 0 && now - called > Right)
                {
                    wrong++;
                    (crossed, called) = (now, -Quiet);
                }
                else if (called < 0 && now - crossed > Quiet && series.Forecast(now) is { } bands && Forecast.When(bands, hour, number).Likely is not null)
                {
                    called = now;
                }
            }
        }

        return new(crossings, leads.Count, leads.Count == 0 ? 0 : leads.Order().ElementAt(leads.Count / 2), wrong);
    }
}
