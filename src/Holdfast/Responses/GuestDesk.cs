using Holdfast.Core;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Responses;
using Holdfast.Database;
using Holdfast.People;
using Npgsql;
using Refusals = Holdfast.Core.Responses.Refusals;

namespace Holdfast.Responses;

/// <summary>Asks outsiders by mail, and takes their word by link: once, for the words they were asked about.</summary>
internal sealed class GuestDesk(Store store, StatementDesk statements, ResponseMail mail, TimeProvider time)
{
    private static readonly TimeSpan LinkLives = TimeSpan.FromHours(24);

    public Task<Result<Guid>> InviteAsync(StatementId id, DutyKind duty, string? name, string? address, string? language, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<Guid>>(async transaction =>
        {
            if (await StatementSql.LockAsync(transaction, id, cancel) is not { } statement)
            {
                return Refusals.NotFound;
            }

            var now = time.GetUtcNow();
            if (statement.State is not (StatementState.InReview or StatementState.Waiting))
            {
                return Refusals.NotInReview;
            }

            if (!statement.Steps.Any(step => step.Seats.Any(seat => seat.Duty == duty)))
            {
                return Refusals.NotAsked;
            }

            if (!await StatementDesk.MayAskAsync(transaction, statement, duty, by, now, cancel))
            {
                return Refusals.NotYourDuty;
            }

            // The form of a person's mail address is known where people are made.
            var person = PersonDraft.Check(name, address, language ?? "en", "UTC");
            if (!person.Succeeded(out var guest))
            {
                return Refusals.GuestName;
            }

            if (await ApprovalLinkSql.IsInsideAsync(transaction, guest.Mail, cancel))
            {
                return Refusals.GuestInside;
            }

            var link = new ApprovalLink
            {
                Id = Ids.New(time),
                Statement = id,
                Content = statement.Content,
                DutyName = duty.ToString(),
                Name = guest.Name,
                Mail = guest.Mail,
                Language = guest.Language,
                AskedBy = by,
                ExpiresAt = now + LinkLives,
            };
            await ApprovalLinkSql.InsertAsync(transaction, link, cancel);
            await mail.GuestAsync(transaction, link, now, cancel);
            await ResponsesFeature.TellAsync(transaction, statement.Brand);
            return link.Id;
        }, cancel);

    /// <summary>Whoever outside was asked about the old words gets a link for the new ones; the old link is of no use any more.</summary>
    public static async Task AskAgainAsync(
        NpgsqlTransaction transaction, Statement before, Statement after, ResponseMail mail, TimeProvider time, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var asked = (await ApprovalLinkSql.OfAsync(transaction.Connection!, before.Id, cancel)).Where(link => link.Content == before.Content && link.ExpiresAt > now);
        foreach (var link in asked.DistinctBy(link => (link.Mail, link.DutyName)).Where(link => after.Steps.Any(step => step.Seats.Any(seat => seat.Duty == link.Duty))))
        {
            var again = link with { Id = Ids.New(time), Content = after.Content, ExpiresAt = now + LinkLives, UsedAt = null };
            await ApprovalLinkSql.InsertAsync(transaction, again, cancel);
            await mail.GuestAsync(transaction, again, now, cancel);
        }
    }

    public Task<Result<Statement>> AnswerAsync(string token, bool granted, string? reason, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<Statement>>(async transaction =>
        {
            var now = time.GetUtcNow();
            if (Token.Hash(token) is not { } hash || await ApprovalLinkSql.LockAsync(transaction, hash, cancel) is not { } link || !link.IsOpen(now))
            {
                return Refusals.LinkGone;
            }

            var answered = await statements.AnswerAsync(transaction, link, granted, reason, cancel);
            if (answered.Succeeded(out _))
            {
                await ApprovalLinkSql.UseAsync(transaction, link.Id, now, cancel);
            }

            return answered;
        }, cancel);

    /// <summary>What the page behind a link shows; looking changes nothing.</summary>
    public async Task<(ApprovalLink Link, Statement Statement, bool Open)?> LookAsync(string token, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return Token.Hash(token) is { } hash && await ApprovalLinkSql.FindAsync(connection, hash, cancel) is { } link
            && await StatementSql.ReadAsync(connection, link.Statement, cancel) is { } statement
            ? (link, statement, link.IsOpen(time.GetUtcNow()))
            : null;
    }
}
