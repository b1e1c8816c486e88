using Holdfast.Core.Drills;

namespace Holdfast.Core.Tests.Drills;

public sealed class CurveLibraryTests
{
    public static TheoryData<CurveFamily> Families => [.. CurveLibrary.All];

    [Theory, MemberData(nameof(Families))]
    public void The_same_seed_gives_the_same_posts_and_another_seed_others(CurveFamily family)
    {
        var first = CurveLibrary.Make(family, 7).Posts.Select(post => (post.At, post.Text, post.NetworkId)).ToList();
        Assert.Equal(first, CurveLibrary.Make(family, 7).Posts.Select(post => (post.At, post.Text, post.NetworkId)));
        Assert.NotEqual(first, CurveLibrary.Make(family, 8).Posts.Select(post => (post.At, post.Text, post.NetworkId)));
    }

    [Theory, MemberData(nameof(Families))]
    public void Posts_are_in_order_with_ids_of_their_own_and_the_event_lies_after_four_ordinary_weeks(CurveFamily family)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var curve = CurveLibrary.Make(family, seed);
            Assert.True(curve.Posts.Zip(curve.Posts.Skip(1)).All(pair => pair.First.At <= pair.Second.At), $"seed {seed}");
            Assert.Equal(curve.Posts.Count, curve.Posts.Select(post => post.NetworkId).Distinct().Count());
            Assert.True(curve.BeganAt >= curve.From + CurveLibrary.Before && curve.EndedAt > curve.BeganAt, $"seed {seed}");
            Assert.True(curve.Posts.Count(post => post.At >= curve.BeganAt && post.At <= curve.EndedAt) > 60, $"seed {seed}");
        }
    }

    [Fact]
    public void A_family_is_found_by_the_name_it_has_on_a_command_line()
    {
        Assert.All(CurveLibrary.All, family => Assert.Equal(family, CurveLibrary.Find(CurveLibrary.Name(family))));
        Assert.Equal("slow-burn", CurveLibrary.Name(CurveFamily.SlowBurn));
        Assert.Null(CurveLibrary.Find("earthquake"));
    }
}
