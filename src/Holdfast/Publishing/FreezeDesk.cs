using Holdfast.Core;
using Holdfast.Core.Detection;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Npgsql;
using Refusals = Holdfast.Core.Publishing.Refusals;

namespace Holdfast.Publishing;

/// <summary>What is to be frozen and why.</summary>
internal sealed record FreezeOrder(FreezeScope Scope, string? Reason, Level? Level = null, SituationId? Situation = null);

/// <summary>The answer to a freeze: from now on nothing in its scope leaves but what is counted here.</summary>
/// <param name="Held">Held, and held before by another freeze.</param>
/// <param name="Settling">Had asked to leave before the freeze, and no answer yet.</param>
internal sealed record FreezeAnswer(Freeze Freeze, long Held, long Settling);

/// <summary>Freezes and lifts. A freeze waits for everyone who is passing the gate, and is in force before anyone passes again.</summary>
internal sealed class FreezeDesk(Store store, PublishBell bell, TimeProvider time)
{
    /// <summary>How long the answer waits for what is on its way; what is not settled then is named.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMilliseconds(800);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(40);

    public async Task<Result<FreezeAnswer>> PlaceAsync(FreezeOrder order, Actor by, CancellationToken cancel)
    {
        if (!FreezeDecisions.Reason(order.Reason).Succeeded(out _))
        {
            return Refusals.FreezeReason;
        }

        var placed = await store.InRepeatedTransactionAsync(transaction => PlaceAsync(transaction, order, by, cancel), cancel);
        return placed.Settling == 0 ? placed : placed with { Settling = await SettledAsync(placed.Freeze.Id, cancel) };
    }

    /// <summary>As part of another transaction; nothing leaves from its commit on. The gate stays closed until then: be quick.</summary>
    public async Task<FreezeAnswer> PlaceAsync(NpgsqlTransaction transaction, FreezeOrder order, Actor by, CancellationToken cancel)
    {
        var level = order.Level ?? await FreezeSql.StandingAsync(transaction, order.Scope, cancel);
        await GateSql.CloseAsync(transaction, cancel);
        var (freeze, found) = await FreezeSql.PlaceAsync(
            transaction, new Freeze(new FreezeId(Ids.New(time)), order.Scope, 0, order.Reason!.Trim(), level, order.Situation, by, time.GetUtcNow()), cancel);
        return new FreezeAnswer(freeze, found.GetValueOrDefault("Held") + found.GetValueOrDefault("HeldBefore"), found.GetValueOrDefault("InFlight"));
    }

    /// <summary>Lifts, or notes the first of two who want to. Nothing is sent by it.</summary>
    public Task<Result<Freeze>> LiftAsync(FreezeId id, string? reason, Actor by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<Freeze>>(async transaction =>
        {
            await GateSql.CloseAsync(transaction, cancel);
            if (await FreezeSql.ReadAsync(transaction.Connection!, transaction, id, cancel) is not { } freeze)
            {
                return Refusals.FreezeNotFound;
            }

            var standing = await FreezeSql.StandingAsync(transaction, freeze.Scope, cancel);
            var decided = FreezeDecisions.Lift(freeze, standing, by, reason, time.GetUtcNow());
            if (decided.Succeeded(out var lifted))
            {
                await FreezeSql.WriteLiftAsync(transaction, lifted, cancel);
            }

            return decided;
        }, cancel);

    /// <summary>Waits a little for what is on its way; how many are not settled then.</summary>
    private async Task<long> SettledAsync(FreezeId id, CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            var next = bell.Next;
            await using (var connection = await store.OpenAsync(cancel))
            {
                if (await FreezeSql.OpenAsync(connection, id, cancel) is var open && (open == 0 || time.GetElapsedTime(begun) > AnswerWithin))
                {
                    return open;
                }
            }

            await bell.WaitAsync(next, null, LookEvery, cancel);
        }
    }
}
