using Holdfast.Core.Brands;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;

namespace Holdfast.Core.Tests.Publishing;

/// <summary>Posts, freezes and a noon for the tests of publishing.</summary>
internal static class Posts
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(90);
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(3);
    public static readonly BrandId OurBrand = new(Number(1));
    public static readonly AccountId OurAccount = new(Number(2));
    public static readonly PostReference There = new("there");

    public static ScheduledPost Draft(int number = 1) => new(
        new ScheduledPostId(Number(1000 + number)), OurAccount, OurBrand, "bluesky", PostPurpose.Planned, null, PostState.Draft, null, "Good morning.", "en", [],
        null, null, $"key-{number}", 0, null, 0);

    public static ScheduledPost Scheduled(int number = 1) => Draft(number) with { State = PostState.Scheduled, DueAt = Noon };

    public static ScheduledPost Claimed => PostDecisions.Claim(Scheduled(), AccountState.Connected, [], Lease, Noon).Post;

    public static ScheduledPost Departed => PostDecisions.Depart(Claimed, 1, [], Noon).Post;

    public static ScheduledPost Unknown => PostDecisions.Settle(Departed, 1, new SendResult.Unknown("No answer."), [], Noon).Post;

    public static Freeze Freeze(FreezeScope? scope = null, long epoch = 1) => new(
        new FreezeId(Number(2000 + (int)epoch)), scope ?? new FreezeScope.Everything(), epoch, "A fire.", null, null, Actor.Clock, Noon);

    public static Guid Number(int number) => new(number, 0, 0, new byte[8]);
}
