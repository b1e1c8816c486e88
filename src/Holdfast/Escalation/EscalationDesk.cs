using Holdfast.Core.Detection;
using Holdfast.Core.Escalation;
using Holdfast.Core.People;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Situations;
using Npgsql;

namespace Holdfast.Escalation;

/// <summary>Everything that is done with pages. Starting, growing and voiding is part of the transaction that changed the situation.</summary>
internal sealed class EscalationDesk(Store store, PageBook book, TimeProvider time) : IEscalations
{
    public async Task StartAsync(
        NpgsqlTransaction transaction, Situation situation, Level level, bool toConfirm, DateTimeOffset now, CancellationToken cancel)
    {
        if (await DirectorySql.PlanAsync(transaction, situation.Brand, level, now, cancel) is not { } plan)
        {
            return;
        }

        var demand = new PageDemand(
            level,
            toConfirm,
            plan,
            await PageSql.FreshAtAsync(transaction, situation.Id, cancel) ?? now,
            await DirectorySql.QuietUntilAsync(transaction, situation.Brand, now, cancel));
        if (await PageSql.OfSituationAsync(transaction, situation.Id, cancel) is { } page)
        {
            await book.ChangeAsync(transaction, situation.Id, page, EscalationDecisions.Take(page, demand, now), now, cancel);
            return;
        }

        var begun = EscalationDecisions.Start(new PageId(Ids.New(time)), demand, now);
        await book.BeginAsync(transaction, situation.Id, begun, now, cancel);
    }

    public async Task GrowAsync(NpgsqlTransaction transaction, Situation situation, DateTimeOffset now, CancellationToken cancel)
    {
        if (await PageSql.OfSituationAsync(transaction, situation.Id, cancel) is not { } page)
        {
            return;
        }

        var demand = new PageDemand(
            page.Level,
            page.ToConfirm,
            page.Plan,
            await PageSql.FreshAtAsync(transaction, situation.Id, cancel) ?? now,
            await DirectorySql.QuietUntilAsync(transaction, situation.Brand, now, cancel));
        await book.ChangeAsync(transaction, situation.Id, page, EscalationDecisions.Take(page, demand, now), now, cancel);
    }

    public async Task VoidAsync(NpgsqlTransaction transaction, SituationId situation, StandDown why, DateTimeOffset now, CancellationToken cancel)
    {
        if (await PageSql.OfSituationAsync(transaction, situation, cancel) is not { } page)
        {
            return;
        }

        var reason = why switch
        {
            StandDown.Resolved => VoidReason.Resolved,
            StandDown.Dismissed => VoidReason.Dismissed,
            StandDown.Merged => VoidReason.Merged,
            StandDown.Overruled => VoidReason.Overruled,
            StandDown.Lowered => VoidReason.Lowered,
        };
        await book.ChangeAsync(transaction, situation, page, EscalationDecisions.Void(page, reason), now, cancel);
    }

    /// <summary>A signed-in person takes a page.</summary>
    public Task<PageReason> AcknowledgeAsync(PageId page, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync(transaction => AcknowledgeAsync(transaction, page, by, "App", cancel), cancel);

    /// <summary>What a page is about; null where there is no such page.</summary>
    public Task<SituationId?> SituationOfAsync(PageId page, CancellationToken cancel) =>
        store.InTransactionAsync(transaction => PageSql.SituationOfAsync(transaction, page, cancel), cancel);

    /// <summary>A link was pressed: valid once, and the page is taken in the same transaction that uses it up.</summary>
    public Task<LinkReason> AcknowledgeByLinkAsync(byte[] tokenHash, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync(async transaction =>
        {
            var now = time.GetUtcNow();
            if (await LinkSql.LockAsync(transaction, tokenHash, cancel) is not { } link)
            {
                return LinkReason.Unknown;
            }

            if (link.Reason(now) is var reason and not LinkReason.Valid)
            {
                return reason;
            }

            if (await AcknowledgeAsync(transaction, link.Page, link.Person, "Link", cancel) == PageReason.AlreadyOver)
            {
                return LinkReason.Over;
            }

            await LinkSql.UseAsync(transaction, tokenHash, now, cancel);
            return LinkReason.Valid;
        }, cancel);

    private async Task<PageReason> AcknowledgeAsync(NpgsqlTransaction transaction, PageId id, PersonId by, string how, CancellationToken cancel)
    {
        if (await PageSql.SituationOfAsync(transaction, id, cancel) is not { } situation)
        {
            return PageReason.AlreadyOver;
        }

        _ = await TimelineSql.LoadAsync(transaction, situation, cancel);
        var now = time.GetUtcNow();
        var page = (await PageSql.LockAsync(transaction, id, cancel))!;
        var decision = EscalationDecisions.Acknowledge(page, by, now);
        if (decision.Reason is PageReason.AlreadyOver)
        {
            return decision.Reason;
        }

        await book.ChangeAsync(transaction, situation, page, decision, now, cancel);
        if (decision.Reason is not PageReason.AcknowledgedAgain)
        {
            await TimelineSql.AppendAsync(transaction, situation, new PageAcknowledged(id.Value, by, how), Actor.Of(by), now, cancel);
        }

        return decision.Reason;
    }
}
