using System.Data.Common;
using Holdfast.Brands;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Publishing;
using Holdfast.Database;

namespace Holdfast.Publishing;

/// <summary>One account's version as people will see it, and whether it fits.</summary>
public sealed record PostVersionPreview(AccountRow Account, string Text, TextSize Size, IReadOnlyList<CalendarRow> Same);

/// <summary>What would become of the composer's form.</summary>
public sealed record PostPreview(
    Brand? Brand, IReadOnlyList<PostVersionPreview> Versions, DateTimeOffset? DueAt, WallTimeKind Time, ClockChange? Change, PostForm Form, IReadOnlyList<MediaFacts> Media, IReadOnlyList<Refusal> When)
{
    public bool IsPast(DateTimeOffset now) => DueAt < now;
}

/// <summary>Looks at a post while it is written: the network's own count, its look, its time, and whether the account said it before.</summary>
internal sealed class PostPreviewDesk(Store store)
{
    public async Task<PostPreview> LookAsync(Guid? set, PostForm form, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var brand = await BrandSql.FindAsync(connection, new BrandId(form.Brand), cancel);
        if (brand is null)
        {
            return new(null, [], null, WallTimeKind.Once, null, form, [], []);
        }

        var accounts = (await AccountSql.AllAsync(connection, cancel)).Where(account => account.Brand == brand.Id && form.Accounts.Contains(account.Id.Value)).ToList();
        var refusals = new List<Refusal>();
        var zone = CalendarDesk.Zone(brand);
        var due = PostCheck.Due(form.Local, form.Second, zone, refusals);
        var planned = new PlannedPost([.. accounts.Select(account => (account, form.TextFor(account.Id.Value)))], null, [], null, null, due);
        var same = (await SameAsync(connection, planned, set, cancel)).ToLookup(row => row.Account);
        var media = await MediaSql.FactsAsync(connection, brand.Id, [.. form.Media.Select(each => each.Id)], cancel);
        return new(
            brand,
            [.. planned.Versions.Select(version => new PostVersionPreview(
                version.Account, version.Text, PostCheck.Size(version.Text, version.Account, form.Warning), [.. same[version.Account.Id]]))],
            due,
            form.Local is { } local ? WallTime.Read(local, zone).Kind : WallTimeKind.Once,
            form.Local is { } wanted ? WallTime.ChangeOn(DateOnly.FromDateTime(wanted), zone) : null,
            form,
            media,
            refusals);
    }

    /// <summary>What the same accounts say near that day in the same or nearly the same words.</summary>
    public static async Task<List<CalendarRow>> SameAsync(DbConnection connection, PlannedPost planned, Guid? set, CancellationToken cancel)
    {
        if (planned.DueAt is not { } due)
        {
            return [];
        }

        var near = await PostSetSql.NearAsync(
            connection, [.. planned.Versions.Select(version => version.Account.Id.Value)], due - NearSame.Near, due + NearSame.Near, set, cancel);
        return [.. near.Where(row => planned.Versions.Any(version => version.Account.Id == row.Account && NearSame.Of(version.Text, row.Text)))];
    }
}
