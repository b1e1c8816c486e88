using Holdfast.Core.Detection;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Situations;
using Npgsql;

namespace Holdfast.Publishing;

/// <summary>Freezes that a level places by itself.</summary>
internal sealed class LevelFreezes(FreezeDesk desk) : IFreezes
{
    public async Task FreezeAsync(NpgsqlTransaction transaction, Situation situation, Level level, CancellationToken cancel)
    {
        if (!await FreezeSql.StandsForAsync(transaction, situation.Id, level, cancel))
        {
            await desk.PlaceAsync(
                transaction,
                new FreezeOrder(new FreezeScope.OfBrand(situation.Brand), situation.Title, level, situation.Id),
                Actor.Parse("plan"),
                cancel);
        }
    }
}
