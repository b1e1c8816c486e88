using Holdfast.Core.Detection;

namespace Holdfast.Core.Tests.Detection;

public sealed class ExpectedBandTests
{
    [Fact]
    public void One_sample_makes_no_norm() => Assert.Null(ExpectedBand.Of([5]));

    [Fact]
    public void The_usual_is_the_mean_and_lies_within_its_band()
    {
        var band = ExpectedBand.Of([4, 6, 5, 9])!.Value;
        Assert.Equal(6, band.Usual);
        Assert.True(band.Low < 6 && band.High > 6);
    }

    [Fact]
    public void Equal_samples_still_leave_room_for_chance()
    {
        var band = ExpectedBand.Of([9, 9, 9])!.Value;
        Assert.Equal(3, band.Low);
        Assert.Equal(15, band.High);
    }

    [Fact]
    public void Nothing_is_expected_below_zero() => Assert.Equal(0, ExpectedBand.Of([0, 1])!.Value.Low);
}
