using System.Collections.Concurrent;
using System.Globalization;
using Dapper;
using Npgsql;

namespace Holdfast.Database;

/// <summary>
/// "This changed": short topics (<c>brand:…</c>, <c>detection</c>) sent with a commit and heard by every node. A hint, never the
/// truth: who hears one looks into the database; who must not miss one also looks there from time to time.
/// </summary>
internal sealed class Changes(Store store, TimeProvider time, ILogger<Changes> log) : BackgroundService
{
    /// <summary>For a statement among others.</summary>
    public const string NotifySql = "select pg_notify('holdfast', @topic)";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private Subscription[] _subscriptions = [];

    // What this node heard, counted. Only the listening task writes: first when a topic was heard last, then to the subscribers, then
    // that they were told; so whoever subscribes and then asks what changed since a mark misses nothing.
    private readonly string _node = Ids.New(time).ToString("N");
    private readonly ConcurrentDictionary<string, long> _last = new(StringComparer.Ordinal);
    private long _heard;
    private long _told;
    private long _deaf;

    /// <summary>How far this node has told its news. A page keeps the mark of before it was rendered, and asks with it what it missed.</summary>
    public string Mark => string.Create(CultureInfo.InvariantCulture, $"{_node}-{Volatile.Read(ref _told)}");

    /// <summary>Completes when the first connection hears; what is committed later is not missed.</summary>
    public Task Listening => _listening.Task;

    /// <summary>Sent when <paramref name="transaction"/> commits, once however often it is said in it; not at all when it rolls back.</summary>
    public static Task NotifyAsync(NpgsqlTransaction transaction, string topic) =>
        transaction.Connection!.ExecuteAsync(NotifySql, new { topic }, transaction);

    /// <summary>
    /// Calls <paramref name="changed"/> with each topic that begins with <paramref name="prefix"/>, on the listening task: be quick.
    /// <paramref name="missed"/> is called after the connection was lost and found again, when anything may have been
    /// missed; without it, <paramref name="changed"/> is then called with the prefix itself.
    /// </summary>
    public IDisposable Subscribe(string prefix, Action<string> changed, Action? missed = null)
    {
        var subscription = new Subscription(this, prefix, changed, missed ?? (() => changed(prefix)));
        lock (_lock)
        {
            _subscriptions = [.. _subscriptions, subscription];
        }

        return subscription;
    }

    /// <summary>Whether <paramref name="topic"/> may have changed since; of a mark that is not this node's, everything may have.</summary>
    public bool MayHaveChanged(string topic, string? mark) =>
        mark?.Split('-') is not [var node, var told] || node != _node || !long.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var since)
        || Volatile.Read(ref _deaf) > since || (_last.TryGetValue(topic, out var last) && last > since);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        var lost = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await store.OpenAsync(stoppingToken);
                connection.Notification += (_, e) => Tell(e.Payload);
                await connection.ExecuteAsync("listen holdfast");
                Volatile.Write(ref _deaf, ++_heard);
                if (lost)
                {
                    log.LogInformation("News between nodes is heard again.");
                    TellMissed();
                }

                Volatile.Write(ref _told, _heard);
                _listening.TrySetResult();

                pause = FirstPause;
                while (true)
                {
                    await connection.WaitAsync(stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested && e is NpgsqlException or IOException or TimeoutException)
            {
                if (!lost)
                {
                    log.LogWarning("News between nodes is not heard: {Reason}. Trying again.", e.Message);
                }

                lost = true;
                await Task.Delay(pause, time, stoppingToken);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private void Tell(string topic)
    {
        _last[topic] = ++_heard;
        foreach (var subscription in _subscriptions)
        {
            if (topic.StartsWith(subscription.Prefix, StringComparison.Ordinal))
            {
                Call(() => subscription.Changed(topic));
            }
        }

        Volatile.Write(ref _told, _heard);
    }

    private void TellMissed()
    {
        foreach (var subscription in _subscriptions)
        {
            Call(subscription.Missed);
        }
    }

    private void Call(Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031 // One listener's fault must not make the whole node deaf.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogError(e, "A listener for changes failed.");
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            _subscriptions = [.. _subscriptions.Where(s => s != subscription)];
        }
    }

    private sealed class Subscription(Changes owner, string prefix, Action<string> changed, Action missed) : IDisposable
    {
        public string Prefix { get; } = prefix;

        public Action<string> Changed { get; } = changed;

        public Action Missed { get; } = missed;

        public void Dispose() => owner.Remove(this);
    }
}
