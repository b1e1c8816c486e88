using Holdfast.Core.Listening;
using Holdfast.Core.Responses;

namespace Holdfast.Core.Tests.Responses;

public sealed class ConversationTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_answer_stands_under_what_it_answers_however_the_network_orders_them()
    {
        var said = Conversation.Of([], Post("0"), [Post("b", "0"), Post("a2", "a1"), Post("a", "0"), Post("a1", "a"), Post("b1", "b")], "us", 0);
        Assert.Equal([("b", 1), ("b1", 2), ("a", 1), ("a1", 2), ("a2", 3)], said.Answers.Select(answer => (answer.Post.NetworkId, answer.Depth)));
        Assert.Equal(0, said.More);
    }

    [Fact]
    public void What_hangs_on_nothing_or_in_a_circle_or_comes_twice_is_there_once_and_at_the_end()
    {
        var said = Conversation.Of([], Post("0"), [Post("lost", "hidden"), Post("x", "y"), Post("y", "x"), Post("0", "x"), Post("a", "0"), Post("a", "0"), Post("self", "self")], "us", 0);
        Assert.Equal([("a", 1), ("lost", 1), ("x", 1), ("y", 2), ("self", 1)], said.Answers.Select(answer => (answer.Post.NetworkId, answer.Depth)));
    }

    [Fact]
    public void Of_too_many_answers_our_own_are_kept_and_the_rest_is_counted()
    {
        var answers = Enumerable.Range(0, Conversation.MostAnswers + 10).Select(i => Post($"{i}", "q", i == 47 ? "us" : "ann")).ToList();
        var said = Conversation.Of([], Post("q"), answers, "us", 5);
        Assert.Equal(Enumerable.Range(0, Conversation.MostAnswers - 1).Append(47).Select(i => $"{i}"), said.Answers.Select(answer => answer.Post.NetworkId));
        Assert.Equal(15, said.More);
    }

    [Fact]
    public void Of_what_stands_above_the_nearest_is_kept_and_it_is_known_that_there_was_more()
    {
        var above = Enumerable.Range(0, Conversation.MostAbove + 3).Select(i => Post($"{i}", i == 0 ? null : $"{i - 1}")).ToList();
        var said = Conversation.Of(above, Post("q", "22"), [], "us", 0);
        Assert.Equal(Enumerable.Range(3, Conversation.MostAbove).Select(i => $"{i}"), said.Above.Select(post => post.NetworkId));
        Assert.True(said.BeganEarlier);
        Assert.False(Conversation.Of(above.Take(Conversation.MostAbove).ToList(), Post("q", "19"), [], "us", 0).BeganEarlier);
        Assert.True(Conversation.Of([], Post("q", "deleted"), [], "us", 0).BeganEarlier);
        Assert.False(Conversation.Of([], Post("q"), [], "us", 0).BeganEarlier);
    }

    [Fact]
    public void A_thread_as_deep_as_it_is_long_is_told_to_its_end()
    {
        var answers = Enumerable.Range(1, Conversation.MostRead).Select(i => Post($"{i}", $"{i - 1}")).Reverse().ToList();
        var said = Conversation.Of([], Post("0"), answers, "us", 0);
        Assert.Equal(Enumerable.Range(1, Conversation.MostAnswers).Select(i => ($"{i}", i)), said.Answers.Select(answer => (answer.Post.NetworkId, answer.Depth)));
        Assert.Equal(Conversation.MostRead - Conversation.MostAnswers, said.More);
    }

    private static Post Post(string id, string? to = null, string by = "ann") => new()
    {
        Id = new(Guid.CreateVersion7(Noon)),
        Network = "bluesky",
        NetworkId = id,
        Author = new(by, by),
        Text = id,
        At = Noon,
        ReplyTo = to,
    };
}
