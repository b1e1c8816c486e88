namespace Holdfast.Core.Situations;

/// <summary>What was done to a timeline. Names are printed by <c>holdfast verify</c>.</summary>
public enum Tampering
{
    /// <summary>What the entry says, or its seal, is not what was written.</summary>
    Changed,

    /// <summary>An entry that was written is not there.</summary>
    Removed,

    /// <summary>The entry was written under another number.</summary>
    Moved,

    /// <summary>The entry was not written by the program.</summary>
    Added,
}

/// <summary>The first entry of a situation that is not as it was written.</summary>
/// <param name="WrittenAs">The number it was written under, where it was moved.</param>
public sealed record TimelineFinding(SituationId Situation, int Seq, Tampering Tampering, string What, int? WrittenAs = null);

/// <summary>Follows one chain entry by entry, in the order of seq, and holds on to the first that is wrong.</summary>
/// <param name="lastSeq">What the situation's own row says of its last entry, which is what shows a cut-off tail.</param>
public sealed class TimelineCheck(SituationId situation, int lastSeq, byte[] lastHash)
{
    private int _seq;
    private byte[] _hash = Timeline.Genesis(situation);

    /// <summary>The first thing that is wrong, or null so far.</summary>
    public TimelineFinding? Finding { get; private set; }

    public int Checked => _seq;

    /// <param name="bodyAgrees">Whether the searchable copy of the body says the same as the sealed text.</param>
    public void Next(StoredEntry entry, bool bodyAgrees = true)
    {
        Finding ??= Examine(entry, bodyAgrees);
        (_seq, _hash) = (entry.Seq, entry.Hash);
    }

    public TimelineFinding? End() => Finding ??= AtTheEnd();

    private TimelineFinding? Examine(StoredEntry entry, bool bodyAgrees)
    {
        var due = _seq + 1;
        if (entry.Seq != due)
        {
            return entry.Seq > due
                ? Found(due, Tampering.Removed, $"The next entry that is there is {entry.Seq}.")
                : Found(entry.Seq, Tampering.Added, "Entries are numbered from 1.");
        }

        var linked = entry.PreviousHash.AsSpan().SequenceEqual(_hash);
        if (!Timeline.Hash(entry).AsSpan().SequenceEqual(entry.Hash))
        {
            return WrittenAs(entry) is { } other
                ? Found(due, Tampering.Moved, $"What stands here was written as entry {other}.") with { WrittenAs = other }
                : Found(due, Tampering.Changed, "Its content does not match its seal.");
        }

        if (!linked)
        {
            // It is whole in itself, so what it was written after is no longer what stands before it.
            return due == 1
                ? Found(due, Tampering.Changed, "It does not begin this situation's chain.")
                : Found(due - 1, Tampering.Changed, $"It was sealed again: entry {due} was written after something else.");
        }

        return bodyAgrees ? null : Found(due, Tampering.Changed, "Its searchable copy says something else than its sealed text.");
    }

    private TimelineFinding? AtTheEnd()
    {
        if (_seq < lastSeq)
        {
            return Found(_seq + 1, Tampering.Removed, $"The situation had {lastSeq} entries; {_seq} are there.");
        }

        if (_seq > lastSeq)
        {
            return Found(lastSeq + 1, Tampering.Added, $"The situation had {lastSeq} entries; {_seq} are there.");
        }

        return _hash.AsSpan().SequenceEqual(lastHash) ? null : Found(_seq, Tampering.Changed, "It is not the entry that was written last.");
    }

    private int? WrittenAs(StoredEntry entry)
    {
        for (var seq = 1; seq <= Math.Max(lastSeq, entry.Seq) + 1; seq++)
        {
            if (Timeline.Hash(entry with { Seq = seq }).AsSpan().SequenceEqual(entry.Hash))
            {
                return seq;
            }
        }

        return null;
    }

    private TimelineFinding Found(int seq, Tampering tampering, string what) => new(situation, seq, tampering, what);
}
