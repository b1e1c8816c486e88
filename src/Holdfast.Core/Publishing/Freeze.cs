using Holdfast.Core.Brands;

namespace Holdfast.Core.Publishing;

public readonly record struct FreezeId(Guid Value);

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
