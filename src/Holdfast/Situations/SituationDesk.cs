using Holdfast.Core;
using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Situations;

/// <summary>What became of a signal, and the situation it belongs to; null where it is for the watch list.</summary>
internal sealed record TakenSignal(SignalTaken Taken, SituationId? Situation);

/// <summary>
/// Everything that is done with situations. Each act is one transaction: load under a lock, decide, write the timeline and
/// the row, page. Acts of people at once wait for each other for milliseconds and decide on what the one before left.
/// </summary>
internal sealed class SituationDesk(Store store, IEscalations escalations, IFreezes freezes, TimeProvider time)
{
    /// <summary>
    /// A signal that is new or has grown, in the caller's transaction: it joins a situation, opens one or is left to the
    /// watch list; levels rise and pages start with it.
    /// </summary>
    public async Task<TakenSignal> TakeAsync(NpgsqlTransaction transaction, Signal signal, DateTimeOffset now, CancellationToken cancel)
    {
        if (await SituationSql.HeardAsync(transaction, signal, now, cancel) is { } heard)
        {
            return new TakenSignal(SignalTaken.Heard, heard);
        }

        await SituationSql.LockBrandAsync(transaction, signal.Brand, cancel);
        var standing = await SituationSql.StandingAsync(transaction, signal.Id, cancel);
        if (standing is not null)
        {
            var id = await SituationSql.FollowAsync(transaction, standing.Situation, cancel);
            var loaded = await TimelineSql.LoadAsync(transaction, id, cancel);
            if (loaded is { State.IsLive: true })
            {
                return await JoinAsync(transaction, loaded, signal, now, cancel);
            }

            if (signal.Level <= standing.Asked)
            {
                return new TakenSignal(SignalTaken.Settled, id);
            }
        }

        return await SituationSql.ToJoinAsync(transaction, signal, cancel) is { } live && await TimelineSql.LoadAsync(transaction, live, cancel) is { State.IsLive: true } open
            ? await JoinAsync(transaction, open, signal, now, cancel)
            : await OpenAsync(transaction, signal, now, cancel);
    }

    public Task<Result<SituationId>> DeclareAsync(Declaration declaration, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<SituationId>>(async transaction =>
        {
            var decision = SituationDecisions.Declare(declaration);
            if (!decision.Succeeded(out var events))
            {
                return Result<SituationId>.Refused(decision.Refusals);
            }

            var now = time.GetUtcNow();
            var id = new SituationId(Ids.New(time));
            var begun = await TimelineSql.BeginAsync(transaction, id, (Opened)events[0], now, cancel);
            await WriteAsync(transaction, begun, events, Actor.Of(by), now, cancel);
            return id;
        }, cancel);

    /// <summary>One act of one person on one situation; the decision is made on the situation as it is under the lock.</summary>
    public Task<Result<Situation>> ActAsync(
        SituationId id, PersonId by, Func<Situation, DateTimeOffset, Result<IReadOnlyList<TimelineEvent>>> decide, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<Situation>>(async transaction =>
        {
            if (await TimelineSql.LoadAsync(transaction, id, cancel) is not { } loaded)
            {
                return Refusals.NotFound;
            }

            var now = time.GetUtcNow();
            var decision = decide(loaded.State, now);
            return decision.Succeeded(out var events)
                ? await WriteAsync(transaction, loaded, events, Actor.Of(by), now, cancel)
                : Result<Situation>.Refused(decision.Refusals);
        }, cancel);

    public Task<Result<Situation>> MergeAsync(SituationId from, SituationId into, string? reason, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<Situation>>(async transaction =>
        {
            // Locked in one order whoever asks, so that two people merging both ways do not wait for each other.
            var first = await TimelineSql.LoadAsync(transaction, from.Value.CompareTo(into.Value) < 0 ? from : into, cancel);
            var second = await TimelineSql.LoadAsync(transaction, from.Value.CompareTo(into.Value) < 0 ? into : from, cancel);
            if (first is null || second is null)
            {
                return Refusals.NotFound with { Property = "into" };
            }

            var (source, target) = first.State.Id == from ? (first, second) : (second, first);
            var decision = SituationDecisions.Merge(source.State, target.State, reason);
            if (!decision.Succeeded(out var merger))
            {
                return Result<Situation>.Refused(decision.Refusals);
            }

            var now = time.GetUtcNow();
            await WriteAsync(transaction, source, merger.From, Actor.Of(by), now, cancel);
            return await WriteAsync(transaction, target, merger.Into, Actor.Of(by), now, cancel);
        }, cancel);

    /// <summary>Does what the stored deadline of one situation asks for; false where none is due.</summary>
    public Task<bool> TakeDueAsync(CancellationToken cancel) =>
        store.InRepeatedTransactionAsync(async transaction =>
        {
            var now = time.GetUtcNow();
            if (await SituationSql.ClaimDueAsync(transaction, now, cancel) is not { } id)
            {
                return false;
            }

            var loaded = (await TimelineSql.LoadAsync(transaction, id, cancel))!;
            var rules = await SituationSql.RulesAsync(transaction.Connection!, transaction, loaded.State.Brand, now, cancel);
            var heard = await SituationSql.HeardTimesAsync(transaction.Connection!, transaction, id, cancel);
            IReadOnlyList<TimelineEvent> events =
                [.. SituationDecisions.ConfirmationDue(loaded.State, now), .. SituationDecisions.CoolDown(loaded.State, heard, now, rules)];
            var after = await WriteAsync(transaction, loaded, events, Actor.Clock, now, cancel);
            await SituationSql.SetCoolsAtAsync(transaction, id, SituationDecisions.CoolsAt(after, heard, rules), cancel);
            return true;
        }, cancel);

    private async Task<TakenSignal> OpenAsync(NpgsqlTransaction transaction, Signal signal, DateTimeOffset now, CancellationToken cancel)
    {
        var id = new SituationId(Ids.New(time));
        var rules = await SituationSql.RulesAsync(transaction.Connection!, transaction, signal.Brand, now, cancel);
        var title = await SituationSql.TitleAsync(transaction, signal, cancel);
        var decision = SituationDecisions.Open(id, signal, title, now, rules);
        if (decision.Taken == SignalTaken.Watched)
        {
            return new TakenSignal(SignalTaken.Watched, null);
        }

        var begun = await TimelineSql.BeginAsync(transaction, id, (Opened)decision.Events[0], now, cancel);
        return await TakenAsync(transaction, begun, signal, decision, now, cancel);
    }

    private async Task<TakenSignal> JoinAsync(
        NpgsqlTransaction transaction, LoadedSituation loaded, Signal signal, DateTimeOffset now, CancellationToken cancel)
    {
        var rules = await SituationSql.RulesAsync(transaction.Connection!, transaction, signal.Brand, now, cancel);
        var title = await SituationSql.TitleAsync(transaction, signal, cancel);
        return await TakenAsync(transaction, loaded, signal, SituationDecisions.Take(loaded.State, signal, title, now, rules), now, cancel);
    }

    private async Task<TakenSignal> TakenAsync(
        NpgsqlTransaction transaction, LoadedSituation loaded, Signal signal, SignalDecision decision, DateTimeOffset now, CancellationToken cancel)
    {
        var joined = loaded.State.And(decision.Events, Actor.Detection, now);
        await SituationSql.RememberAsync(transaction, joined.Id, signal.Id, joined.Signals[signal.Id], now, cancel);
        await WriteAsync(transaction, loaded, decision.Events, Actor.Detection, now, cancel);
        return new TakenSignal(decision.Taken, joined.Id);
    }

    private async Task<Situation> WriteAsync(
        NpgsqlTransaction transaction, LoadedSituation loaded, IReadOnlyList<TimelineEvent> events, Actor who, DateTimeOffset now, CancellationToken cancel)
    {
        var before = loaded.State;
        var after = (await TimelineSql.AppendAsync(transaction, loaded, events, who, now, cancel)).State;
        if (events.Any(e => e is LevelConfirmed or LevelTookEffect or LevelLowered))
        {
            await SituationSql.SetInForceAsync(transaction, after, cancel);
        }

        if (before.Level != after.Level || before.State != after.State || before.Proposed != after.Proposed)
        {
            var rules = await SituationSql.RulesAsync(transaction.Connection!, transaction, after.Brand, now, cancel);
            var heard = await SituationSql.HeardTimesAsync(transaction.Connection!, transaction, after.Id, cancel);
            await SituationSql.SetCoolsAtAsync(transaction, after.Id, SituationDecisions.CoolsAt(after, heard, rules), cancel);
        }

        var alarm = Alarm.For(before, after, events);
        await (alarm.Act switch
        {
            AlarmAct.Start => escalations.StartAsync(transaction, after, alarm.Level, alarm.ToConfirm, now, cancel),
            AlarmAct.Grow => escalations.GrowAsync(transaction, after, now, cancel),
            AlarmAct.Void => escalations.VoidAsync(transaction, after.Id, alarm.Why ?? StandDown.Resolved, now, cancel),
            _ => Task.CompletedTask,
        });

        // Last of all: the gate is closed until the commit.
        if ((before.LastSeq == 0 || before.Level != after.Level || before.Proposed != after.Proposed)
            && LevelFreeze.For(before, after, await SituationSql.FreezesAsync(transaction, after.Brand, now, cancel)) is { } level)
        {
            await freezes.FreezeAsync(transaction, after, level, cancel);
        }

        return after;
    }
}
