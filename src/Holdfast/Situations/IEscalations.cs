using Holdfast.Core.Detection;
using Holdfast.Core.Situations;
using Npgsql;

namespace Holdfast.Situations;

/// <summary>
/// What situations ask of escalation. A seam because escalation stands below situations: it reads them and writes their
/// timelines, and must not be known here. All three are part of the transaction that changed the situation, which is locked:
/// who changes a page for a reason of its own locks the situation first too (<see cref="TimelineSql.LoadAsync"/>).
/// </summary>
internal interface IEscalations
{
    /// <summary>Pages people for <paramref name="level"/>; a page that runs for less is raised to it.</summary>
    Task StartAsync(NpgsqlTransaction transaction, Situation situation, Level level, bool toConfirm, DateTimeOffset now, CancellationToken cancel);

    /// <summary>The page that runs, if one does, stands for one thing more.</summary>
    Task GrowAsync(NpgsqlTransaction transaction, Situation situation, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Nothing more is sent for this situation.</summary>
    Task VoidAsync(NpgsqlTransaction transaction, SituationId situation, StandDown why, DateTimeOffset now, CancellationToken cancel);
}
