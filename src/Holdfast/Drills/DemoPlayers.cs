using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Escalation;
using Holdfast.Situations;

namespace Holdfast.Drills;

/// <summary>Plays the people of the demo when whoever watches does not: acknowledges a page, confirms a level.</summary>
internal sealed class DemoPlayers(DemoCast cast, Store store, EscalationDesk escalation, SituationDesk situations, DemoTerminal terminal, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan AcknowledgeAfter = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan ConfirmAfter = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await AcknowledgeAsync(stoppingToken);
            await ConfirmAsync(stoppingToken);
        }
    }

    private async Task AcknowledgeAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        foreach (var page in await DemoSql.UnansweredAsync(connection, time.GetUtcNow() - AcknowledgeAfter, cancel))
        {
            terminal.Say("Nobody pressed the link in the outbox; the demo presses it for Ania.");
            await escalation.AcknowledgeAsync(page, cast.Ania, cancel);
        }
    }

    private async Task ConfirmAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        foreach (var situation in await DemoSql.UnconfirmedAsync(connection, cast.Brand.Id, time.GetUtcNow() - ConfirmAfter, cancel))
        {
            terminal.Say("The proposed level waits for a person; the demo confirms it for Ania.");
            await situations.ActAsync(situation, cast.Ania, (state, _) => SituationDecisions.Confirm(state), cancel);
        }
    }
}
