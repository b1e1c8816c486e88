using System.Diagnostics;
using Holdfast.Core.Publishing;
using Holdfast.Shell;
using Holdfast.Testing.Database;
using Microsoft.AspNetCore.Http;

namespace Holdfast.App.Tests.Shell;

public sealed class BarDeskTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_that_stands_around_a_page_is_read_once_and_in_one_command()
    {
        await using var house = await Publishing.PublishingHouse.NewAsync(database);
        var freeze = await house.Freezes.PlaceAsync(new(new FreezeScope.OfBrand(house.Brand), "What is said is read first."), Publishing.PublishingHouse.Someone, Cancel);
        var commands = 0;
        var ours = new AsyncLocal<bool> { Value = true }; // other tests run beside this one
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity => commands += ours.Value && activity.Kind == ActivityKind.Client && activity.DisplayName != "CONNECT" ? 1 : 0,
        };
        ActivitySource.AddActivityListener(listener);

        var desk = new BarDesk(database.Store, house.Time);
        var context = new DefaultHttpContext();
        var bars = await Task.WhenAll(desk.OfAsync(context), desk.OfAsync(context), desk.OfAsync(context));
        Assert.All(bars, bar => Assert.Same(bars[0], bar));
        Assert.Contains(bars[0].Standing, line => line.Id == freeze.Value.Freeze.Id);
        Assert.Contains(bars[0].Choices, choice => choice is { Kind: "brand" } && choice.Value == house.Brand.Value.ToString());
        Assert.Equal(1, commands);
    }
}
