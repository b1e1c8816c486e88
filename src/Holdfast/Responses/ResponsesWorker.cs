using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.Plans;
using Holdfast.Core.Reading;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Plans;
using Holdfast.Situations;
using Npgsql;

namespace Holdfast.Responses;

/// <summary>
/// Puts what wants an answer into the queue, moves up what waited too long, opens again what did not get out, says what became of
/// deletions, and lets out the statements that waited for the origin. Rows are claimed under locks: two nodes never do one thing twice.
/// </summary>
internal sealed class ResponsesWorker(Store store, ReleaseDesk releases, DeletionDesk deletions, StuckDesk stuck, ResponseMail mail, TimeProvider time, ILogger<ResponsesWorker> log)
    : RoundsWorker(time, log)
{
    private const int Batch = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>An imported month is history, not a queue.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(2);

    /// <summary>Intake may commit a little out of order; what was passed over is looked at again.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private static readonly short[] Asking = [(short)Intent.Question, (short)Intent.Complaint, (short)Intent.HarmReport, (short)Intent.Threat, (short)Intent.FalseClaim];

    protected override TimeSpan AfterTrouble => TimeSpan.FromSeconds(5);

    protected override string Trouble => "The reply queue could not be looked after.";

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        await WorkAsync(stopping);
        await Task.Delay(Pause, Time, stopping);
    }

    /// <summary>Everything that is due now.</summary>
    internal async Task WorkAsync(CancellationToken cancel)
    {
        await CollectAsync(cancel);
        while (await GoUpAsync(cancel) || await ReopenAsync(cancel) || await deletions.EndOneAsync(cancel))
        {
        }

        await releases.ReleaseWaitingAsync(cancel);
        await stuck.WorkAsync(cancel);
    }

    private async Task CollectAsync(CancellationToken cancel)
    {
        IReadOnlyList<SeenBrand> brands;
        await using (var connection = await store.OpenAsync(cancel))
        {
            brands = await ReplySql.BrandsAsync(connection, cancel);
        }

        foreach (var brand in brands)
        {
            await store.InRepeatedTransactionAsync(async transaction =>
            {
                var now = Time.GetUtcNow();
                var heard = await ReplySql.NewAsync(transaction, brand.Id, now - Oldest, brand.SeenAt - Overlap, now, Asking, Batch, cancel);
                var answering = heard.Count > 0 ? await AnsweringAsync(transaction, brand.Id, now, cancel) : Answering.Default;
                foreach (var mention in heard)
                {
                    await ReplySql.InsertAsync(transaction, await ItemAsync(transaction, mention, answering, cancel), cancel);
                }

                await ReplySql.SeenAsync(transaction, brand.Id, heard.Count == Batch ? heard[^1].ReceivedAt : now, cancel);
                if (heard.Count > 0)
                {
                    await ResponsesFeature.TellAsync(transaction, brand.Id);
                }
            }, cancel);
        }

        await store.InRepeatedTransactionAsync(transaction => ReplySql.PickUpAsync(transaction, cancel), cancel);
    }

    private static async Task<ReplyItem> ItemAsync(NpgsqlTransaction transaction, HeardMention mention, Answering answering, CancellationToken cancel)
    {
        var level = mention.Situation is { } situation ? await ReplySql.LevelAsync(transaction, situation, cancel) : Level.One;
        var own = mention.Risk > 0 ? (Level)mention.Risk : mention.Voice is (short)Voice.Press or (short)Voice.Official ? Level.Two : Level.One;
        level = own > level ? own : level;
        return new ReplyItem(
            mention.Brand, mention.Post, mention.Situation, level, mention.ReceivedAt, level >= Level.Three ? DutyKind.Social : DutyKind.Support,
            mention.ReceivedAt + answering.At(level).Clock);
    }

    private Task<bool> GoUpAsync(CancellationToken cancel) => store.InRepeatedTransactionAsync(async transaction =>
    {
        var now = Time.GetUtcNow();
        if (await ReplySql.DueAsync(transaction, now, cancel) is not { } due)
        {
            return false;
        }

        // The situation before the item, as everywhere.
        if (due.Situation is { } about)
        {
            await TimelineSql.HoldAsync(transaction, about, cancel);
        }

        if (await ReplySql.LockAsync(transaction, due.Brand, due.Post, cancel) is not { } item || !(item.ClockAt <= now))
        {
            return true;
        }

        var up = ReplyDecisions.GoUp(item, await AnsweringAsync(transaction, item.Brand, now, cancel), now);
        await ReplySql.WriteAsync(transaction, up, cancel);
        await mail.LateAsync(transaction, up, now, cancel);
        if (up.Situation is { } situation && await ReplySql.PostAsync(transaction.Connection!, transaction, up.Post, cancel) is { } post)
        {
            await TimelineSql.AppendAsync(transaction, situation, new ReplyOverdue(post.Network, post.To, up.Duty.ToString()), Actor.Clock, now, cancel);
        }

        await ResponsesFeature.TellAsync(transaction, up.Brand);
        return true;
    }, cancel);

    private Task<bool> ReopenAsync(CancellationToken cancel) => store.InRepeatedTransactionAsync(async transaction =>
    {
        if (await ReplySql.LockFailedAsync(transaction, cancel) is not { } item)
        {
            return false;
        }

        var now = Time.GetUtcNow();
        await ReplySql.WriteAsync(transaction, ReplyDecisions.Failed(item, await AnsweringAsync(transaction, item.Brand, now, cancel), now), cancel);
        await ResponsesFeature.TellAsync(transaction, item.Brand);
        return true;
    }, cancel);

    private static async Task<Answering> AnsweringAsync(NpgsqlTransaction transaction, BrandId brand, DateTimeOffset now, CancellationToken cancel) =>
        (await PlanSql.InForceAsync(transaction.Connection!, transaction, brand, now, cancel)).Plan.Answering;
}
