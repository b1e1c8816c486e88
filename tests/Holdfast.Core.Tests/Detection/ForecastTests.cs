using Holdfast.Core.Detection;

namespace Holdfast.Core.Tests.Detection;

public sealed class ForecastTests
{
    [Theory]
    [InlineData(new double[] { 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2 }, 5)]
    [InlineData(new double[] { 9, 8, 7, 6, 5, 5, 4, 3, 2, 2, 1, 1 }, 5)]
    [InlineData(new double[] { 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1 }, 1)]
    [InlineData(new double[] { 1, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9 }, 60)]
    public void What_does_not_rise_has_no_forecast(double[] hour, double usual) => Assert.Null(Forecast.Of(hour, usual));

    [Fact]
    public void A_rise_has_a_band_that_widens_and_holds_its_middle()
    {
        var bands = Forecast.Of([1, 1, 2, 2, 3, 3, 5, 6, 8, 9, 11, 13], 6)!;
        Assert.Equal(Forecast.After, bands.Select(band => band.After));
        Assert.All(bands, band => Assert.True(band.Low <= band.Middle && band.Middle <= band.High));
        Assert.Equal(bands.Select(band => band.High - band.Low).Order(), bands.Select(band => band.High - band.Low));
        Assert.True(bands[0].Middle > 64, "It has risen all the hour and its last quarter is its steepest.");
        Assert.True(bands[^1].Middle < bands[1].Middle, "What has just shot up falls back, more often than not.");
    }

    [Fact]
    public void What_is_already_counted_is_not_guessed_again()
    {
        // Of the hour that ends in a quarter of an hour, three quarters are known: all but the first three buckets.
        var quarter = Forecast.Of([1, 1, 2, 2, 3, 3, 5, 6, 8, 9, 11, 13], 6)![0];
        Assert.True(quarter.Low >= 60, $"{quarter}");
    }

    [Fact]
    public void The_time_of_crossing_lies_in_its_band()
    {
        var hour = new double[] { 1, 1, 2, 2, 3, 3, 5, 6, 8, 9, 11, 13 };
        var bands = Forecast.Of(hour, 6)!;
        var crossing = Forecast.When(bands, hour.Sum(), 80);
        Assert.True(crossing.Earliest < crossing.Likely && (crossing.Latest is null || crossing.Likely < crossing.Latest), $"{crossing}");
        Assert.Equal(new Crossing(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero), Forecast.When(bands, hour.Sum(), 20));
        Assert.Equal(new Crossing(null, null, null), Forecast.When(bands, hour.Sum(), 100_000));
    }
}
