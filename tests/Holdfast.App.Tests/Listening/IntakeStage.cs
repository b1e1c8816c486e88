using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Database;
using Holdfast.Listening;
using Holdfast.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Holdfast.App.Tests.Listening;

/// <summary>A running intake on a real database, with a brand of its own.</summary>
internal sealed class IntakeStage : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly IntakeWorker _worker;
    private long _next;

    private IntakeStage(Store store, FakeTime time, IntakeWorker worker, IntakeQueue queue)
    {
        (Store, Time, _worker, Queue) = (store, time, worker, queue);
        Desk = new IntakeDesk(queue, time);
        Imports = new ImportDesk(store, Desk, time);
    }

    public Store Store { get; }

    public FakeTime Time { get; }

    public IntakeQueue Queue { get; }

    public IntakeDesk Desk { get; }

    public ImportDesk Imports { get; }

    public ImportTarget Target { get; private set; } = null!;

    public static async Task<IntakeStage> StartAsync(Store store, string brand, bool running = true)
    {
        var time = new FakeTime(Noon);
        var queue = new IntakeQueue();
        var worker = new IntakeWorker(queue, new MonitorCatalogue(store, time), store, time, NullLogger<IntakeWorker>.Instance);
        var stage = new IntakeStage(store, time, worker, queue);
        stage.Target = await stage.Imports.PrepareAsync(brand, "x", default);
        if (running)
        {
            await worker.StartAsync(default);
        }

        return stage;
    }

    public Task StartWorkerAsync() => _worker.StartAsync(default);

    public IntakeItem Item(string id, string text, DateTimeOffset? at = null, string author = "ann", string? repostOf = null, BrandId? about = null) =>
        new(
            new Post
            {
                Id = new(Ids.New(Time)),
                Network = "x",
                NetworkId = id,
                Author = new(author, author, Followers: 10),
                Text = text,
                At = at ?? Noon.AddMinutes(-_next++),
                RepostOf = repostOf,
            },
            System.Text.Encoding.UTF8.GetBytes(text.Replace("\ud800", "?", StringComparison.Ordinal)),
            "test",
            null,
            about);

    public async Task<IReadOnlyList<IntakeVerdict>> HandInAsync(params IntakeItem[] items)
    {
        var submission = new IntakeSubmission(Target.Source, items);
        await Desk.SubmitAsync(submission, default);
        return [.. (await submission.Done).Outcomes.Select(o => o.Verdict)];
    }

    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(default);
        return [.. await connection.QueryAsync<string>(sql, new { brand = Target.Source.Brands.First() })];
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(default);
        return await connection.QuerySingleAsync<long>(sql, new { brand = Target.Source.Brands.First(), source = Target.Source.Id });
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.StopAsync(default);
        _worker.Dispose();
    }
}
