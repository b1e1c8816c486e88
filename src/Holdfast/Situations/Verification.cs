using System.Data;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Situations;

/// <summary>The end of one timeline: enough to prove later what it was at this moment.</summary>
internal sealed record TimelineHead(SituationId Situation, int Seq, string Hash);

/// <summary>What was found, and what a witness needs to keep.</summary>
/// <param name="Findings">The first wrong entry of each situation that has one, in the order in which situations began.</param>
/// <param name="Seal">One hash over all heads: short enough to be read out, printed or mailed.</param>
internal sealed record Verified(int Situations, long Entries, IReadOnlyList<TimelineFinding> Findings, IReadOnlyList<TimelineHead> Heads, string Seal)
{
    public bool Intact => Findings.Count == 0;
}

/// <summary>Goes through all timelines in one snapshot, entry by entry, holding one situation in memory at a time.</summary>
internal sealed class Verification(Store store)
{
    /// <param name="witness">Heads kept from an earlier run; each must still be part of its timeline.</param>
    public async Task<Verified> RunAsync(IReadOnlyList<TimelineHead> witness, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var pass = new Pass(witness);
        await foreach (var row in VerifySql.AllAsync(transaction).WithCancellation(cancel))
        {
            pass.Next(row);
        }

        pass.End();
        var findings = new List<TimelineFinding>(pass.Findings.Count);
        foreach (var finding in pass.Findings)
        {
            findings.Add(await WithTwinAsync(transaction, finding));
        }

        findings.AddRange((await VerifySql.StrayAsync(transaction))
            .Select(place => new TimelineFinding(place.Situation, place.Seq, Tampering.Added, "Its situation is not there.")));
        return new Verified(pass.Heads.Count, pass.Entries, findings, pass.Heads, Seal(pass.Heads));
    }

    private static async Task<TimelineFinding> WithTwinAsync(NpgsqlTransaction transaction, TimelineFinding finding) =>
        finding.Tampering == Tampering.Changed && await VerifySql.TwinAsync(transaction, finding.Situation, finding.Seq) is { } twin
            ? finding with { Tampering = Tampering.Moved, What = $"What stands here was written as entry {twin.Seq} of situation {twin.Situation.Value}.", WrittenAs = twin.Seq }
            : finding;

    private static string Seal(IReadOnlyList<TimelineHead> heads)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var head in heads)
        {
            hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{head.Situation.Value:D} {head.Seq} {head.Hash}\n")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The state of one pass over the rows.</summary>
    private sealed class Pass(IReadOnlyList<TimelineHead> witness)
    {
        private readonly Dictionary<(SituationId, int), string> _witness =
            witness.GroupBy(head => (head.Situation, head.Seq)).ToDictionary(same => same.Key, same => same.First().Hash);

        private readonly HashSet<(SituationId, int)> _met = [];
        private VerifyRow? _row;
        private TimelineCheck? _check;
        private Situation? _situation;
        private TimelineFinding? _other;

        public List<TimelineFinding> Findings { get; } = [];

        public List<TimelineHead> Heads { get; } = [];

        public long Entries { get; private set; }

        public void Next(VerifyRow row)
        {
            if (_row?.Situation != row.Situation)
            {
                Finish();
                _check = new TimelineCheck(row.Situation, row.LastSeq, row.LastHash);
                _situation = Situation.Empty(row.Situation);
            }

            _row = row;
            if (row.Seq is not { } seq)
            {
                return;
            }

            Entries++;
            var entry = row.Entry();
            _check!.Next(entry, BodyAgrees(row));
            Meet(entry);
            if (_check.Finding is null)
            {
                _situation = Read(entry);
            }
        }

        public void End()
        {
            Finish();
            Findings.AddRange(_witness.Keys.Where(key => !_met.Contains(key) && Findings.TrueForAll(f => f.Situation != key.Item1))
                .Select(key => new TimelineFinding(key.Item1, key.Item2, Tampering.Removed, "The witness has it; it is not there.")));
        }

        private void Meet(StoredEntry entry)
        {
            if (!_witness.TryGetValue((entry.Situation, entry.Seq), out var hash))
            {
                return;
            }

            _met.Add((entry.Situation, entry.Seq));
            if (!hash.Equals(Convert.ToHexStringLower(entry.Hash), StringComparison.OrdinalIgnoreCase))
            {
                _other = new TimelineFinding(
                    entry.Situation, entry.Seq, Tampering.Changed, "The witness has another seal for it: it, or something before it, was rewritten.");
            }
        }

        private void Finish()
        {
            if (_row is null)
            {
                return;
            }

            Heads.Add(new TimelineHead(_row.Situation, _row.LastSeq, Convert.ToHexStringLower(_row.LastHash)));
            if ((_check!.End() ?? _other ?? UnlikeRow(_row)) is { } finding)
            {
                Findings.Add(finding);
            }

            _other = null;
        }

        private Situation? Read(StoredEntry entry)
        {
            try
            {
                return _situation?.Apply(Timeline.Read(entry));
            }
            catch (JsonException)
            {
                _other ??= new TimelineFinding(entry.Situation, entry.Seq, Tampering.Added, "This program knows no such entry.");
                return null;
            }
        }

        /// <summary>What lists and rules read is the row; it must say what the timeline adds up to.</summary>
        private TimelineFinding? UnlikeRow(VerifyRow row)
        {
            if (_situation is not { } told || (row.State == told.State.ToString() && row.Level == (int)told.Level
                && row.Title == told.Title && row.Lead == told.Lead?.Value))
            {
                return null;
            }

            return new TimelineFinding(row.Situation, row.LastSeq, Tampering.Changed,
                $"The situation's own row says {row.State} at level {row.Level}; its timeline says {told.State} at level {(int)told.Level}, or its title or lead differ.");
        }

        private static bool BodyAgrees(VerifyRow row)
        {
            try
            {
                return JsonNode.DeepEquals(JsonNode.Parse(row.Body), JsonNode.Parse(row.BodyText));
            }
            catch (JsonException)
            {
                return false;
            }
        }
    }
}
