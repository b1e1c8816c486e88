using Holdfast.Brands;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Publishing;

/// <summary>A plan as its page shows it.</summary>
/// <param name="File">What was understood of it; null once it is being taken in.</param>
/// <param name="Before">When the very same file was taken in, if it was.</param>
public sealed record PlanFileView(Brand Brand, PlanFileRow Row, PlanFile? File, DateTimeOffset? Before);

/// <summary>Takes a month's plan in: first it is shown, then its good rows are kept, one by one, by whichever server is there.</summary>
internal sealed class PlanFileDesk(Store store, PostDesk posts, TimeProvider time)
{
    /// <summary>A file that was looked at and not taken is forgotten after this time.</summary>
    private static readonly TimeSpan UnusedLives = TimeSpan.FromDays(1);

    // The plan that is being taken in, so that it is not read again for each of its rows.
    private (Guid Id, IReadOnlyList<PlanRow> Good)? _read;

    /// <summary>Reads a file and keeps it to be looked at; nothing of it is planned yet.</summary>
    public async Task<Result<Guid>> ReadAsync(Guid brand, string name, byte[] bytes, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        if (await BrandSql.FindAsync(connection, new BrandId(brand), cancel) is not { } found)
        {
            return PublishingRefusals.NoBrand;
        }

        var read = await UnderstandAsync(connection, found, name, bytes, time.GetUtcNow(), cancel);
        if (!read.Succeeded(out var file))
        {
            return Result<Guid>.Refused(read.Refusals);
        }

        var id = Ids.New(time);
        await PlanFileSql.InsertAsync(connection, id, found.Id, file.Hash, name, bytes, time.GetUtcNow(), cancel);
        return id;
    }

    /// <summary>Null where there is no such plan any more.</summary>
    public async Task<PlanFileView?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        if (await PlanFileSql.FindAsync(connection, id, cancel) is not { } row || await BrandSql.FindAsync(connection, row.Brand, cancel) is not { } brand)
        {
            return null;
        }

        var file = row.TakenAt is null && await PlanFileSql.ContentAsync(connection, id, cancel) is { } bytes
            && (await UnderstandAsync(connection, brand, row.Name, bytes, time.GetUtcNow(), cancel)).Succeeded(out var read) ? read : null;
        return new PlanFileView(brand, row, file, await PlanFileSql.BeforeAsync(connection, row, cancel));
    }

    /// <summary>The plans that were taken in last.</summary>
    public async Task<IReadOnlyList<PlanFileRow>> RecentAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await PlanFileSql.RecentAsync(connection, cancel);
    }

    /// <summary>It is to be taken in; how far that is, its page says.</summary>
    public async Task<Result<Guid>> TakeAsync(Guid id, PostWish wish, bool again, PersonId by, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } view)
        {
            return PlanRefusals.NoFile;
        }

        if (view.File is not { } file)
        {
            return id;
        }

        var good = file.Rows.Count(row => row.IsGood);
        if (good == 0 || (view.Before is not null && !again))
        {
            return good == 0 ? PlanRefusals.NothingGood : PlanRefusals.TakenBefore;
        }

        await store.InTransactionAsync(transaction => PlanFileSql.TakeAsync(transaction, id, wish, good, by, time.GetUtcNow(), cancel), cancel);
        return id;
    }

    /// <summary>
    /// Keeps the next row of a plan, and notes in the same transaction that it did: a server that dies has kept it or has not, and another
    /// goes on after it. Row by row, so that the gate is never held for long: a freeze that comes in between holds the rest.
    /// </summary>
    /// <returns>False where nothing is to be taken in.</returns>
    public Task<bool> StepAsync(CancellationToken cancel) => store.InRepeatedTransactionAsync(async transaction =>
    {
        if (await PlanFileSql.LockAsync(transaction, cancel) is not { TakenBy: { } by } file)
        {
            return false;
        }

        if ((await GoodAsync(transaction.Connection!, file, cancel)).FirstOrDefault(row => row.Line > file.DoneLine) is not { } next)
        {
            await PlanFileSql.EndAsync(transaction, file.Id, time.GetUtcNow(), cancel);
            return true;
        }

        var saved = await posts.AddAsync(transaction, next.Form! with { Wish = Enum.Parse<PostWish>(file.Wish!) }, by, cancel);
        var left = saved.Succeeded(out var set) ? null : new PlanLeft(next.Line, saved.Refusals[0]);
        await PlanFileSql.StepAsync(transaction, file.Id, next.Line, set, left, cancel);
        return true;
    }, cancel);

    public async Task ClearAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await PlanFileSql.DeleteUnusedAsync(connection, time.GetUtcNow() - UnusedLives, cancel);
    }

    /// <summary>As it was good when it was taken in: a row whose time has passed meanwhile is refused by itself, and said.</summary>
    private async Task<IReadOnlyList<PlanRow>> GoodAsync(NpgsqlConnection connection, PlanFileRow file, CancellationToken cancel)
    {
        if (_read is { } read && read.Id == file.Id)
        {
            return read.Good;
        }

        var good = await BrandSql.FindAsync(connection, file.Brand, cancel) is { } brand
            && await PlanFileSql.ContentAsync(connection, file.Id, cancel) is { } bytes
            && (await UnderstandAsync(connection, brand, file.Name, bytes, file.TakenAt!.Value, cancel)).Succeeded(out var understood)
                ? understood.Rows.Where(row => row.IsGood).ToList()
                : [];
        _read = (file.Id, good);
        return good;
    }

    private static async Task<Result<PlanFile>> UnderstandAsync(NpgsqlConnection connection, Brand brand, string name, byte[] bytes, DateTimeOffset now, CancellationToken cancel)
    {
        var accounts = (await AccountSql.AllAsync(connection, cancel)).Where(account => account.Brand == brand.Id).ToList();
        return await new PlanFileReader(brand, accounts, now).ReadAsync(bytes, name, cancel);
    }
}
