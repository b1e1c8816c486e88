using Holdfast.Core.Publishing;
using Holdfast.Database;

namespace Holdfast.Freezing;

/// <summary>A freeze and all posts it has to do with.</summary>
public sealed record FreezeView(FreezeLine Line, IReadOnlyList<FrozenPost> Posts)
{
    public bool IsLifted => Line.LiftedAt is not null;

    public IReadOnlyList<FrozenPost> Held => [.. Posts.Where(post => post.Found is "Held" or "HeldBefore" or "Later")];

    /// <summary>Wait for a person, on account of this freeze.</summary>
    public IReadOnlyList<FrozenPost> Waiting => [.. Posts.Where(post => post.State == nameof(PostState.Held) && post.FreezeId == Line.Id)];

    public IReadOnlyList<FrozenPost> Left => [.. Travelling.Where(post => post.State == nameof(PostState.Sent))];

    public IReadOnlyList<FrozenPost> Open => [.. Travelling.Where(post => post.State is nameof(PostState.Sending) or nameof(PostState.Unknown))];

    public IReadOnlyList<FrozenPost> Stopped => [.. Travelling.Except(Left).Except(Open)];

    public IReadOnlyList<FrozenPost> LetThrough => [.. Posts.Where(post => post.Found == "LetThrough")];

    public IReadOnlyList<FrozenPost> SentBefore => [.. Posts.Where(post => post.Found == "SentBefore")];

    private IEnumerable<FrozenPost> Travelling => Posts.Where(post => post.Found is "InFlight" or "Unknown");

    internal static async Task<FreezeView?> OfAsync(Store store, FreezeId id, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await FreezeViewSql.OneAsync(connection, id, cancel) is { } line
            ? new FreezeView(line, await FreezeViewSql.PostsAsync(connection, id, cancel))
            : null;
    }
}
