using System.Text.Json;
using Holdfast.Core.Situations;

namespace Holdfast.Core.Tests.Situations;

public sealed class TimelineTests
{
    [Fact]
    public void Every_kind_of_event_survives_being_stored()
    {
        var kinds = new HashSet<string>();
        foreach (var seed in Enumerable.Range(1, 50))
        {
            for (var kind = 0; kind < RandomEvents.Kinds; kind++)
            {
                var e = RandomEvents.Of(kind, new Random(seed));
                var text = TimelineJson.Write(e);
                var back = TimelineJson.Read(TimelineJson.KindOf(e), text);
                Assert.Equal(text, TimelineJson.Write(back));
                Assert.Equal(e.GetType(), back.GetType());
                kinds.Add(TimelineJson.KindOf(e));
            }
        }

        Assert.Equal(TimelineJson.AllKinds.Order(), kinds.Order());
    }

    [Fact]
    public void Every_event_of_the_code_has_a_name_that_is_stored() =>
        Assert.Equal(
            typeof(TimelineEvent).Assembly.GetTypes().Where(t => t is { IsAbstract: false } && t.IsSubclassOf(typeof(TimelineEvent))).Select(t => t.Name).Order(),
            TimelineJson.AllKinds.Order());

    // These very texts lie in databases: a change here is a change of the past.
    [Theory]
    [InlineData("Opened", """{"brand":"00000001-0000-0000-0000-000000000000","title":"Loty","level":4,"cause":"ByHand","reason":"w prasie"}""")]
    [InlineData("SignalJoined", """{"signal":"00000002-0000-0000-0000-000000000000","kind":"SameIssue","rule":"same-issue","level":4,"inForce":3,"startedAt":"2026-03-02T11:00:00+00:00","lastAt":"2026-03-02T12:00:00+00:00","figures":[{"name":"people","value":12,"unit":"h"}],"posts":["00000007-0000-0000-0000-000000000000"]}""")]
    [InlineData("LevelProposed", """{"level":5,"rule":"grave-word","confirmBy":"2026-03-02T12:10:00+00:00"}""")]
    [InlineData("LevelRaised", """{"from":3,"to":4,"reason":"press calls"}""")]
    [InlineData("Dismissed", """{"reason":"NotAboutUs"}""")]
    [InlineData("KnownChanged", """{"board":"Unknown","text":"how many","replaces":3}""")]
    [InlineData("TaskDone", """{"task":7}""")]
    [InlineData("EntryStruckThrough", """{"entry":2,"reason":"wrong brand"}""")]
    [InlineData("PageAttempted", """{"page":"00000003-0000-0000-0000-000000000000","attempt":"00000004-0000-0000-0000-000000000000","person":"00000005-0000-0000-0000-000000000000","way":"Mail","step":0,"round":1,"outcome":"Confirmed","possibleRepeat":false}""")]
    public void What_was_stored_is_read_and_written_as_it_was(string kind, string body) =>
        Assert.Equal(body, TimelineJson.Write(TimelineJson.Read(kind, body)));

    [Theory]
    [InlineData("Unheard", "{}")]
    [InlineData("Noted", "null")]
    [InlineData("Noted", "{")]
    [InlineData("LevelConfirmed", """{"level":6}""")]
    public void What_this_program_never_wrote_is_not_read(string kind, string body) =>
        Assert.Throws<JsonException>(() => TimelineJson.Read(kind, body));

    [Fact]
    public void The_encoding_is_the_documented_one()
    {
        var entry = Timeline.Seal(Make.Situation(), 1, Make.Noon, Actor.Of(Make.Ania), new Noted("Zażółć"), Timeline.Genesis(Make.Situation()));
        Assert.Equal("""{"text":"Zażółć"}""", entry.BodyText);

        // Computed by another program from docs/design/timeline.md.
        Assert.Equal("C83A7F7D2EA50DC0491328027EB67D1EA190779A7A96FD99550EEE49FC7AE669", Convert.ToHexString(Timeline.Genesis(Make.Situation())));
        Assert.Equal("E4F4A3DD048B5C94D3A64D6282F8E2D739C458264A81FFDE2D94ED61EF1B28B2", Convert.ToHexString(entry.Hash));
    }

    [Fact]
    public void No_two_ways_to_cut_the_fields_give_one_hash()
    {
        var entry = new StoredEntry(Make.Situation(), 1, Make.Noon, "ab", "cd", "ef", new byte[32], []);
        StoredEntry[] others =
        [
            entry with { Who = "abc", Kind = "d" }, entry with { Who = "a", Kind = "bcd" }, entry with { Kind = "cde", BodyText = "f" },
            entry with { Who = "", Kind = "abcd" }, entry with { Seq = 2 }, entry with { At = Make.Noon.AddMicroseconds(1) },
            entry with { Situation = Make.Situation(2) }, entry with { PreviousHash = new byte[31] },
        ];
        Assert.DoesNotContain(Convert.ToHexString(Timeline.Hash(entry)), others.Select(o => Convert.ToHexString(Timeline.Hash(o))));
    }

    [Fact]
    public void What_is_hashed_is_what_the_store_keeps_to_the_microsecond()
    {
        var entry = Timeline.Seal(Make.Situation(), 1, Make.Noon.AddTicks(12_345_678), Actor.Clock, new Noted("x"), []);
        Assert.Equal(Make.Noon.AddTicks(12_345_670), entry.At);
        Assert.Equal(entry.Hash, Timeline.Hash(entry));
    }
}
