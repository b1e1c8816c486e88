using Dapper;
using Holdfast.Core.Situations;
using Holdfast.Situations;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Situations;

/// <summary>Tampers with stored timelines as someone with all rights on the database would, the trigger switched off.</summary>
public sealed class VerificationTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, int, Tampering> Tamperings => new()
    {
        { """update timeline_entry set body_text = '{"text":"never said"}', body = '{"text":"never said"}' where situation_id = @id and seq = 4""", 4, Tampering.Changed },
        { "update timeline_entry set body = body || '{\"text\":\"never said\"}' where situation_id = @id and seq = 4", 4, Tampering.Changed },
        { "update timeline_entry set body_text = body_text || ' ' where situation_id = @id and seq = 4", 4, Tampering.Changed },
        { "update timeline_entry set at = at - interval '1 microsecond' where situation_id = @id and seq = 4", 4, Tampering.Changed },
        { "update timeline_entry set who = 'clock' where situation_id = @id and seq = 4", 4, Tampering.Changed },
        { "update timeline_entry set kind = 'DecisionTaken' where situation_id = @id and seq = 4", 4, Tampering.Changed },
        { "update timeline_entry set hash = sha256(hash) where situation_id = @id and seq = 4", 4, Tampering.Changed },
        { "update timeline_entry set previous_hash = sha256(hash) where situation_id = @id and seq = 4", 4, Tampering.Changed },
        { "delete from timeline_entry where situation_id = @id and seq = 1", 1, Tampering.Removed },
        { "delete from timeline_entry where situation_id = @id and seq = 4", 4, Tampering.Removed },
        { "delete from timeline_entry where situation_id = @id and seq = 9", 9, Tampering.Removed },
        { "delete from timeline_entry where situation_id = @id and seq > 6", 7, Tampering.Removed },
        { "delete from timeline_entry where situation_id = @id", 1, Tampering.Removed },
        { "delete from timeline_entry where situation_id = @id and seq = 4; update timeline_entry set seq = seq - 1 where situation_id = @id and seq > 4", 4, Tampering.Moved },
        { "update timeline_entry set seq = 100 where situation_id = @id and seq = 4; update timeline_entry set seq = 4 where situation_id = @id and seq = 6; update timeline_entry set seq = 6 where situation_id = @id and seq = 100", 4, Tampering.Moved },
        { "insert into timeline_entry select situation_id, 10, at, who, kind, body, body_text, previous_hash, hash from timeline_entry where situation_id = @id and seq = 4", 10, Tampering.Moved },
        { "update timeline_entry set seq = seq + 100 where situation_id = @id and seq > 4; update timeline_entry set seq = seq - 99 where situation_id = @id and seq > 100; insert into timeline_entry select situation_id, 5, at, who, kind, body, body_text, previous_hash, hash from timeline_entry where situation_id = @id and seq = 4", 5, Tampering.Moved },
        { "delete from timeline_entry where situation_id = @id and seq = 4; insert into timeline_entry select @id, seq, at, who, kind, body, body_text, previous_hash, hash from timeline_entry where situation_id = @other and seq = 4", 4, Tampering.Moved },
        { "update situation set last_seq = 8 where id = @id", 9, Tampering.Added },
        { "update situation set last_hash = sha256(last_hash) where id = @id", 9, Tampering.Changed },
        { "delete from timeline_entry where situation_id = @id and seq = 9; update situation set last_seq = 8 where id = @id", 8, Tampering.Changed },
        { "update situation set level = 1 where id = @id", 9, Tampering.Changed },
        { "update situation set state = 'Closed' where id = @id", 9, Tampering.Changed },
    };

    [Theory, MemberData(nameof(Tamperings))]
    public async Task Whatever_is_done_to_a_timeline_is_found_and_named(string sql, int seq, Tampering tampering)
    {
        var bench = await SituationBench.NewAsync(database);
        var (id, other) = (await TimelineOfNineAsync(bench), await TimelineOfNineAsync(bench));
        Assert.DoesNotContain((await VerifyAsync(bench)).Findings, f => f.Situation == id || f.Situation == other);

        await TamperAsync(bench, sql, id, other);

        var verified = await VerifyAsync(bench);
        var finding = Assert.Single(verified.Findings, f => f.Situation == id);
        Assert.Equal((seq, tampering), (finding.Seq, finding.Tampering));
        Assert.DoesNotContain(verified.Findings, f => f.Situation == other);
        using var text = new StringWriter();
        await VerifyReport.WriteAsync(text, verified);
        Assert.Contains($"situation {id.Value}, entry {seq}: {tampering.ToString().ToLowerInvariant()}", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_itself_refuses_to_change_delete_or_empty_a_timeline()
    {
        var bench = await SituationBench.NewAsync(database);
        var id = await TimelineOfNineAsync(bench);
        await using var connection = await bench.Store.OpenAsync(Cancel);
        foreach (var sql in new[] { "update timeline_entry set who = 'x' where situation_id = @id", "delete from timeline_entry where situation_id = @id", "truncate timeline_entry cascade" })
        {
            Assert.Contains("only grows", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => connection.ExecuteAsync(sql, new { id }))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_chain_rewritten_whole_is_found_only_by_a_witness_from_outside()
    {
        var bench = await SituationBench.NewAsync(database);
        var (id, gone) = (await TimelineOfNineAsync(bench), await TimelineOfNineAsync(bench));
        using var kept = new StringWriter();
        await VerifyReport.WriteJsonAsync(kept, await VerifyAsync(bench));
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, kept.ToString(), Cancel);

        await RewriteAsync(bench, id);
        await TamperAsync(bench, "delete from timeline_entry where situation_id = @id; delete from situation where id = @id", gone, id);

        Assert.DoesNotContain((await VerifyAsync(bench)).Findings, f => f.Situation == id || f.Situation == gone);
        var witnessed = await new Verification(bench.Store).RunAsync(await VerifyReport.ReadWitnessAsync(file, Cancel), Cancel);
        Assert.Equal((9, Tampering.Changed), witnessed.Findings.Where(f => f.Situation == id).Select(f => (f.Seq, f.Tampering)).Single());
        Assert.Equal((9, Tampering.Removed), witnessed.Findings.Where(f => f.Situation == gone).Select(f => (f.Seq, f.Tampering)).Single());
        File.Delete(file);
    }

    [Fact]
    public async Task What_went_on_after_the_witness_is_no_fault()
    {
        var bench = await SituationBench.NewAsync(database);
        var id = await TimelineOfNineAsync(bench);
        var witness = (await VerifyAsync(bench)).Heads.Where(head => head.Situation == id).ToList();
        await bench.ActAsync(id, s => SituationDecisions.Note(s, "later"));
        Assert.DoesNotContain((await new Verification(bench.Store).RunAsync(witness, Cancel)).Findings, f => f.Situation == id);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"heads":[{"situation":"x","entry":1,"hash":""}]}""")]
    [InlineData("[1]")]
    public async Task A_file_that_is_no_witness_is_refused_with_a_sentence(string text)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, text, Cancel);
        var refused = await Assert.ThrowsAsync<Holdfast.Database.DatabaseException>(() => VerifyReport.ReadWitnessAsync(file, Cancel));
        Assert.Contains("is not the output of verify --json", refused.Message, StringComparison.Ordinal);
        File.Delete(file);
        await Assert.ThrowsAsync<Holdfast.Database.DatabaseException>(() => VerifyReport.ReadWitnessAsync(file, Cancel));
    }

    private static async Task<SituationId> TimelineOfNineAsync(SituationBench bench)
    {
        var id = await bench.DeclareAsync();
        for (var i = 2; i <= 9; i++)
        {
            await bench.ActAsync(id, s => SituationDecisions.Note(s, $"note {i}, zażółć"));
        }

        return id;
    }

    private static Task<Verified> VerifyAsync(SituationBench bench) => new Verification(bench.Store).RunAsync([], Cancel);

    private static Task TamperAsync(SituationBench bench, string sql, SituationId id, SituationId other) =>
        bench.Store.InTransactionAsync(async transaction =>
        {
            await transaction.Connection!.ExecuteAsync("alter table timeline_entry disable trigger user", transaction: transaction);
            await transaction.Connection!.ExecuteAsync(sql, new { id, other }, transaction);
            await transaction.Connection!.ExecuteAsync("alter table timeline_entry enable trigger user", transaction: transaction);
        }, Cancel);

    /// <summary>What an administrator of the database can do: every entry anew, every seal after it, and the row.</summary>
    private static async Task RewriteAsync(SituationBench bench, SituationId id)
    {
        var entries = await bench.TimelineAsync(id);
        await TamperAsync(bench, "delete from timeline_entry where situation_id = @id; update situation set last_seq = 0 where id = @id", id, id);
        await bench.Store.InTransactionAsync(async transaction =>
        {
            var begun = new LoadedSituation(Situation.Empty(id), Timeline.Genesis(id));
            foreach (var entry in entries)
            {
                var e = entry.Event is Noted note ? new Noted(note.Text + ", or so they say") : entry.Event;
                begun = await TimelineSql.AppendAsync(transaction, begun, [e], entry.Who, entry.At, Cancel);
            }
        }, Cancel);
    }
}
