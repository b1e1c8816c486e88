using Holdfast.Core.Detection;
using Holdfast.Core.Situations;
using Npgsql;

namespace Holdfast.Situations;

/// <summary>Stands in where no escalation is registered: situations live on, nobody is paged.</summary>
internal sealed class NobodyPaged : IEscalations
{
    public Task StartAsync(NpgsqlTransaction transaction, Situation situation, Level level, bool toConfirm, DateTimeOffset now, CancellationToken cancel) =>
        Task.CompletedTask;

    public Task GrowAsync(NpgsqlTransaction transaction, Situation situation, DateTimeOffset now, CancellationToken cancel) => Task.CompletedTask;

    public Task VoidAsync(NpgsqlTransaction transaction, SituationId situation, StandDown why, DateTimeOffset now, CancellationToken cancel) =>
        Task.CompletedTask;
}
