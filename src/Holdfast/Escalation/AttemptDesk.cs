using Holdfast.Core.Escalation;
using Holdfast.Core.People;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Networks.Notices;
using Holdfast.People;
using Holdfast.Situations;
using Npgsql;

namespace Holdfast.Escalation;

/// <summary>A claimed attempt and the message that goes out for it.</summary>
internal sealed record Outgoing(ClaimedAttempt Claimed, PageMessage Message);

/// <summary>Claims what is due and writes down what became of it. What is sent in between is neither's business.</summary>
internal sealed class AttemptDesk(
    Store store, PageBook book, PublicAddress address, EscalationSettings settings, IEnumerable<INoteLetters> notes, TimeProvider time)
{
    /// <summary>How long a link can be pressed. BEHAVIOUR 7: nothing is about what is older than a day.</summary>
    private static readonly TimeSpan LinkLives = TimeSpan.FromHours(24);

    /// <summary>Claims one attempt; null where another node was quicker or where it may not be sent any more.</summary>
    public Task<Outgoing?> ClaimAsync(DueAttempt due, CancellationToken cancel) => store.InRepeatedTransactionAsync(async transaction =>
    {
        var now = time.GetUtcNow();
        var page = due.Page is { } id ? await PageSql.HoldAsync(transaction, id, cancel) : null;
        if (await AttemptSql.LockDueAsync(transaction, due.Id, now, cancel) is not { } locked)
        {
            return null;
        }

        var facts = page is null ? null : await LetterSql.FactsAsync(transaction.Connection!, transaction, page.Id, cancel);
        if (page is not null && EscalationDecisions.MaySend(page, locked.Attempt().Cause, facts!.State, now) is var reason and not SendReason.Send)
        {
            await AttemptSql.VoidAsync(transaction, locked.Id, reason.ToString(), now, cancel);
            return null;
        }

        return await WriteAsync(transaction, locked, page, facts, now, cancel);
    }, cancel);

    /// <summary>Writes down the end of one sending, with all that follows from it, in one transaction.</summary>
    public Task SettleAsync(ClaimedAttempt claimed, PageWay way, Delivery delivery, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync(async transaction =>
        {
            var now = time.GetUtcNow();
            if (claimed.Page is not { } id)
            {
                var again = delivery.Retryable && claimed.Attempt.Tries + 1 < EscalationDecisions.MaxTries;
                var end = again ? AttemptState.Intent : Enum.Parse<AttemptState>(delivery.State.ToString());
                await AttemptSql.SettleAsync(transaction, claimed, end, way, delivery.Detail, again ? now + EscalationDecisions.FirstRetryAfter : null, now, cancel);
                return;
            }

            var situation = (await PageSql.SituationOfAsync(transaction, id, cancel))!.Value;
            _ = await TimelineSql.LoadAsync(transaction, situation, cancel);
            var page = (await PageSql.LockAsync(transaction, id, cancel))!;
            var others = await AttemptSql.StandingAsync(transaction, id, claimed.Attempt, cancel);
            var settled = EscalationDecisions.Settle(page, claimed.Attempt, delivery, others, now);
            if (!await AttemptSql.SettleAsync(transaction, claimed, settled.State, way, Outcome(delivery), settled.RetryAt, now, cancel))
            {
                return;
            }

            await TimelineSql.AppendAsync(transaction, situation, Entry(claimed, way, delivery), Actor.Escalation, now, cancel);
            await book.ChangeAsync(transaction, situation, page, settled.Page, now, cancel);
        }, cancel);

    private async Task<Outgoing> WriteAsync(
        NpgsqlTransaction transaction, LockedAttempt locked, Page? page, LetterFacts? facts, DateTimeOffset now, CancellationToken cancel)
    {
        var attempt = locked.Attempt();
        var home = await address.GetAsync(transaction, cancel);
        var messageId = $"{attempt.Id.Value:N}.{locked.Fence + 1}@{home.MailDomain}";
        await AttemptSql.ClaimAsync(transaction, attempt.Id, messageId, locked.MayHaveBeenSent, now, now + settings.Lease, cancel);
        var reader = await LetterSql.ReaderAsync(transaction.Connection!, transaction, attempt.Person, cancel);
        var letter = page is null
            ? await NoteAsync(transaction, locked, attempt.Person, home, now, cancel) ?? Letter.Watch(locked.Note ?? "", reader, locked.MayHaveBeenSent, home.Url)
            : Letter.About(
                facts!,
                reader,
                new LetterOccasion(attempt.Cause, page.ToConfirm, locked.MayHaveBeenSent),
                await LinkAsync(transaction, page.Id, attempt, home, now, cancel),
                $"{home.Url}/situations/{facts!.Situation.Value}");
        var message = new PageMessage(
            attempt.Address, reader.Name, letter.Subject, letter.Text, letter.Html, messageId,
            $"{(page?.Id.Value ?? attempt.Id.Value):N}@{home.MailDomain}", now, Urgent: page is null || (int)page.Level >= 3);
        var claimed = new ClaimedAttempt(attempt, locked.Page, locked.Fence + 1, locked.MayHaveBeenSent, messageId);
        return new Outgoing(claimed, message);
    }

    private async Task<Letter?> NoteAsync(
        NpgsqlTransaction transaction, LockedAttempt locked, PersonId person, Home home, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var each in notes)
        {
            if (await each.WriteAsync(transaction, new Note(locked.Note ?? "", person, locked.MayHaveBeenSent), home, now, cancel) is { } letter)
            {
                return letter;
            }
        }

        return null;
    }

    private static async Task<string> LinkAsync(
        NpgsqlTransaction transaction, PageId page, Attempt attempt, Home home, DateTimeOffset now, CancellationToken cancel)
    {
        var (token, hash) = Token.New();
        await LinkSql.InsertAsync(transaction, hash, page, attempt.Person, now + LinkLives, cancel);
        return $"{home.Url}/a/{token}";
    }

    private static string Outcome(Delivery delivery) =>
        delivery.Failure == DeliveryFailure.None ? delivery.Detail : $"{delivery.Failure}: {delivery.Detail}";

    private static PageAttempted Entry(ClaimedAttempt claimed, PageWay way, Delivery delivery) => new(
        claimed.Page!.Value.Value,
        claimed.Attempt.Id.Value,
        claimed.Attempt.Person,
        way.ToString(),
        claimed.Attempt.Step,
        claimed.Attempt.Round,
        delivery.State.ToString(),
        delivery.State == DeliveryState.Confirmed ? null : delivery.Detail,
        claimed.PossibleRepeat);
}
