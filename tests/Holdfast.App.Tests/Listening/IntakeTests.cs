using Holdfast.Listening;
using Npgsql;

namespace Holdfast.App.Tests.Listening;

public sealed class IntakeTests
{
    private const string Pulse = """
        select format('%s %s %s negative %s by %s of %s, %s', p.minute at time zone 'UTC', p.network, p.mentions, p.negative,
                      cardinality(p.negative_authors), cardinality(p.authors), p.reach)
        from pulse p join monitor m on m.id = p.monitor_id where m.brand_id = @brand order by p.minute, p.network
        """;

    private const string Bad = "Acorn Air is awful, terrible and the worst, I hate it";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_post_is_stored_read_counted_and_owed_to_detection()
    {
        await using var stage = await IntakeStage.StartAsync();

        var verdicts = await stage.HandInAsync(stage.Item("1", Bad, IntakeStage.Noon), stage.Item("2", "nothing here"));

        Assert.Equal([IntakeVerdict.Accepted, IntakeVerdict.Unmatched], verdicts);
        Assert.Equal(["2026-03-02 12:00:00 x 1 negative 1 by 1 of 1, 10"], await stage.RowsAsync(Pulse));
        Assert.Equal(1, await stage.CountAsync("select count(*) from mention where brand_id = @brand and class = -1 and counted_negative"));
        Assert.Equal(["2026-03-02 12:00:00 2026-03-02 12:00:00"], await stage.RowsAsync("select format('%s %s', from_minute at time zone 'UTC', to_minute at time zone 'UTC') from detection_due where brand_id = @brand"));
        Assert.Equal(["1 0 1 0"], await stage.SourceAsync());
        Assert.Equal(2, await stage.CountAsync("select arrived from source_hour where source_id = @source"));
        Assert.Equal(0, await stage.CountAsync("select count(*) from post where network_id = '2'"));
    }

    [Fact]
    public async Task A_post_handed_in_again_changes_nothing_alone_or_twice_in_one_batch()
    {
        await using var stage = await IntakeStage.StartAsync();
        await stage.HandInAsync(stage.Item("1", Bad, IntakeStage.Noon));
        var before = await stage.RowsAsync(Pulse);

        var verdicts = await stage.HandInAsync(stage.Item("1", Bad, IntakeStage.Noon), stage.Item("1", Bad, IntakeStage.Noon));

        Assert.Equal([IntakeVerdict.Duplicate, IntakeVerdict.Duplicate], verdicts);
        Assert.Equal(before, await stage.RowsAsync(Pulse));
        Assert.Equal([IntakeVerdict.Accepted, IntakeVerdict.Duplicate], await stage.HandInAsync(stage.Item("7", "Acorn Air flew", IntakeStage.Noon.AddHours(1)), stage.Item("7", "Acorn Air flew", IntakeStage.Noon.AddHours(1))));
        Assert.Equal(1, await stage.CountAsync("select count(*) from detection_due where brand_id = @brand and from_minute = '2026-03-02 12:00Z'"));
    }

    [Fact]
    public async Task An_edit_keeps_the_earlier_text_and_is_read_again_while_the_pulse_stays()
    {
        await using var stage = await IntakeStage.StartAsync();
        await stage.HandInAsync(stage.Item("1", Bad, IntakeStage.Noon));
        var pulse = await stage.RowsAsync(Pulse);

        Assert.Equal([IntakeVerdict.Edited], await stage.HandInAsync(stage.Item("1", "Acorn Air was wonderful, I love it, thank you", IntakeStage.Noon)));
        Assert.Equal(1, await stage.CountAsync("select class from mention where brand_id = @brand"));
        Assert.Equal([IntakeVerdict.Edited], await stage.HandInAsync(stage.Item("1", "never mind", IntakeStage.Noon)));

        Assert.Equal([Bad, "Acorn Air was wonderful, I love it, thank you"], await stage.RowsAsync("select e.text from post_edit e join mention m on m.post_id = e.post_id where m.brand_id = @brand order by e.seen_at"));
        Assert.Equal(["never mind"], await stage.RowsAsync("select p.text from post p join mention m on m.post_id = p.id where m.brand_id = @brand"));
        Assert.Equal(1, await stage.CountAsync("select count(*) from post p join mention m on m.post_id = p.id where m.brand_id = @brand and p.search @@ plainto_tsquery('simple', 'never')"));
        Assert.Equal(pulse, await stage.RowsAsync(Pulse));
        // The export from before the edit comes once more.
        Assert.Equal([IntakeVerdict.Duplicate], await stage.HandInAsync(stage.Item("1", Bad, IntakeStage.Noon)));
        Assert.Equal(["never mind"], await stage.RowsAsync("select p.text from post p join mention m on m.post_id = p.id where m.brand_id = @brand"));
    }

    [Fact]
    public async Task A_copy_spreads_and_is_no_new_complaint_and_an_older_original_takes_the_count()
    {
        await using var stage = await IntakeStage.StartAsync();
        var noon = IntakeStage.Noon;
        await stage.HandInAsync(stage.Item("late", $"{Bad} https://example.org/1", noon.AddMinutes(10), "bob"));
        await stage.HandInAsync(stage.Item("later", $"@someone {Bad}", noon.AddMinutes(20), "cid"));
        Assert.Equal(
            ["2026-03-02 12:10:00 x 1 negative 1 by 1 of 1, 10", "2026-03-02 12:20:00 x 1 negative 0 by 0 of 1, 10"], await stage.RowsAsync(Pulse));

        await stage.HandInAsync(stage.Item("first", Bad, noon, "ann"));

        Assert.Equal(
            [
                "2026-03-02 12:00:00 x 1 negative 1 by 1 of 1, 10",
                "2026-03-02 12:10:00 x 1 negative 0 by 0 of 1, 10",
                "2026-03-02 12:20:00 x 1 negative 0 by 0 of 1, 10",
            ],
            await stage.RowsAsync(Pulse));
        Assert.Equal(["first"], await stage.RowsAsync("select p.network_id from mention m join post p on p.id = m.post_id where m.brand_id = @brand and not m.spreads"));
        Assert.Equal(["2026-03-02 12:00:00 2026-03-02 12:10:00"], await stage.RowsAsync("select format('%s %s', from_minute at time zone 'UTC', to_minute at time zone 'UTC') from detection_due where brand_id = @brand order by id desc limit 1"));
    }

    [Fact]
    public async Task A_short_text_that_many_say_is_no_copy_and_a_repost_always_is()
    {
        await using var stage = await IntakeStage.StartAsync();

        await stage.HandInAsync(
            stage.Item("1", "Acorn Air is awful", IntakeStage.Noon, "ann"),
            stage.Item("2", "Acorn Air is awful", IntakeStage.Noon, "bob"),
            stage.Item("3", "Acorn Air is awful", IntakeStage.Noon, "cid", repostOf: "1"));

        Assert.Equal(["2026-03-02 12:00:00 x 3 negative 2 by 2 of 3, 30"], await stage.RowsAsync(Pulse));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_same_posts_in_any_order_and_any_batches_give_the_same_pulse(int seed)
    {
        await using var orderly = await IntakeStage.StartAsync();
        await using var shuffled = await IntakeStage.StartAsync();
        var random = new Random(seed);
        string[] texts = [Bad, "RT @someone: " + Bad, $"{Bad} http://a.example/{seed}", "Acorn Air was fine I suppose, nothing to say really", "Acorn Air awful", "nothing"];
        var posts = Enumerable.Range(0, 200)
            .Select(i => (Id: $"{i:000}", Text: texts[random.Next(texts.Length)], At: IntakeStage.Noon.AddSeconds(random.Next(600)), Author: $"a{random.Next(9)}"))
            .ToList();

        await orderly.HandInAsync([.. posts.OrderBy(p => p.At).Select(p => orderly.Item(p.Id, p.Text, p.At, p.Author))]);
        var disorder = posts.OrderBy(_ => random.Next()).ToList();
        while (disorder.Count > 0)
        {
            var batch = disorder[..Math.Min(disorder.Count, random.Next(1, 30))];
            await shuffled.HandInAsync([.. batch.Concat(batch.Take(2)).Select(p => shuffled.Item(p.Id, p.Text, p.At, p.Author))]);
            disorder.RemoveRange(0, batch.Count);
        }

        var expected = await orderly.RowsAsync(Pulse);
        Assert.True(expected.Count > 5);
        Assert.Contains(expected, row => !row.Contains("negative 0", StringComparison.Ordinal));
        Assert.Equal(expected, await shuffled.RowsAsync(Pulse));
    }

    [Fact]
    public async Task A_poisonous_post_is_parked_with_its_bytes_and_the_rest_is_stored()
    {
        await using var stage = await IntakeStage.StartAsync();
        var items = Enumerable.Range(0, 50).Select(i => stage.Item($"p{i}", i == 17 ? "Acorn Air \0 broke" : $"Acorn Air number {i}")).ToArray();

        var verdicts = await stage.HandInAsync(items);

        Assert.Equal(IntakeVerdict.Rejected, verdicts[17]);
        Assert.Equal(49, verdicts.Count(v => v == IntakeVerdict.Accepted));
        Assert.Equal(49, await stage.CountAsync("select count(*) from mention where brand_id = @brand"));
        Assert.Equal(1, await stage.CountAsync("select count(*) from parked where source_id = @source and raw = convert_to('Acorn Air ', 'UTF8') || '\\x00'::bytea || convert_to(' broke', 'UTF8') and reason like 'It could not be stored%'"));
        Assert.Equal(["49 0 0 1"], await stage.SourceAsync());
    }

    [Fact]
    public async Task A_full_queue_turns_away_who_can_come_back_and_makes_the_others_wait()
    {
        await using var stage = await IntakeStage.StartAsync(running: false);
        IntakeSubmission Thousand(int n) => new(stage.Target.Source, [.. Enumerable.Range(0, 1000).Select(i => stage.Item($"q{n}-{i}", "nothing"))]);
        var taken = Enumerable.Range(0, 10).Select(Thousand).ToList();
        foreach (var submission in taken)
        {
            await stage.Desk.SubmitAsync(submission, Cancel);
        }

        var turnedAway = await stage.Desk.OfferAsync(Thousand(10), Cancel);
        var waits = stage.Desk.SubmitAsync(Thousand(11), Cancel).AsTask();

        Assert.Equal("intake.full", turnedAway.Refusals[0].Code);
        Assert.False(waits.IsCompleted);
        await stage.StartWorkerAsync();
        await waits;
        await Task.WhenAll(taken.Select(t => t.Done));
        Assert.True((await stage.Desk.OfferAsync(Thousand(12), Cancel)).Succeeded(out _));
    }

    [Fact]
    public async Task Connections_killed_in_the_middle_of_batches_cost_nothing_and_count_nothing_twice()
    {
        await using var stage = await IntakeStage.StartAsync(realTime: true);
        var submissions = Enumerable.Range(0, 30)
            .Select(n => new IntakeSubmission(stage.Target.Source, [.. Enumerable.Range(0, 200).Select(i => stage.Item($"k{n}-{i}", $"Acorn Air {n} {i}", IntakeStage.Noon))]))
            .ToList();
        using var killing = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var killer = KillAsync(stage.ConnectionString, killing.Token);

        foreach (var submission in submissions)
        {
            await stage.Desk.SubmitAsync(submission, Cancel);
        }

        var receipts = await Task.WhenAll(submissions.Select(s => s.Done));
        await killing.CancelAsync();

        Assert.True(await killer > 0, "No connection was killed: the test proves nothing.");
        Assert.Equal(6000, await stage.CountAsync("select count(*) from mention where brand_id = @brand"));
        Assert.Equal(["2026-03-02 12:00:00 x 6000 negative 0 by 0 of 1, 60000"], await stage.RowsAsync(Pulse));
        Assert.All(receipts, r => Assert.All(r.Outcomes, o => Assert.True(o.Verdict is IntakeVerdict.Accepted or IntakeVerdict.Duplicate)));
    }

    /// <summary>Ends every connection that is in the middle of a transaction, again and again; how many it ended.</summary>
    private static async Task<int> KillAsync(string connectionString, CancellationToken cancel)
    {
        var killed = 0;
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()", connection);
        // Longer and longer pauses, so that on a slow machine too a batch gets through in the end.
        for (var pause = TimeSpan.FromMilliseconds(20); !cancel.IsCancellationRequested; pause *= 1.3)
        {
            killed += (int)(long)(await command.ExecuteScalarAsync(CancellationToken.None))!;
            await Task.WhenAny(Task.Delay(pause, TimeProvider.System, cancel));
        }

        return killed;
    }
}
