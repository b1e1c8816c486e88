using System.Diagnostics;

namespace Holdfast.Core.Tests.Publishing.Model;

/// <summary>Every order in which freeze, claim, departure, death, answer, person and lift can meet, for 3 workers, 3 posts and 2 freezes.</summary>
public sealed class GateModelTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(3, 3, true, 2, false)]
    [InlineData(2, 3, true, 3, true)]
    [InlineData(2, 2, false, 3, true)]
    [InlineData(2, 2, false, 3, false)]
    public void In_no_order_of_events_does_anything_slip_go_twice_or_get_lost(int workers, int posts, bool whole, int claims, bool keyed)
    {
        var began = Stopwatch.GetTimestamp();
        var (states, wrong) = Explore(new GateModel(Mutation.None, keyed, new ModelSize(workers, posts, whole, claims)));
        output.WriteLine($"{states:N0} states in {Stopwatch.GetElapsedTime(began).TotalSeconds:N1} s");
        Assert.Null(wrong);
        Assert.True(states > 100_000, "so few states are not all there are");
    }

    public static TheoryData<string> Mutations => [.. Enum.GetValues<Mutation>().Where(m => m != Mutation.None).Select(m => m.ToString())];

    [Theory]
    [MemberData(nameof(Mutations))]
    public void A_gate_that_is_built_wrongly_is_found_out(string mutation)
    {
        var (states, wrong) = Explore(new GateModel(Enum.Parse<Mutation>(mutation), keyed: false, new ModelSize(3, 2, Whole: false, Claims: 3)));
        output.WriteLine($"{mutation}: {wrong} ({states:N0} states)");
        Assert.NotNull(wrong);
    }

    private static (int States, string? Wrong) Explore(GateModel model)
    {
        var start = model.Start.Canonical();
        var seen = new HashSet<ModelState> { start };
        var open = new Queue<ModelState>([start]);
        var next = new List<ModelState>();
        while (open.TryDequeue(out var state))
        {
            next.Clear();
            model.Next(state, next);
            foreach (var after in next)
            {
                if (model.Wrong(state, after) is { } slip)
                {
                    return (seen.Count, slip);
                }

                var canonical = after.Canonical();
                if (seen.Add(canonical))
                {
                    if (model.Wrong(canonical) is { } wrong)
                    {
                        return (seen.Count, wrong);
                    }

                    open.Enqueue(canonical);
                }
            }
        }

        return (seen.Count, null);
    }
}
