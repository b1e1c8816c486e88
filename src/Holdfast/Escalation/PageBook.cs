using Holdfast.Core.Escalation;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Situations;
using Npgsql;

namespace Holdfast.Escalation;

/// <summary>Writes what was decided about a page: its row, its messages, the timeline, and the news of it; all in the caller's transaction.</summary>
internal sealed class PageBook(TimeProvider time)
{
    public const string Topic = "escalation";

    public async Task BeginAsync(NpgsqlTransaction transaction, SituationId situation, PageDecision decision, DateTimeOffset now, CancellationToken cancel)
    {
        await PageSql.InsertAsync(transaction, situation, decision.Page, cancel);
        await FollowAsync(transaction, situation, decision, now, cancel);
        await TimelineSql.AppendAsync(transaction, situation, Entry(decision, null)!, Actor.Escalation, now, cancel);
    }

    public async Task ChangeAsync(
        NpgsqlTransaction transaction, SituationId situation, Page before, PageDecision decision, DateTimeOffset now, CancellationToken cancel)
    {
        if (decision.Page == before && decision.Attempts.Count == 0)
        {
            return;
        }

        await PageSql.UpdateAsync(transaction, decision.Page, cancel);
        await FollowAsync(transaction, situation, decision, now, cancel);
        if (Entry(decision, before) is { } entry)
        {
            await TimelineSql.AppendAsync(transaction, situation, entry, Actor.Escalation, now, cancel);
        }
    }

    private async Task FollowAsync(NpgsqlTransaction transaction, SituationId situation, PageDecision decision, DateTimeOffset now, CancellationToken cancel)
    {
        if (decision.CancelQueued)
        {
            await AttemptSql.CancelAsync(transaction, decision.Page.Id, decision.Reason.ToString(), now, cancel);
        }

        if (decision.Attempts.Count > 0)
        {
            await AttemptSql.SupersedeAsync(transaction, decision.Page.Id, decision.Attempts.Select(attempt => attempt.Person), now, cancel);
            await AttemptSql.InsertAsync(transaction, decision.Page.Id, decision.Attempts, null, time, cancel);
        }

        await Changes.NotifyAsync(transaction, Topic);
        await Changes.NotifyAsync(transaction, $"situation:{situation.Value}");
    }

    /// <summary>What the timeline says of it; null for what only moves a clock. An acknowledgement is written by its desk, which knows how.</summary>
    private static TimelineEvent? Entry(PageDecision decision, Page? before)
    {
        var page = decision.Page;
        return decision.Reason switch
        {
            PageReason.Voided => new PageVoided(page.Id.Value, page.VoidReason.ToString()!),
            PageReason.Grew => new PageGrew(page.Id.Value, page.Level, page.Signals),
            PageReason.Exhausted => new PageExhausted(page.Id.Value, page.Plan.Rounds),
            PageReason.Lapsed => new PageLapsed(page.Id.Value, before?.Owner),
            _ when before is null || page.Level != before.Level || decision.Reason == PageReason.Restarted =>
                new PageStarted(page.Id.Value, page.Level, page.Plan.Policy, page.ToConfirm),
            _ => null,
        };
    }
}
