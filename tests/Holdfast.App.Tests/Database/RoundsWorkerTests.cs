using System.Collections.Concurrent;
using Holdfast.Database;
using Holdfast.Testing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Holdfast.App.Tests.Database;

public sealed class RoundsWorkerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTime _time = new(new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
    private readonly Journal _log = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_round_that_broke_is_told_with_its_fault_and_the_next_one_goes_after_a_pause()
    {
        using var worker = new Worker(_time, _log, round => round == 1 ? throw new InvalidOperationException("A bug.") : Task.CompletedTask);
        await worker.StartAsync(Cancel);
        await UntilAsync(() => _log.Told.Count == 1);
        Assert.Equal((LogLevel.Error, "The test failed. It is tried again.", true), _log.Told.Single());
        Assert.Equal(1, worker.Rounds);

        await UntilAsync(() => worker.Rounds >= 3, () => _time.Advance(TimeSpan.FromSeconds(1)));
        Assert.Single(_log.Told);
        await worker.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_database_that_is_away_is_told_in_one_line()
    {
        using var worker = new Worker(_time, _log, round => round == 1 ? throw new NpgsqlException("It is away.") : Task.CompletedTask);
        await worker.StartAsync(Cancel);
        await UntilAsync(() => worker.Rounds >= 2, () => _time.Advance(TimeSpan.FromSeconds(1)));
        Assert.Equal((LogLevel.Warning, "The test failed. It is tried again. It is away.", false), _log.Told.Single());
        await worker.StopAsync(Cancel);
    }

    [Fact]
    public async Task The_end_of_the_server_ends_it_without_a_word_whatever_it_waits_for()
    {
        using var worker = new Worker(_time, _log, round => round == 1 ? throw new InvalidOperationException() : Task.CompletedTask);
        await worker.StartAsync(Cancel);
        await UntilAsync(() => _log.Told.Count == 1);
        await worker.StopAsync(Cancel).WaitAsync(Patience, Cancel);

        using var waiting = new Worker(_time, _log, _ => Task.CompletedTask);
        await waiting.StartAsync(Cancel);
        await UntilAsync(() => waiting.Rounds == 1);
        await waiting.StopAsync(Cancel).WaitAsync(Patience, Cancel);
        Assert.True(waiting.ExecuteTask is { IsCompletedSuccessfully: true });
        Assert.Single(_log.Told);
    }

    [Fact]
    public async Task One_hand_that_is_held_up_does_not_hold_up_the_others()
    {
        var held = new TaskCompletionSource();
        using var worker = new Worker(_time, _log, round => round == 1 ? held.Task : Task.CompletedTask, hands: 3);
        await worker.StartAsync(Cancel);
        await UntilAsync(() => worker.Rounds >= 9, () => _time.Advance(TimeSpan.FromSeconds(1)));
        held.SetResult();
        await worker.StopAsync(Cancel);
    }

    private static async Task UntilAsync(Func<bool> done, Action? meanwhile = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        while (!done())
        {
            meanwhile?.Invoke();
            await Task.Delay(1, limit.Token);
        }
    }

    private sealed class Worker(TimeProvider time, ILogger log, Func<int, Task> round, int hands = 1) : RoundsWorker(time, log)
    {
        private int _rounds;

        public int Rounds => Volatile.Read(ref _rounds);

        protected override int Hands => hands;

        protected override string Trouble => "The test failed.";

        protected override async Task RoundAsync(CancellationToken stopping)
        {
            await round(Interlocked.Increment(ref _rounds));
            await Task.Delay(TimeSpan.FromSeconds(1), Time, stopping);
        }
    }

    private sealed class Journal : ILogger
    {
        public ConcurrentQueue<(LogLevel Level, string Said, bool Fault)> Told { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Told.Enqueue((logLevel, formatter(state, exception), exception is not null));
    }
}
