using Holdfast.Brands;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Database;

namespace Holdfast.Publishing;

/// <summary>A file that was read, before anything of it is kept.</summary>
/// <param name="Content">Its bytes, in Base64: the form sends them back when it is agreed to.</param>
/// <param name="Before">When the very same file was taken in, if it was.</param>
public sealed record PlanFileView(Brand Brand, string Name, string Content, PlanFile File, DateTimeOffset? Before);

/// <summary>What came of taking a plan in.</summary>
public sealed record PlanTaken(Brand Brand, int Posts, IReadOnlyList<(long Line, Refusal Refusal)> Left);

/// <summary>Takes a month's plan in: first it is shown, then the good rows are kept.</summary>
internal sealed class PlanFileDesk(Store store, PostDesk posts, TimeProvider time)
{
    public async Task<Result<PlanFileView>> LookAsync(Guid brand, string name, byte[] bytes, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        if (await BrandSql.FindAsync(connection, new BrandId(brand), cancel) is not { } found)
        {
            return PublishingRefusals.NoBrand;
        }

        var accounts = (await AccountSql.AllAsync(connection, cancel)).Where(account => account.Brand == found.Id).ToList();
        var read = await new PlanFileReader(found, accounts, time.GetUtcNow()).ReadAsync(bytes, name, cancel);
        return read.Succeeded(out var file)
            ? new PlanFileView(found, name, Convert.ToBase64String(bytes), file, await PlanFileSql.BeforeAsync(connection, found.Id, file.Hash, cancel))
            : Result<PlanFileView>.Refused(read.Refusals);
    }

    /// <summary>Keeps what can be kept. Row by row, so that the gate is never held for long: a freeze that comes in between holds the rest.</summary>
    public async Task<Result<PlanTaken>> TakeAsync(Guid brand, string name, byte[] bytes, PostWish wish, bool again, PersonId by, CancellationToken cancel)
    {
        var look = await LookAsync(brand, name, bytes, cancel);
        if (!look.Succeeded(out var view))
        {
            return Result<PlanTaken>.Refused(look.Refusals);
        }

        var good = view.File.Rows.Where(row => row.IsGood).ToList();
        if (good.Count == 0 || (view.Before is not null && !again))
        {
            return good.Count == 0 ? PlanRefusals.NothingGood : PlanRefusals.TakenBefore;
        }

        await using (var connection = await store.OpenAsync(cancel))
        {
            await PlanFileSql.InsertAsync(connection, Ids.New(time), view.Brand.Id, view.File.Hash, name, good.Count, by, time.GetUtcNow(), cancel);
        }

        var (kept, left) = (0, new List<(long, Refusal)>());
        foreach (var row in good)
        {
            var saved = await posts.SaveAsync(null, row.Form! with { Wish = wish }, by, cancel);
            kept += saved.Succeeded(out _) ? 1 : 0;
            left.AddRange(saved.Refusals.Take(1).Select(refusal => (row.Line, refusal)));
        }

        return new PlanTaken(view.Brand, kept, left);
    }
}
