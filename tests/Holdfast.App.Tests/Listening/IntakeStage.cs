using Dapper;
using Holdfast.Brands;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Database;
using Holdfast.Listening;
using Holdfast.Testing;
using Holdfast.Testing.Database;
using Microsoft.Extensions.Logging.Abstractions;

namespace Holdfast.App.Tests.Listening;

/// <summary>A running intake on a real database of its own, with one brand.</summary>
internal sealed class IntakeStage : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly DatabaseFixture _database;
    private readonly IntakeWorker _worker;
    private long _next;

    private IntakeStage(DatabaseFixture database, FakeTime time, IntakeWorker worker, IntakeQueue queue)
    {
        (_database, Time, _worker, Queue) = (database, time, worker, queue);
        Desk = new IntakeDesk(queue, time);
        Imports = new ImportDesk(Store, new BrandDesk(Store, time), Desk, time);
    }

    public Store Store => _database.Store;

    public string ConnectionString => _database.ConnectionString;

    public FakeTime Time { get; }

    public IntakeQueue Queue { get; }

    public IntakeDesk Desk { get; }

    public ImportDesk Imports { get; }

    public ImportTarget Target { get; private set; } = null!;

    public static async Task<IntakeStage> StartAsync(string brand = "Acorn Air", bool running = true, bool realTime = false)
    {
        var database = new DatabaseFixture();
        await database.InitializeAsync();
        var store = database.Store;
        var time = new FakeTime(Noon);
        var queue = new IntakeQueue();
        var worker = new IntakeWorker(queue, new MonitorCatalogue(store, time), store, realTime ? TimeProvider.System : time, NullLogger<IntakeWorker>.Instance);
        var stage = new IntakeStage(database, time, worker, queue);
        stage.Target = (await stage.Imports.PrepareAsync(brand, "x", default)).Value;
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

    /// <summary>The counters of the source: accepted, duplicate, unmatched, rejected.</summary>
    public Task<IReadOnlyList<string>> SourceAsync() =>
        RowsAsync("select format('%s %s %s %s', accepted, duplicate, unmatched, rejected) from source");

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(default);
        return await connection.QuerySingleAsync<long>(sql, new { brand = Target.Source.Brands.First(), source = Target.Source.Id });
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.StopAsync(default);
        _worker.Dispose();
        await _database.DisposeAsync();
    }
}
