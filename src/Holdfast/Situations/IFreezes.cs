using Holdfast.Core.Detection;
using Holdfast.Core.Situations;
using Npgsql;

namespace Holdfast.Situations;

/// <summary>What situations ask of publishing; a seam for the same reason as <see cref="IEscalations"/>, and in the same transaction.</summary>
internal interface IFreezes
{
    /// <summary>Holds all that the situation's brand has scheduled, once for each situation and level. Nothing leaves from the commit on.</summary>
    Task FreezeAsync(NpgsqlTransaction transaction, Situation situation, Level level, CancellationToken cancel);
}
