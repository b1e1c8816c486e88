using Holdfast.Database;
using Holdfast.Escalation;

namespace Holdfast.Drills;

/// <summary>How long the demo waits for whoever watches before it does their part; played alone, hardly at all.</summary>
internal sealed record DemoPace(bool Alone)
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(3);

    public TimeSpan For(DemoStep step) => step switch
    {
        DemoStep.Agree => TimeSpan.FromSeconds(6),
        DemoStep.Confirm or DemoStep.Freeze when !Alone => TimeSpan.FromSeconds(30),
        DemoStep.Release when !Alone => TimeSpan.FromSeconds(60),
        DemoStep.Answer or DemoStep.Lift when !Alone => TimeSpan.FromMinutes(3),
        _ => Glance,
    };

    public TimeSpan Acknowledge => Alone ? Glance : TimeSpan.FromSeconds(40);

    /// <summary>The approvers of the demo read fast.</summary>
    public TimeSpan Approve => Alone ? TimeSpan.Zero : Glance;
}

/// <summary>
/// Plays the people of the demo when whoever watches does not, and tells pages and terminal whose turn it is. What was done already,
/// by whomever and in whatever order, is not done again.
/// </summary>
internal sealed class DemoPlayers(DemoCast cast, DemoParts parts, DemoPace pace, Store store, EscalationDesk escalation, DemoTerminal terminal, TimeProvider time)
    : BackgroundService
{
    /// <summary>The step has changed.</summary>
    public const string Topic = "demo";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        var (step, since) = (DemoStep.Ordinary, time.GetTimestamp());
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await AcknowledgeAsync(stoppingToken);
            await parts.ApproveAsync(time.GetUtcNow() - pace.Approve, stoppingToken);
            var standing = await StandingAsync(stoppingToken);
            if (standing.Step != step)
            {
                (step, since) = (standing.Step, time.GetTimestamp());
                await TellAsync(standing, stoppingToken);
            }

            if (step >= DemoStep.Freeze && standing.Statement is null)
            {
                await parts.PrepareAsync(standing, stoppingToken);
            }

            // What a rule proposes later, in the middle of the rest, keeps nobody waiting.
            if (standing.Proposed && step > DemoStep.Confirm)
            {
                await parts.ConfirmAsync(standing, stoppingToken);
            }

            if (time.GetElapsedTime(since) > pace.For(step))
            {
                await parts.PlayAsync(standing, stoppingToken);
            }
        }
    }

    private async Task AcknowledgeAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        foreach (var page in await DemoSql.UnansweredAsync(connection, time.GetUtcNow() - pace.Acknowledge, cancel))
        {
            terminal.Say("Nobody pressed the link in the outbox; the demo presses it for Ania.");
            await escalation.AcknowledgeAsync(page, cast.Ania, cancel);
        }
    }

    private async Task<DemoStanding> StandingAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await DemoSql.StandingAsync(connection, cast.Brand.Id, cancel);
    }

    private async Task TellAsync(DemoStanding standing, CancellationToken cancel)
    {
        await store.InTransactionAsync(transaction => Changes.NotifyAsync(transaction, Topic), cancel);
        if (standing is { Step: DemoStep.Answer, Freeze: { } freeze })
        {
            terminal.Say($"The brand is frozen: {standing.Waiting} posts are held. Nothing of it leaves from now on.");
            terminal.Point("The signed certificate", $"/freezes/{freeze.Value}/certificate");
        }

        if (Turn(standing.Step) is { } turn)
        {
            terminal.Say(turn);
            terminal.Point("Here", standing.Path ?? "/");
        }
    }

    private static string? Turn(DemoStep step) => step switch
    {
        DemoStep.Freeze => "Your turn: press Freeze at the top of any page, and once more.",
        DemoStep.Answer => "Your turn: answer the first post where it was written; the statement follows by itself.",
        DemoStep.Release => "Your turn: let the statement out.",
        DemoStep.Lift => "Your turn: lift the freeze. At this level two persons must agree; Marek is the second.",
        DemoStep.Decide => "The freeze is lifted and nothing was sent by it. Your turn: decide on each post that is held.",
        DemoStep.Over => "That was the whole of it. The signed certificate tells it again.",
        _ => null,
    };
}
