namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>All that the simulated server knows. Every method takes the one lock; what is returned is not changed later.</summary>
internal sealed class MastodonWorld(TimeProvider time)
{
    /// <summary>How long the server remembers an Idempotency-Key, as documented.</summary>
    public static readonly TimeSpan KeyMemory = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly List<SimulatedAccount> _accounts = [];
    private readonly Dictionary<string, SimulatedAccount> _tokens = [];
    private readonly SortedDictionary<long, SimulatedStatus> _statuses = [];
    private readonly SortedDictionary<long, SimulatedMedia> _media = [];
    private readonly SortedDictionary<long, SimulatedScheduled> _scheduled = [];
    private readonly List<SimulatedNotification> _notifications = [];
    private readonly HashSet<(long Who, long Whom)> _follows = [];
    private readonly Dictionary<(long Who, string Key), (long Id, DateTimeOffset Until)> _keys = [];
    private readonly List<MastodonSubscription> _subscriptions = [];
    private long _lastId;

    public event Action<SimulatedStatus>? Published;

    public SimulatedAccount AddAccount(string name, string? displayName = null, long followers = 0)
    {
        lock (_lock)
        {
            var account = new SimulatedAccount(NextId(), name, displayName ?? name, time.GetUtcNow(), $"token-of-{name}-{_accounts.Count}") { Followers = followers };
            _accounts.Add(account);
            _tokens[account.Token] = account;
            return account;
        }
    }

    public SimulatedAccount? ByToken(string token) => Locked(() => _tokens.GetValueOrDefault(token));

    public void Revoke(string token) => Locked(() => _tokens.Remove(token));

    public SimulatedAccount? ByName(string name) => Locked(() => _accounts.FirstOrDefault(a => string.Equals(a.Name, name, StringComparison.OrdinalIgnoreCase)));

    public SimulatedAccount? ById(long? id) => Locked(() => _accounts.FirstOrDefault(a => a.Id == id));

    public IReadOnlyList<SimulatedAccount> Accounts => Locked(() => _accounts.ToArray());

    public IReadOnlyList<SimulatedStatus> Statuses => Locked(() => _statuses.Values.ToArray());

    public IReadOnlyList<SimulatedScheduled> ScheduledOf(SimulatedAccount by) => Locked(() => _scheduled.Values.Where(s => s.By == by).ToArray());

    public IReadOnlyList<SimulatedNotification> NotificationsOf(SimulatedAccount to) => Locked(() => _notifications.Where(n => n.To == to).ToArray());

    public void Follow(SimulatedAccount who, SimulatedAccount whom) => Locked(() => _follows.Add((who.Id, whom.Id)));

    public bool Follows(SimulatedAccount who, SimulatedAccount whom) => Locked(() => _follows.Contains((who.Id, whom.Id)));

    public SimulatedStatus? Status(long? id) => Locked(() => id is { } known ? _statuses.GetValueOrDefault(known) : null);

    public SimulatedMedia? Media(long? id) => Locked(() => id is { } known ? _media.GetValueOrDefault(known) : null);

    /// <summary>Says something in somebody's name, as if through the server's own pages.</summary>
    public SimulatedStatus Say(SimulatedAccount by, string text, SimulatedStatus? inReplyTo = null, string visibility = "public", string? language = null) =>
        Publish(new SimulatedStatus(0, by, text, default) { InReplyTo = inReplyTo?.Id, Visibility = visibility, Language = language });

    /// <summary>What was published under the same key within the last hour; a status that is gone since is not found, as on the real server.</summary>
    public (bool Known, SimulatedStatus? Status, SimulatedScheduled? Scheduled) Repeated(SimulatedAccount by, string? key) => Locked(() =>
        key is not null && _keys.TryGetValue((by.Id, key), out var kept) && kept.Until > time.GetUtcNow()
            ? (true, _statuses.GetValueOrDefault(kept.Id), _scheduled.GetValueOrDefault(kept.Id))
            : (false, (SimulatedStatus?)null, (SimulatedScheduled?)null));

    public SimulatedStatus Publish(SimulatedStatus draft)
    {
        SimulatedStatus status;
        lock (_lock)
        {
            status = draft with { Id = NextId(), At = time.GetUtcNow() };
            _statuses[status.Id] = status;
            foreach (var medium in status.Media)
                medium.IsAttached = true;
            if (status.Key is { } key)
                _keys[(status.By.Id, key)] = (status.Id, status.At + KeyMemory);
            Tell("update", status);
            foreach (var to in MastodonHtml.Mentions(status.Text).Select(Find).OfType<SimulatedAccount>().Where(to => to != status.By && to.IsLocal).Distinct())
                Notify("mention", to, status.By, status);
        }

        Published?.Invoke(status);
        return status;
    }

    public SimulatedStatus? Edit(long id, string text)
    {
        lock (_lock)
        {
            if (!_statuses.TryGetValue(id, out var status))
                return null;
            var edited = status with { Text = text, EditedAt = time.GetUtcNow() };
            _statuses[id] = edited;
            Tell("status.update", edited);
            return edited;
        }
    }

    public bool Delete(long id)
    {
        lock (_lock)
        {
            if (!_statuses.Remove(id, out var status))
                return false;
            // Who was mentioned is told, follower or not.
            foreach (var subscription in _subscriptions.Where(s => s.Wants(status, Followed) || (s.Stream == "user" && MastodonHtml.Mentions(status.Text).Contains(s.Who.Name, StringComparer.OrdinalIgnoreCase))))
                subscription.Offer(new("delete", null, null, MastodonJson.Id(id)));
            return true;
        }
    }

    public SimulatedMedia AddMedia(SimulatedAccount by, string type, byte[] bytes, string? alt, TimeSpan processing)
    {
        lock (_lock)
        {
            var medium = new SimulatedMedia(NextId(), by, type, bytes, alt, time.GetUtcNow() + processing);
            _media[medium.Id] = medium;
            return medium;
        }
    }

    public void Describe(SimulatedMedia medium, string? alt) => Locked(() => _media[medium.Id] = medium with { Alt = alt });

    public SimulatedScheduled Schedule(SimulatedScheduled draft)
    {
        lock (_lock)
        {
            var scheduled = draft with { Id = NextId() };
            _scheduled[scheduled.Id] = scheduled;
            foreach (var medium in scheduled.Draft.Media)
                medium.IsAttached = true;
            if (scheduled.Draft.Key is { } key)
                _keys[(scheduled.By.Id, key)] = (scheduled.Id, time.GetUtcNow() + KeyMemory);
            return scheduled;
        }
    }

    public SimulatedScheduled Move(SimulatedScheduled scheduled, DateTimeOffset to) => Locked(() => _scheduled[scheduled.Id] = scheduled with { At = to });

    /// <summary>Its pictures can be used again until the server sweeps them away (after about a day).</summary>
    public void Withdraw(SimulatedScheduled scheduled) => Locked(() =>
    {
        foreach (var medium in scheduled.Draft.Media)
            medium.IsAttached = false;
        return _scheduled.Remove(scheduled.Id);
    });

    /// <summary>What the server does with pictures that belong to nothing.</summary>
    public void SweepMedia() => Locked(() =>
    {
        foreach (var (id, _) in _media.Where(m => !m.Value.IsAttached).ToArray())
            _media.Remove(id);
        return 0;
    });

    /// <summary>Publishes what is due on the server's own scheduler, whoever froze what elsewhere.</summary>
    public void PublishDue()
    {
        var now = time.GetUtcNow();
        foreach (var due in Locked(() => _scheduled.Values.Where(s => s.At <= now).ToArray()))
        {
            if (Locked(() => _scheduled.Remove(due.Id)))
                Publish(due.Draft with { Key = null });
        }
    }

    public MastodonSubscription Subscribe(SimulatedAccount who, string stream, string? tag)
    {
        var subscription = new MastodonSubscription(who, stream, tag);
        lock (_lock)
            _subscriptions.Add(subscription);
        return subscription;
    }

    public void Unsubscribe(MastodonSubscription subscription) => Locked(() => _subscriptions.Remove(subscription));

    private void Tell(string name, SimulatedStatus status)
    {
        foreach (var subscription in _subscriptions.Where(s => s.Wants(status, Followed)))
            subscription.Offer(new(name, status, null, ""));
    }

    private void Notify(string type, SimulatedAccount to, SimulatedAccount from, SimulatedStatus status)
    {
        var notification = new SimulatedNotification(NextId(), type, to, from, status.Id, time.GetUtcNow());
        _notifications.Add(notification);
        foreach (var subscription in _subscriptions.Where(s => s.Who == to && s.Stream is "user" or "user:notification"))
            subscription.Offer(new("notification", status, notification, ""));
    }

    private SimulatedAccount? Find(string name) => _accounts.FirstOrDefault(a => string.Equals(a.Name, name, StringComparison.OrdinalIgnoreCase));

    private bool Followed(SimulatedAccount who, SimulatedAccount whom) => _follows.Contains((who.Id, whom.Id));

    /// <summary>Milliseconds and a counter, as the real server's: they sort by time and are never used twice.</summary>
    private long NextId() => _lastId = Math.Max(_lastId + 1, time.GetUtcNow().ToUnixTimeMilliseconds() << 16);

    private T Locked<T>(Func<T> act)
    {
        lock (_lock)
            return act();
    }
}
