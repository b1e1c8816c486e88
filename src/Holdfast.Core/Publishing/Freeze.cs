using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Situations;

namespace Holdfast.Core.Publishing;

public readonly record struct FreezeId(Guid Value);

/// <summary>An order that nothing in a scope is published until it is lifted.</summary>
/// <param name="Epoch">The how-manieth freeze this is, from 1.</param>
/// <param name="Level">The level that placed it or stood when it was placed; null where there was none.</param>
public sealed record Freeze(
    FreezeId Id, FreezeScope Scope, long Epoch, string Reason, Level? Level, SituationId? Situation, Actor PlacedBy, DateTimeOffset PlacedAt)
{
    public Actor? LiftAskedBy { get; init; }

    public string? LiftReason { get; init; }

    public Actor? LiftedBy { get; init; }

    public DateTimeOffset? LiftedAt { get; init; }

    public bool IsInForce => LiftedAt is null;

    /// <summary>Whether it holds this post, now and in its present place.</summary>
    public bool Holds(ScheduledPost post) => IsInForce && Scope.Covers(post) && !(post.LetThrough?.Epoch >= Epoch);
}

/// <summary>What a freeze covers: everything, a brand, a network or one account.</summary>
public abstract record FreezeScope
{
    private FreezeScope()
    {
    }

    public abstract bool Covers(ScheduledPost post);

    public sealed record Everything : FreezeScope
    {
        public override bool Covers(ScheduledPost post) => true;
    }

    public sealed record OfBrand(BrandId Brand) : FreezeScope
    {
        public override bool Covers(ScheduledPost post) => post.Brand == Brand;
    }

    public sealed record OfNetwork(string Network) : FreezeScope
    {
        public override bool Covers(ScheduledPost post) => post.Network == Network;
    }

    public sealed record OfAccount(AccountId Account) : FreezeScope
    {
        public override bool Covers(ScheduledPost post) => post.Account == Account;
    }
}
