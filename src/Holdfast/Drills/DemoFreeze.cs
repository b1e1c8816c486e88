using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Publishing;

namespace Holdfast.Drills;

/// <summary>
/// Freezes for Ania when the crisis has come to level 4 and nobody has frozen yet, and lifts after a while: she asks, Marek is the
/// second. What was held waits for whoever watches to decide on it.
/// </summary>
internal sealed class DemoFreeze(DemoCast cast, Store store, FreezeDesk freezes, DemoTerminal terminal, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LiftAfter = TimeSpan.FromMinutes(4);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        SituationId? grave = null;
        while (grave is null && await timer.WaitForNextTickAsync(stoppingToken))
        {
            await using var connection = await store.OpenAsync(stoppingToken);
            grave = await DemoSql.GraveAsync(connection, cast.Brand.Id, stoppingToken);
        }

        if (grave is { } situation && await FreezeAsync(situation, stoppingToken) is { } freeze)
        {
            await Task.Delay(LiftAfter, time, stoppingToken);
            await LiftAsync(freeze, stoppingToken);
        }
    }

    private async Task<FreezeId?> FreezeAsync(SituationId situation, CancellationToken cancel)
    {
        await using (var connection = await store.OpenAsync(cancel))
        {
            if ((await GateSql.ReadAsync(connection, null, cancel)).InForce.Count > 0)
            {
                return null;
            }
        }

        var order = new FreezeOrder(new FreezeScope.OfBrand(cast.Brand.Id), "Plastic in the yogurt: nothing cheerful leaves now.", Situation: situation);
        if (!(await freezes.PlaceAsync(order, Actor.Of(cast.Ania), cancel)).Succeeded(out var answer))
        {
            return null;
        }

        terminal.Say($"Ania freezes the brand: {answer.Held} posts are held, {answer.Settling} are being settled. Nothing of it leaves from now on.");
        terminal.Point("The signed certificate", $"/freezes/{answer.Freeze.Id.Value}/certificate");
        return answer.Freeze.Id;
    }

    private async Task LiftAsync(FreezeId freeze, CancellationToken cancel)
    {
        const string Reason = "The origin is answered and the batch is off the shelves.";
        var asked = await freezes.LiftAsync(freeze, Reason, Actor.Of(cast.Ania), cancel);
        if (asked.Succeeded(out var first) && first.IsInForce)
        {
            terminal.Say("Ania asks to lift the freeze; at this level Marek must agree, and does.");
            asked = await freezes.LiftAsync(freeze, Reason, Actor.Of(cast.Marek), cancel);
        }

        if (asked.Succeeded(out var lifted) && !lifted.IsInForce)
        {
            terminal.Say("The freeze is lifted. Nothing is sent by it: each held post waits for a person.");
            terminal.Point("Decide on them", "/posts?view=list&of=attention");
        }
    }
}
