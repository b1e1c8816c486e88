using Holdfast.Brands;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Database;
using Holdfast.Listening;
using Holdfast.Situations;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>Raises Blind on every brand that depends on a source which cannot be relied on, by our own clock.</summary>
internal sealed class BlindDesk(Store store, SourceBoard sources, BrandDesk brands, DetectionDesk detection, SituationDesk situations, TimeProvider time)
{
    public async Task LookAsync(CancellationToken cancel)
    {
        var blind = (await sources.AllAsync(cancel)).Where(source => source.Health.IsBlind).ToList();
        if (blind.Count == 0)
        {
            return;
        }

        // A source that names no brand listens for all.
        var all = (await brands.AllAsync(cancel)).Select(brand => brand.Id.Value).ToList();
        foreach (var source in blind)
        {
            foreach (var brand in source.Row.Brands.Count == 0 ? all : source.Row.Brands)
            {
                await store.InRepeatedTransactionAsync(transaction => RaiseAsync(transaction, new(brand), source, cancel), cancel);
            }
        }
    }

    private async Task RaiseAsync(NpgsqlTransaction transaction, BrandId brand, SourceView source, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        // Two nodes that see the same silence must not raise it twice.
        await SignalSql.LockBlindAsync(transaction, brand, cancel);
        if (await detection.WatchedAsync(transaction.Connection!, transaction, brand, cancel) is not { } watched
            || watched.Rules.Blind.Evaluate(source.Row.Id, source.Health, now) is not { } finding)
        {
            return;
        }

        var near = new MinuteSpan(finding.At - watched.Rules.Blind.Window, finding.At);
        var stored = await SignalSql.StoredAsync(transaction, watched, near, [SignalKind.Blind], cancel);
        foreach (var change in Reconciliation.Changes([.. stored.Select(one => new StoredRun(one.Id, one.Run))], [SignalRun.Of(finding)]))
        {
            var run = change.Run;
            var signal = new Signal(
                change.Id ?? new SignalId(Ids.New(time)), brand, SignalKind.Blind, run.Subject.Rule, null, null, source.Row.Id, run.Subject.Level,
                run.StartedAt, run.LastAt, run.Peak.Figures, [])
            {
                Shadow = run.Subject.Shadow,
                PeakAt = run.Peak.At,
            };
            await (change.Id is null
                ? SignalSql.InsertAsync(transaction, signal, now, cancel)
                : SignalSql.GrowAsync(transaction, signal, cancel));
            if (!signal.Shadow)
            {
                await situations.TakeAsync(transaction, signal, now, cancel);
            }

            if (change.Id is null)
            {
                await Changes.NotifyAsync(transaction, $"brand:{brand.Value}");
            }
        }
    }
}
