using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Database;
using Holdfast.People;
using Npgsql;

namespace Holdfast.Listening;

/// <summary>A monitor as a form says it.</summary>
internal sealed record MonitorDraft(MonitorId Id, string Name, string Query, BrandId BrandId);

/// <summary>Writes, changes and retires monitors. Every node hears of it by the topic <see cref="Topic"/>.</summary>
internal sealed class MonitorDesk(Store store, TimeProvider time)
{
    public const string Topic = "monitors";
    public const int MaxName = 100;

    private const int UnrelatedLooked = 5_000;
    private const int UnrelatedMost = 1_000;

    public async Task<(IReadOnlyList<ListenedBrand> Brands, IReadOnlyList<MonitorRow> Monitors)> AllAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var brands = await StoredPostSql.BrandsAsync(connection, cancel);
        return (brands, await MonitorSql.AllAsync(connection, [.. brands.Select(b => b.Id)], time.GetUtcNow(), cancel));
    }

    public async Task<MonitorDraft?> FindAsync(MonitorId id, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await MonitorSql.FindAsync(connection, id, await BrandsAsync(connection, cancel), cancel);
    }

    public Task<Result<MonitorId>> CreateAsync(BrandId brand, string? name, string? query, PersonId by, CancellationToken cancel)
    {
        var draft = new MonitorDraft(new(Ids.New(time)), (name ?? "").Trim(), (query ?? "").Trim(), brand);
        return SaveAsync(draft, by, "monitor.created", (transaction, now) => MonitorSql.InsertAsync(transaction, draft, now, cancel), cancel);
    }

    public async Task<Result<MonitorId>> ChangeAsync(MonitorId id, string? name, string? query, PersonId by, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } before)
            return MonitorRefusals.Gone;
        var draft = before with { Name = (name ?? "").Trim(), Query = (query ?? "").Trim() };
        return await SaveAsync(draft, by, "monitor.changed", (transaction, _) => MonitorSql.UpdateAsync(transaction, draft, cancel), cancel);
    }

    /// <summary>It listens no more; what it heard stays.</summary>
    public async Task<Result<MonitorId>> RetireAsync(MonitorId id, PersonId by, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } monitor)
            return MonitorRefusals.Gone;
        await store.InTransactionAsync(async transaction =>
        {
            var now = time.GetUtcNow();
            await MonitorSql.RetireAsync(transaction, id, now, cancel);
            await TellAsync(transaction, monitor, by, "monitor.retired", now, cancel);
        }, cancel);
        return id;
    }

    private async Task<Result<MonitorId>> SaveAsync(
        MonitorDraft draft, PersonId by, string act, Func<NpgsqlTransaction, DateTimeOffset, Task> write, CancellationToken cancel)
    {
        var refusals = await CheckAsync(draft, cancel);
        if (refusals.Count > 0)
            return Result<MonitorId>.Refused(refusals);
        return await store.InTransactionAsync<Result<MonitorId>>(async transaction =>
        {
            if (await MonitorSql.IsNameTakenAsync(transaction, draft, cancel))
                return MonitorRefusals.NameTaken;
            var now = time.GetUtcNow();
            await write(transaction, now);
            await TellAsync(transaction, draft, by, act, now, cancel);
            return draft.Id;
        }, cancel);
    }

    private async Task<List<Refusal>> CheckAsync(MonitorDraft draft, CancellationToken cancel)
    {
        var refusals = new List<Refusal>();
        await using var connection = await store.OpenAsync(cancel);
        if (!(await BrandsAsync(connection, cancel)).Contains(draft.BrandId))
            refusals.Add(MonitorRefusals.NoBrand);
        if (draft.Name.Length is 0 or > MaxName || draft.Name.Any(char.IsControl))
            refusals.Add(MonitorRefusals.Name);
        var parsed = MonitorQuery.Parse(draft.Query);
        if (!parsed.Succeeded(out var query))
        {
            refusals.AddRange(parsed.Refusals);
            return refusals;
        }

        var unrelated = await StoredPostSql.UnrelatedAsync(connection, draft.BrandId, UnrelatedLooked, UnrelatedMost, cancel);
        refusals.AddRange(QueryBreadth.Judge(query, unrelated).Refusals);
        return refusals;
    }

    private static async Task<BrandId[]> BrandsAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        [.. (await StoredPostSql.BrandsAsync(connection, cancel)).Select(b => b.Id)];

    private async Task TellAsync(
        NpgsqlTransaction transaction, MonitorDraft monitor, PersonId by, string act, DateTimeOffset now, CancellationToken cancel)
    {
        await PeopleSql.AuditAsync(transaction, Ids.New(time), by, act, $"{monitor.Name}: {monitor.Query}", now, cancel);
        await Changes.NotifyAsync(transaction, Topic);
        await Changes.NotifyAsync(transaction, $"brand:{monitor.BrandId.Value}");
    }
}
