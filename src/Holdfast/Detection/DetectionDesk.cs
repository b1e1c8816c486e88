using System.Collections.Concurrent;
using System.Text.Json;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Database;
using Holdfast.Situations;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>
/// Looks again at what new posts have changed. Evaluating, storing signals and taking them into situations are one transaction: a
/// signal that is stored has paged, and a node that dies in between leaves the rows to another, for whom a second look changes nothing.
/// </summary>
internal sealed class DetectionDesk(Store store, SituationDesk situations, TopicBook topics, TimeProvider time, ILogger<DetectionDesk> log)
{
    /// <summary>Rows taken at once: an import writes one a batch, and one transaction must not hold a whole year of it.</summary>
    private const int MostDue = 50;
    private const int MostBrands = 100;

    private static readonly SignalKind[] Evaluated =
        [SignalKind.Threshold, SignalKind.Spike, SignalKind.SameIssue, SignalKind.Spread, SignalKind.RiskWord, SignalKind.ProminentVoice, SignalKind.Forecast];

    private readonly ConcurrentDictionary<BrandId, (Guid? Plan, RuleSet Rules)> _rules = new();

    private readonly SpikeWatch _spikes = new();

    /// <summary>The brands for which posts wait to be looked at, the longest waiting first.</summary>
    public async Task<IReadOnlyList<BrandId>> WaitingAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await DetectionSql.WaitingAsync(connection, MostBrands, cancel);
    }

    /// <summary>Looks at a part of what waits for the brand; false where nothing does, or another node is at it.</summary>
    public async Task<bool> LookAsync(BrandId brand, CancellationToken cancel)
    {
        var look = await store.InRepeatedTransactionAsync(transaction => LookAsync(transaction, brand, cancel), cancel);
        if (look is { Watched: { } watched, Sorted: false })
        {
            // Who is to be woken did not wait for this. Where it breaks, the rows are still there and all is done again, to no effect.
            look = look with
            {
                Topics = await store.InRepeatedTransactionAsync(async transaction =>
                {
                    await DetectionSql.LockAsync(transaction, brand, cancel);
                    return await SortAsync(transaction, watched, look.Due, look.Stretches, cancel);
                }, cancel),
            };
        }

        if (look?.Topics is { } kept)
        {
            topics.Keep(kept);
        }

        return look is not null;
    }

    private async Task<Look?> LookAsync(NpgsqlTransaction transaction, BrandId brand, CancellationToken cancel)
    {
        var due = await DetectionSql.DueAsync(transaction, brand, MostDue, cancel);
        if (due.Count == 0)
        {
            return null;
        }

        if (await WatchedAsync(transaction.Connection!, transaction, brand, cancel) is not { } watched)
        {
            await DetectionSql.DoneAsync(transaction, due, cancel);
            return new(null, due, [], Sorted: true, null);
        }

        var look = new Look(watched, due, Detected.Stretches(due.Select(row => MinuteSpan.Of(row.FromMinute, row.ToMinute)), watched.Rules), Sorted: false, null);
        if (await AskForTopicsAsync(transaction, watched, look.Stretches, cancel))
        {
            look = look with { Sorted = true, Topics = await SortAsync(transaction, watched, due, look.Stretches, cancel) };
        }

        foreach (var span in look.Stretches)
        {
            await LookAsync(transaction, watched, span, cancel);
        }

        return look;
    }

    /// <summary>Whether a rule can depend on the topics of these posts: only where enough people for "the same issue" complain at all.</summary>
    private static async Task<bool> AskForTopicsAsync(
        NpgsqlTransaction transaction, Watched watched, IReadOnlyList<MinuteSpan> stretches, CancellationToken cancel)
    {
        var (rule, reach) = (watched.Rules.SameIssue, Detector.MentionReach(watched.Rules));
        foreach (var span in rule.Off ? [] : stretches)
        {
            if (await DetectionSql.MayComplainAsync(transaction, watched.Brand.Id, new(span.From - reach, span.To + reach), rule.People, cancel))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Puts the posts into topics, marks which may be of one hand, and is then done with them. The caller holds the brand's lock.</summary>
    private async Task<KeptTopics?> SortAsync(
        NpgsqlTransaction transaction, Watched watched, IReadOnlyList<DueRow> due, IReadOnlyList<MinuteSpan> stretches, CancellationToken cancel)
    {
        var kept = await topics.PlaceAsync(transaction, watched.Brand, stretches, cancel);
        foreach (var span in stretches)
        {
            await CoordinationSql.MarkAsync(transaction, watched.Brand, span, cancel);
        }

        await DetectionSql.DoneAsync(transaction, due, cancel);
        return kept;
    }

    /// <summary>The brand with the rules of its plan in force, or the default rules; null where the brand is gone.</summary>
    public async Task<Watched?> WatchedAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, BrandId brand, CancellationToken cancel)
    {
        var known = _rules.TryGetValue(brand, out var cached) ? cached.Plan : null;
        var row = await DetectionSql.BrandAsync(connection, transaction, brand, known, time.GetUtcNow(), cancel);
        if (row is null)
        {
            return null;
        }

        if (row.Plan is null || row.Plan != known)
        {
            cached = (row.Plan, row.Rules is { } rules ? JsonSerializer.Deserialize<RuleSet>(rules, Json.Options)! : RuleSet.Default);
            _rules[brand] = cached;
        }

        return new(row.ToBrand(), cached.Rules);
    }

    private async Task LookAsync(NpgsqlTransaction transaction, Watched watched, MinuteSpan span, CancellationToken cancel)
    {
        var history = new StoredHistory(transaction.Connection!, transaction, watched.Brand.Id, watched.Zone, _spikes);
        var outcome = await Detected.EvaluateAsync(history, watched, span, cancel);
        foreach (var failure in outcome.Failures.DistinctBy(failure => failure.Rule))
        {
            log.LogError(failure.Exception, "The rule {Rule} of {Brand} broke and was skipped; the others went on.", failure.Rule, watched.Brand.Name);
        }

        if (outcome.Runs.Count == 0)
        {
            return;
        }

        var window = watched.Rules.All().Max(rule => rule.Window);
        var near = new MinuteSpan(
            outcome.Runs.Min(run => run.StartedAt) - window - window, outcome.Runs.Max(run => run.LastAt) + window);
        var stored = await SignalSql.StoredAsync(transaction, watched, near, Evaluated, cancel);
        var changes = Reconciliation.Changes([.. stored.Select(one => new StoredRun(one.Id, one.Run))], outcome.Runs);
        await MorePostsAsync(transaction, watched, stored, changes, outcome.Runs, cancel);
        if (changes.Count == 0)
        {
            return;
        }

        // What has a topic comes first: a situation is better called by what it is about than by a number that was passed.
        foreach (var change in changes.OrderBy(change => change.Run.Subject.Kind != SignalKind.SameIssue).ThenByDescending(change => change.Run.Subject.Level))
        {
            var signal = await StoreAsync(transaction, watched, change, stored, cancel);
            if (!signal.Shadow)
            {
                await situations.TakeAsync(transaction, signal, time.GetUtcNow(), cancel);
            }
        }

        await Changes.NotifyAsync(transaction, $"brand:{watched.Brand.Id.Value}");
    }

    private static bool Counts(SignalRun run) => run.Subject.Kind is SignalKind.Threshold or SignalKind.Spike or SignalKind.Forecast;

    /// <summary>A post can be behind a count without changing when it held or how high it was; then nobody need hear of it, but it is listed.</summary>
    private static async Task MorePostsAsync(
        NpgsqlTransaction transaction, Watched watched, IReadOnlyList<StoredSignal> stored, IReadOnlyList<SignalChange> changes,
        IReadOnlyList<SignalRun> found, CancellationToken cancel)
    {
        foreach (var one in stored.Where(one => Counts(one.Run) && changes.All(change => change.Id != one.Id && !change.Absorbed.Contains(one.Id))))
        {
            if (found.Any(run => run.Subject == one.Run.Subject) && watched.Rules.Counting(one.Run.Subject.Rule) is { } rule)
            {
                var posts = await SignalSql.BehindAsync(transaction.Connection!, transaction, watched.Brand.Id, rule, one.Run, cancel);
                if (!posts.SequenceEqual(one.First))
                {
                    await SignalSql.SetPostsAsync(transaction, one.Id, posts, cancel);
                }
            }
        }
    }

    private async Task<Signal> StoreAsync(
        NpgsqlTransaction transaction, Watched watched, SignalChange change, IReadOnlyList<StoredSignal> stored, CancellationToken cancel)
    {
        var run = change.Run;
        var id = change.Id ?? new SignalId(Ids.New(time));
        var topic = run.Subject.HasTopic ? await TopicSql.OfRunAsync(transaction, watched.Brand.Id, stored.FirstOrDefault(one => one.Id == change.Id)?.Topic, run, cancel) : null;
        var signal = new Signal(
            id, watched.Brand.Id, run.Subject.Kind, run.Subject.Rule, run.Subject.Monitor, topic, null, run.Subject.Level,
            run.StartedAt, run.LastAt, run.Peak.Figures, [])
        {
            AtOnce = run.Subject.AtOnce,
            Shadow = run.Subject.Shadow,
            PeakAt = run.Peak.At,
            TopicWords = run.Peak.Topic?.Words ?? [],
        };
        if (Counts(run) && watched.Rules.Counting(run.Subject.Rule) is { } counting)
        {
            var behind = await SignalSql.BehindAsync(transaction.Connection!, transaction, watched.Brand.Id, counting, run, cancel);
            signal = signal with { Posts = behind };
        }
        else if (change.Id is null)
        {
            signal = signal with { Posts = [.. run.Posts.Take(Signal.MaxPosts).Select(post => post.Post)] };
        }

        await (change.Id is null
            ? SignalSql.InsertAsync(transaction, signal, time.GetUtcNow(), cancel)
            : Task.CompletedTask);
        if (!Counts(run))
        {
            await SignalSql.AddPostsAsync(transaction, id, run, cancel);
        }

        if (change.Absorbed.Count > 0)
        {
            await SignalSql.AbsorbAsync(transaction, id, change.Absorbed, cancel);
        }

        if (change.Id is not null)
        {
            var posts = Counts(run) ? signal.Posts : await SignalSql.FirstPostsAsync(transaction, id, cancel);
            signal = signal with { Posts = posts };
            await SignalSql.GrowAsync(transaction, signal, cancel);
        }

        return signal;
    }

    /// <summary>What was looked at.</summary>
    /// <param name="Watched">Null where the brand is gone.</param>
    /// <param name="Sorted">Whether the posts are in topics and their rows done with.</param>
    private sealed record Look(Watched? Watched, IReadOnlyList<DueRow> Due, IReadOnlyList<MinuteSpan> Stretches, bool Sorted, KeptTopics? Topics);
}
