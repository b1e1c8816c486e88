using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Drills;
using Holdfast.Core.Plans;
using Holdfast.Detection;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Detection;

public sealed class BacktestPageTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Turning_the_number_shows_both_rule_sets_over_the_same_history()
    {
        var bench = await NewAsync();
        using var runs = Runs(bench);
        var question = BacktestQuestion.Of(bench.Brand) with { Rule = "negative-for-hours", Number = 4 };
        var (view, _) = await runs.AskAsync(question, null, Timeout.InfiniteTimeSpan, Cancel);
        Assert.Empty(view!.InForce.Situations);
        var tried = Assert.Single(view.Tried!.Situations);
        Assert.Equal(Level.Four, tried.Highest);
        Assert.Equal(1, view.Tried.Alarms.Unmarked);
        Assert.Contains(view.Delays, point => point.Number == 10);
    }

    [Fact]
    public async Task A_mark_counts_at_once_and_can_be_taken_back()
    {
        var bench = await NewAsync();
        using var runs = Runs(bench);
        var desk = new BacktestDesk(bench.Store, bench.Time);
        var person = new Core.People.PersonId(Guid.CreateVersion7());
        var question = BacktestQuestion.Of(bench.Brand) with { Rule = "negative-for-hours", Number = 4 };
        var alarm = (await runs.AskAsync(question, null, Timeout.InfiniteTimeSpan, Cancel)).View!.Tried!.Situations[0];
        await desk.MarkAsync(bench.Brand, alarm.From, alarm.To, Verdict.FalseAlarm, person, Cancel);
        Assert.Equal(1, (await runs.AskAsync(question, null, Timeout.InfiniteTimeSpan, Cancel)).View!.Tried!.Alarms.False);
        await desk.MarkAsync(bench.Brand, alarm.From, alarm.To, Verdict.Real, person, Cancel);
        Assert.Equal(1, (await runs.AskAsync(question, null, Timeout.InfiniteTimeSpan, Cancel)).View!.Tried!.Alarms.Real);
        await desk.MarkAsync(bench.Brand, alarm.From, alarm.To, null, person, Cancel);
        Assert.Equal(1, (await runs.AskAsync(question, null, Timeout.InfiniteTimeSpan, Cancel)).View!.Tried!.Alarms.Unmarked);
    }

    [Fact]
    public async Task What_ran_in_shadow_is_told_by_weeks_with_what_only_it_would_have_alarmed()
    {
        var bench = await NewAsync();
        var rules = RuleSet.Default with { Thresholds = [ThresholdRule.Assign with { Level = Level.Three, Shadow = true }] };
        await bench.PutInForceAsync(CrisisPlan.Template() with { Rules = rules }, 1);
        await bench.LookAllAsync();
        using var runs = Runs(bench);
        var week = Assert.Single(await runs.ShadowAsync(Brand(bench), CrisisPlan.Template() with { Rules = rules }, Cancel));
        Assert.Single(week.Signals);
        Assert.Single(week.Extra);
        Assert.Equal(0, week.Sooner);
        Assert.Equal(0, await bench.AskAsync<int>("select count(*)::int from situation where brand_id = @brand"));
    }

    /// <summary>Seven negative posts an hour for five hours.</summary>
    private async Task<DetectionBench> NewAsync()
    {
        var bench = await DetectionBench.NewAsync(database);
        await bench.HearAsync([.. Enumerable.Range(0, 35).Select(n => new Heard($"{n}", n * 8.5, $"a{n}", $"no {n}"))]);
        bench.Time.Advance(TimeSpan.FromHours(5));
        return bench;
    }

    private static Brand Brand(DetectionBench bench) => new(bench.Brand, "Lumo", [], ["en"], "Europe/Warsaw");

    private static BacktestRuns Runs(DetectionBench bench) => new(
        bench.Store, new(bench.Store, bench.Time), new(bench.Store, bench.Time), new(bench.Store, bench.Time), bench.Time);
}
