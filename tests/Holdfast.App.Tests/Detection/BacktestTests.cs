using Holdfast.Core.Detection;
using Holdfast.Core.Drills;
using Holdfast.Database;
using Holdfast.Detection;
using Holdfast.Testing.Hosting;

namespace Holdfast.App.Tests.Detection;

public sealed class BacktestTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CurveFamily.Sudden)]
    [InlineData(CurveFamily.SlowBurn)]
    [InlineData(CurveFamily.CampaignTurns)]
    [InlineData(CurveFamily.OutsideDisaster)]
    [InlineData(CurveFamily.PressLed)]
    public async Task The_default_rules_wake_somebody_before_a_crisis_of_the_library_is_over(CurveFamily family)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var input = CurveHistory.Of(family, seed, Cancel);
            var set = await Backtest.RunAsync(input, DutyCast.Plan, "", Cancel);
            var mark = Assert.Single(input.Marks);
            Assert.Contains(set.Situations, one => one.From >= mark.BeganAt && one.From < mark.To && one.Pages.Count > 0);
        }
    }

    [Fact]
    public async Task Praise_wakes_nobody()
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            Assert.Empty((await Backtest.RunAsync(CurveHistory.Of(CurveFamily.ViralPraise, seed, Cancel), DutyCast.Plan, "", Cancel)).Situations);
        }
    }

    [Fact]
    public async Task The_command_tries_a_file_of_posts_without_a_database_and_compares_two_rule_files()
    {
        var folder = Directory.CreateTempSubdirectory();
        var posts = Path.Combine(folder.FullName, "posts.csv");
        await File.WriteAllLinesAsync(posts, ["time,author,text", .. Enumerable.Range(0, 12).Select(n => $"2026-03-02T10:{n:00}:00Z,a{n},@lumo the app is broken again number {n} terrible service")], Cancel);
        var strict = Path.Combine(folder.FullName, "strict.json");
        await File.WriteAllTextAsync(strict, Json.Write(RuleSet.Default with { SameIssue = SameIssueRule.Default with { People = 4 } }), Cancel);
        await using var program = ProgramProcess.Start(null, "backtest", "--posts", posts, "--brand", "Lumo", "--rules", strict, "--data", Path.Combine(folder.FullName, "none"));
        Assert.Equal(0, await program.WaitAsync());
        var said = program.Output;
        Assert.Contains("Lumo: 12 mentions from 2026-03-02 10:00", said, StringComparison.Ordinal);
        Assert.Contains("strict.json 6 min earlier", said, StringComparison.Ordinal);
        Assert.Contains("10:03 pages Lead", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.FullName, "none")));
    }
}
