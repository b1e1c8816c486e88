using Holdfast.Core.Listening;

namespace Holdfast.Networks.Social;

/// <summary>
/// What can be listened to on a network: a stream, or a list that is asked again and again. The reader keeps nothing: it begins at
/// the cursor it is given and says with each batch the cursor to begin at next, which is stored only after the batch is committed.
/// </summary>
public interface IPostSource
{
    string Network { get; }

    /// <summary>Runs until cancelled. What the other side does (drops, refuses, is silent) comes as a batch with a <see cref="SourceBatch.Trouble"/>; the reader comes back by itself, with pauses.</summary>
    IAsyncEnumerable<SourceBatch> ReadAsync(SourceRequest request, CancellationToken cancel);
}

/// <param name="Account">Whose notifications and timelines; null for a public stream.</param>
/// <param name="Server">The stream's origin.</param>
/// <param name="Cursor">Where the last stored batch ended; null: now.</param>
public sealed record SourceRequest(Uri Server, AccountAccess? Account, string? Cursor);

/// <summary>What came at once: posts, deletions, and where to go on.</summary>
/// <param name="Unreadable">Raw items that are no post, with the reason; kept, never thrown away.</param>
public sealed record SourceBatch(
    IReadOnlyList<HeardPost> Posts, IReadOnlyList<string> DeletedIds, IReadOnlyList<UnreadablePost> Unreadable, string? Cursor, Failure? Trouble);

/// <summary>A post as heard, and the bytes it came as.</summary>
public sealed record HeardPost(Post Post, ReadOnlyMemory<byte> Raw);

public sealed record UnreadablePost(ReadOnlyMemory<byte> Raw, string Reason);
