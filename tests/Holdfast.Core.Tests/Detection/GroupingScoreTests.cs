using Holdfast.Bench.Quality;

namespace Holdfast.Core.Tests.Detection;

/// <summary>The measures of <c>./bench topics</c> against cases worked out by hand.</summary>
public sealed class GroupingScoreTests
{
    public static TheoryData<string, string, double, double, double, double> Cases() => new()
    {
        { "AABB", "1122", 1, 1, 1, 1 },
        { "AABB", "2211", 1, 1, 1, 1 },
        { "AABB", "1111", 0, 0.5, 1, 0 },
        { "AABB", "1234", 2.0 / 3, 1, 0.5, 0 },
        { "AABB", "1212", 0, 0.5, 0.5, -0.5 },
        { "AAAB", "1122", 0.343711, 0.75, 2.0 / 3, 0 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Groups_are_scored_as_by_hand(string labels, string groups, double nmi, double precision, double recall, double ari)
    {
        var score = GroupingScore.Of(labels.ToCharArray(), groups.ToCharArray());
        Assert.Equal(nmi, score.Nmi, 6);
        Assert.Equal(precision, score.BCubedPrecision, 6);
        Assert.Equal(recall, score.BCubedRecall, 6);
        Assert.Equal(2 * precision * recall / (precision + recall), score.BCubedF, 6);
        Assert.Equal(ari, score.Ari, 6);
    }
}
