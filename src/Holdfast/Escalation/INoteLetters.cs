using Holdfast.Core.People;
using Npgsql;

namespace Holdfast.Escalation;

/// <summary>What a message that belongs to no page is about, in its writer's own form, and for whom.</summary>
/// <param name="Person">Of ours, or whoever the note says.</param>
internal sealed record Note(string Text, PersonId Person, bool PossibleRepeat);

/// <summary>
/// The letters of features below escalation that tell people something by the same ways, with the same retries. A seam because
/// those features must not be known here. Part of the transaction that claims the message.
/// </summary>
internal interface INoteLetters
{
    /// <summary>Null where the note is somebody else's.</summary>
    Task<Letter?> WriteAsync(NpgsqlTransaction transaction, Note note, Home home, DateTimeOffset now, CancellationToken cancel);
}
