using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Publishing;
using Holdfast.Responses;
using Holdfast.Situations;

namespace Holdfast.Drills;

/// <summary>What the people of the demo do, through the same desks as anybody.</summary>
internal sealed class DemoParts(
    DemoCast cast, DemoNetworks networks, Store store, SituationDesk situations, FreezeDesk freezes, ReplyDesk replies, StatementDesk statements, ReleaseDesk releases, OriginDesk origins, AnswerBoard board, DemoTerminal terminal)
{
    private const string Pass = "The people who found it must know what to do.";
    private const string LiftReason = "The first post is answered and the batch is off the shelves.";

    /// <summary>The part of whoever watches.</summary>
    public Task PlayAsync(DemoStanding standing, CancellationToken cancel) => standing.Step switch
    {
        DemoStep.Confirm => ConfirmAsync(standing, cancel),
        DemoStep.Freeze => FreezeAsync(standing, cancel),
        DemoStep.Answer => AnswerAsync(standing, cancel),
        DemoStep.Release => ReleaseAsync(standing, cancel),
        DemoStep.Lift => LiftAsync(standing, cast.Ania, cancel),
        DemoStep.Agree => LiftAsync(standing, standing.LiftAskedBy == Actor.Of(cast.Marek).ToString() ? cast.Ania : cast.Marek, cancel),
        _ => Task.CompletedTask,
    };

    public async Task ConfirmAsync(DemoStanding standing, CancellationToken cancel)
    {
        terminal.Say("The proposed level waits for a person; the demo confirms it for Ania.");
        await situations.ActAsync(standing.Situation!.Value, cast.Ania, (state, _) => SituationDecisions.Confirm(state), cancel);
    }

    /// <summary>Tom says which post was the first, and brings the holding statement that was written on a quiet day.</summary>
    public async Task PrepareAsync(DemoStanding standing, CancellationToken cancel)
    {
        var situation = standing.Situation!.Value;
        await using var connection = await store.OpenAsync(cancel);
        if (networks.First is { } key && await DemoSql.HeardAsync(connection, "mastodon", key, cancel) is { } first && standing.Origin is null)
        {
            await origins.SetAsync(situation, first, cast.Tom, cancel);
            await replies.AssignAsync(cast.Brand.Id, first, cast.Ania, cast.Tom, cancel);
        }

        if (await DemoSql.PreparedAsync(connection, cast.Brand.Id, cancel) is { } prepared)
        {
            await statements.TakeAsync(prepared, situation, cast.Tom, cancel);
        }
    }

    /// <summary>Whoever is asked for a statement reads it and says yes; Ania only where nobody else can.</summary>
    public async Task ApproveAsync(DateTimeOffset before, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        foreach (var id in await DemoSql.InReviewAsync(connection, cast.Brand.Id, before, cancel))
        {
            if (await board.StatementAsync(id, cancel) is { Standing: { Granted: false, Refusal: null } standing, Statement: var statement })
            {
                foreach (var person in standing.Asked.Select(seat => seat.People.OrderBy(person => person == cast.Ania).FirstOrDefault()).Where(person => person != default).Distinct())
                {
                    await statements.AnswerAsync(id, person, statement.Content, true, null, cancel);
                }
            }
        }
    }

    private async Task FreezeAsync(DemoStanding standing, CancellationToken cancel)
    {
        var order = new FreezeOrder(new FreezeScope.OfBrand(cast.Brand.Id), "Plastic in the yogurt: nothing cheerful leaves now.", Situation: standing.Situation);
        if ((await freezes.PlaceAsync(order, Actor.Of(cast.Ania), cancel)).Succeeded(out _))
        {
            terminal.Say("Nobody pressed Freeze; the demo presses it for Ania.");
        }
    }

    private async Task AnswerAsync(DemoStanding standing, CancellationToken cancel)
    {
        if (await board.FirstAnswerAsync(standing.Situation!.Value, cancel) is not { Post: { IsOpen: true } post } view
            || view.Accounts.FirstOrDefault(each => each.Account.Network == post.Network) is not { } account
            || view.Ready.FirstOrDefault(each => each.Row.Situation is not null && each.MayGo) is not { Statement: { } statement })
        {
            return;
        }

        var draft = new AnswerDraft(account.Account.Id, statement.Versions[0].Text, "en", Pass);
        var done = await releases.AnswerAndReleaseAsync(cast.Brand.Id, post.Post, standing.Situation.Value, draft, statement.Id, cast.Ania, cancel);
        terminal.Say(done.Succeeded(out _)
            ? $"Ania answers {post.To} in the thread, past the freeze and with a reason; the statement goes out once the answer is there."
            : $"The answer was refused: {done.Refusals[0].Message}");
        terminal.Point("What the network shows", post.Url ?? "");
    }

    private async Task ReleaseAsync(DemoStanding standing, CancellationToken cancel)
    {
        if (standing.Statement is { } statement && (await releases.ReleaseAsync(statement, cast.Ania, Pass, cancel)).Succeeded(out _))
        {
            terminal.Say("Ania lets the statement out.");
        }
    }

    private async Task LiftAsync(DemoStanding standing, PersonId by, CancellationToken cancel)
    {
        if ((await freezes.LiftAsync(standing.Freeze!.Value, LiftReason, Actor.Of(by), cancel)).Succeeded(out var freeze))
        {
            terminal.Say(freeze.IsInForce ? $"{cast.Names[by]} asks to lift the freeze; a second person must agree." : $"{cast.Names[by]} lifts the freeze.");
        }
    }
}
