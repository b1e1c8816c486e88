using System.Globalization;

namespace Holdfast.Core.Tests.Publishing.Simulation;

/// <summary>A hundred thousand afternoons; with <c>HOLDFAST_SCHEDULES</c> as many as asked for.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Usual = 100_000;

    [Fact]
    public void In_no_afternoon_does_anything_slip_go_twice_or_get_lost()
    {
        var schedules = int.TryParse(Environment.GetEnvironmentVariable("HOLDFAST_SCHEDULES"), CultureInfo.InvariantCulture, out var asked) ? asked : Usual;
        var first = Seeds.Next();
        var (shown, freezes) = (0L, 0L);
        Parallel.For(0, schedules, i =>
        {
            var world = new SimWorld(unchecked(first + i));
            try
            {
                world.Run();
            }
            catch (InvalidOperationException e)
            {
                throw new InvalidOperationException($"{e.Message} (HOLDFAST_SEED={unchecked(first + i)} HOLDFAST_SCHEDULES=1)", e);
            }

            Interlocked.Add(ref shown, world.Shown);
            Interlocked.Add(ref freezes, world.FreezesPlaced);
        });
        output.WriteLine($"{schedules:N0} schedules of {SimWorld.Steps} steps: {shown:N0} posts arrived, {freezes:N0} freezes");
        Assert.True(shown > schedules / 2 && freezes > schedules, "so little happened that nothing was tried");
    }
}
