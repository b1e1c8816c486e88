using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Publishing;

namespace Holdfast.App.Tests.Publishing;

/// <summary>A plan's file as its page and the worker take it.</summary>
internal static class PlanFiles
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<PlanFileView> LookAsync(this PlanFileDesk desk, BrandId brand, byte[] bytes) =>
        (await desk.FindAsync((await desk.ReadAsync(brand.Value, "plan.csv", bytes, Cancel)).Value, Cancel))!;

    public static async Task<Result<PlanFileRow>> TakeAsync(this PlanFileDesk desk, BrandId brand, byte[] bytes, PostWish wish, PersonId by, bool again = false)
    {
        var id = (await desk.ReadAsync(brand.Value, "plan.csv", bytes, Cancel)).Value;
        var taken = await desk.TakeAsync(id, wish, again, by, Cancel);
        if (!taken.Succeeded(out _))
        {
            return Result<PlanFileRow>.Refused(taken.Refusals);
        }

        while (await desk.StepAsync(Cancel))
        {
        }

        return (await desk.FindAsync(id, Cancel))!.Row;
    }
}
