using Holdfast.Core.Situations;

namespace Holdfast.Core.Tests.Situations;

public sealed class TimelineCheckTests
{
    private static readonly List<StoredEntry> Whole = Chain(Make.Situation(), 9);

    [Fact]
    public void A_chain_as_it_was_written_has_nothing_to_find() => Assert.Null(Check(Whole));

    [Fact]
    public void Whatever_is_changed_in_whichever_entry_is_found_and_named()
    {
        for (var i = 0; i < Whole.Count; i++)
        {
            var entry = Whole[i];
            Named(i + 1, Tampering.Changed, With(i, entry with { BodyText = """{"text":"never said"}""" }));
            Named(i + 1, Tampering.Changed, With(i, entry with { At = entry.At.AddMicroseconds(-1) }));
            Named(i + 1, Tampering.Changed, With(i, entry with { Who = "clock" }));
            Named(i + 1, Tampering.Changed, With(i, entry with { Kind = "Resolved" }));
            Named(i + 1, Tampering.Changed, With(i, entry with { Hash = Flipped(entry.Hash) }));
            Named(i + 1, Tampering.Changed, With(i, entry with { PreviousHash = Flipped(entry.PreviousHash) }));
            Named(i + 1, Tampering.Changed, With(i, Sealed(entry with { BodyText = """{"text":"sealed again"}""" })));
        }
    }

    [Fact]
    public void A_removed_entry_is_named_also_the_last_and_all_of_them()
    {
        for (var i = 0; i < Whole.Count; i++)
        {
            Named(i + 1, Tampering.Removed, [.. Whole.Where((_, at) => at != i)]);
            Named(i + 1, Tampering.Removed, Whole[..i]);
        }
    }

    [Fact]
    public void Closing_the_gap_by_numbering_anew_is_named_as_moved()
    {
        var without = Whole.Where(e => e.Seq != 4).Select((e, i) => e with { Seq = i + 1 }).ToList();
        var finding = Named(4, Tampering.Moved, without);
        Assert.Equal(5, finding.WrittenAs);
    }

    [Fact]
    public void Two_entries_that_changed_places_are_named_at_the_first()
    {
        var swapped = Whole.ToList();
        (swapped[2], swapped[5]) = (Whole[5] with { Seq = 3 }, Whole[2] with { Seq = 6 });
        Assert.Equal(6, Named(3, Tampering.Moved, swapped).WrittenAs);
    }

    [Fact]
    public void An_inserted_entry_is_found_at_it_or_at_the_one_it_displaced()
    {
        var forged = Sealed(Whole[3] with { BodyText = """{"text":"forged"}""", PreviousHash = Whole[2].Hash });
        List<StoredEntry> inserted = [.. Whole[..3], forged, .. Whole[3..].Select(e => e with { Seq = e.Seq + 1 })];
        Assert.Equal(4, Named(5, Tampering.Moved, inserted).WrittenAs);
        Named(10, Tampering.Added, [.. Whole, Sealed(Whole[8] with { Seq = 10, PreviousHash = Whole[8].Hash })]);
        Named(0, Tampering.Added, [Whole[0] with { Seq = 0 }, .. Whole]);
    }

    [Fact]
    public void An_entry_copied_from_another_situation_is_found()
    {
        var other = Chain(Make.Situation(2), 9);
        Named(5, Tampering.Changed, With(4, other[4] with { Situation = Make.Situation() }));
        Named(1, Tampering.Changed, [.. other.Select(e => Sealed(e with { Situation = Make.Situation() }))]);
    }

    [Fact]
    public void A_tail_that_was_rewritten_whole_is_found_by_the_seal_of_the_row()
    {
        var rewritten = Chain(Make.Situation(), 9, "another story");
        Named(9, Tampering.Changed, rewritten);
    }

    [Fact]
    public void A_searchable_copy_that_says_something_else_is_found()
    {
        var check = new TimelineCheck(Make.Situation(), 9, Whole[^1].Hash);
        foreach (var entry in Whole)
        {
            check.Next(entry, bodyAgrees: entry.Seq != 6);
        }

        Assert.Equal((6, Tampering.Changed), (check.End()!.Seq, check.Finding!.Tampering));
    }

    private static List<StoredEntry> Chain(SituationId id, int length, string text = "note")
    {
        var chain = new List<StoredEntry>();
        var hash = Timeline.Genesis(id);
        for (var seq = 1; seq <= length; seq++)
        {
            chain.Add(Timeline.Seal(id, seq, Make.Noon.AddMinutes(seq), Actor.Of(Make.Ania), new Noted($"{text} {seq}"), hash));
            hash = chain[^1].Hash;
        }

        return chain;
    }

    private static TimelineFinding? Check(IEnumerable<StoredEntry> entries)
    {
        var check = new TimelineCheck(Make.Situation(), Whole.Count, Whole[^1].Hash);
        foreach (var entry in entries)
        {
            check.Next(entry);
        }

        return check.End();
    }

    private static TimelineFinding Named(int seq, Tampering tampering, IReadOnlyList<StoredEntry> entries)
    {
        var finding = Check(entries);
        Assert.NotNull(finding);
        Assert.Equal((seq, tampering), (finding.Seq, finding.Tampering));
        return finding;
    }

    private static List<StoredEntry> With(int index, StoredEntry entry) => [.. Whole[..index], entry, .. Whole[(index + 1)..]];

    private static StoredEntry Sealed(StoredEntry entry) => entry with { Hash = Timeline.Hash(entry) };

    private static byte[] Flipped(byte[] hash) => [(byte)(hash[0] ^ 1), .. hash[1..]];
}
