using Holdfast.Brands;
using Holdfast.Core.Brands;
using Holdfast.Core.Publishing;
using Holdfast.Database;

namespace Holdfast.Publishing;

/// <summary>A post that is to get another time. <paramref name="Due"/> is what the brand's clocks show.</summary>
internal sealed record MoveView(Guid Set, Brand Brand, string Text, DateTime? Due);

/// <summary>What the page for moving shows.</summary>
internal sealed class MoveDesk(Store store)
{
    public async Task<MoveView?> FindAsync(ScheduledPostId id, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await PostSetSql.OneAsync(connection, id, cancel) is { } post && await BrandSql.FindAsync(connection, post.Brand, cancel) is { } brand
            ? new MoveView(post.Set, brand, post.Text, post.DueAt is { } due ? WallTime.Show(due, CalendarDesk.Zone(brand)) : null)
            : null;
    }
}
