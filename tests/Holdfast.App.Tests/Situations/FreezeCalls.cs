using Holdfast.Core.Detection;
using Holdfast.Core.Situations;
using Holdfast.Situations;
using Npgsql;

namespace Holdfast.App.Tests.Situations;

/// <summary>What situations asked of publishing.</summary>
internal sealed class FreezeCalls : IFreezes
{
    public List<(SituationId Situation, Level Level)> Asked { get; } = [];

    public Task FreezeAsync(NpgsqlTransaction transaction, Situation situation, Level level, CancellationToken cancel)
    {
        Asked.Add((situation.Id, level));
        return Task.CompletedTask;
    }
}
