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

    public bool Covers(ScheduledPost post) => Covers(post.Brand, post.Network, post.Account);

    public abstract bool Covers(BrandId brand, string network, AccountId account);

    public sealed record Everything : FreezeScope
    {
        public override bool Covers(BrandId brand, string network, AccountId account) => true;
    }

    public sealed record OfBrand(BrandId Brand) : FreezeScope
    {
        public override bool Covers(BrandId brand, string network, AccountId account) => brand == Brand;
    }

    public sealed record OfNetwork(string Network) : FreezeScope
    {
        public override bool Covers(BrandId brand, string network, AccountId account) => network == Network;
    }

    public sealed record OfAccount(AccountId Account) : FreezeScope
    {
        public override bool Covers(BrandId brand, string network, AccountId account) => account == Account;
    }
}
