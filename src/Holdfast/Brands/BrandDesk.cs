using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Brands;

/// <summary>Brands are taken up, changed and given up.</summary>
internal sealed class BrandDesk(Store store, TimeProvider time)
{
    public static readonly Refusal NameTaken = new("brand.name-taken", "There is already a brand of this name.", "name");

    public async Task<IReadOnlyList<Brand>> AllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await BrandSql.AllAsync(connection, cancellationToken);
    }

    public async Task<Brand?> FindAsync(BrandId id, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await BrandSql.FindAsync(connection, id, cancellationToken);
    }

    /// <summary>A new brand, listened for at once: with a first monitor for its name and accounts. Its plan is the template until a version is written.</summary>
    public Task<Result<Brand>> CreateAsync(BrandDraft draft, CancellationToken cancellationToken) =>
        store.InTransactionAsync(transaction => CreateAsync(transaction, draft, cancellationToken), cancellationToken);

    /// <inheritdoc cref="CreateAsync(BrandDraft, CancellationToken)"/>
    public async Task<Result<Brand>> CreateAsync(NpgsqlTransaction transaction, BrandDraft draft, CancellationToken cancellationToken)
    {
        var brand = Make(new BrandId(Ids.New(time)), draft);
        if (!await BrandSql.InsertAsync(transaction, brand, time.GetUtcNow(), cancellationToken))
        {
            return NameTaken;
        }

        await BrandSql.InsertFirstMonitorAsync(transaction, Ids.New(time), brand, draft.FirstQuery(), time.GetUtcNow(), cancellationToken);
        await TellAsync(transaction, brand.Id);
        return brand;
    }

    public Task<Result<Brand>> ChangeAsync(BrandId id, BrandDraft draft, CancellationToken cancellationToken) =>
        store.InTransactionAsync<Result<Brand>>(async transaction =>
        {
            var brand = Make(id, draft);
            if (!await BrandSql.UpdateAsync(transaction, brand, cancellationToken))
            {
                return NameTaken;
            }

            await TellAsync(transaction, id);
            return brand;
        }, cancellationToken);

    /// <summary>Listening for it ends; what was heard and done stays.</summary>
    public Task RetireAsync(BrandId id, PersonId by, CancellationToken cancellationToken) =>
        store.InTransactionAsync(async transaction =>
        {
            await BrandSql.RetireAsync(transaction, id, time.GetUtcNow(), cancellationToken);
            await People.PeopleSql.AuditAsync(transaction, Ids.New(time), by, "brand.retired", id.Value.ToString(), time.GetUtcNow(), cancellationToken);
            await TellAsync(transaction, id);
        }, cancellationToken);

    private static Brand Make(BrandId id, BrandDraft draft) => new(id, draft.Name, draft.Handles, draft.Languages, draft.TimeZone, draft.QuietHours);

    private static async Task TellAsync(NpgsqlTransaction transaction, BrandId id)
    {
        await Changes.NotifyAsync(transaction, "monitors");
        await Changes.NotifyAsync(transaction, $"brand:{id.Value}");
    }
}
