using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using static Holdfast.Core.Tests.Publishing.Posts;

namespace Holdfast.Core.Tests.Publishing;

public sealed class PostDecisionsTests
{
    private static readonly PostEdit OtherWords = new("Good evening.", "en", [], null);

    [Fact]
    public void What_is_scheduled_in_the_scope_of_a_freeze_is_held_whoever_schedules_it_and_how()
    {
        var freeze = Freeze();
        Assert.Equal((PostState.Held, HeldBecause.Freeze, freeze.Id), Where(PostDecisions.Schedule(Draft(), Noon, [freeze], Noon).Value));
        Assert.Equal((PostState.Held, HeldBecause.Freeze, freeze.Id), Where(PostDecisions.Edit(Scheduled(), OtherWords, [freeze]).Value));
        Assert.Equal((PostState.Held, HeldBecause.Freeze, freeze.Id), Where(PostDecisions.Approve(Awaiting(), [freeze], Noon).Value));
        Assert.Equal((PostState.Held, HeldBecause.Freeze, freeze.Id), Where(PostDecisions.Claim(Scheduled(), AccountState.Connected, [freeze], Lease, Noon).Post));
    }

    [Fact]
    public void A_freeze_covers_its_scope_and_nothing_else()
    {
        FreezeScope[] over = [new FreezeScope.Everything(), new FreezeScope.OfBrand(OurBrand), new FreezeScope.OfNetwork("bluesky"), new FreezeScope.OfAccount(OurAccount)];
        FreezeScope[] beside = [new FreezeScope.OfBrand(new BrandId(Number(9))), new FreezeScope.OfNetwork("mastodon"), new FreezeScope.OfAccount(new AccountId(Number(9)))];
        Assert.All(over, scope => Assert.Equal(PostReason.Frozen, PostDecisions.Freeze(Scheduled(), Freeze(scope)).Reason));
        Assert.All(beside, scope => Assert.Equal(PostState.Scheduled, PostDecisions.Freeze(Scheduled(), Freeze(scope)).Post.State));
    }

    [Fact]
    public void A_claim_that_has_not_asked_to_leave_can_no_longer_leave_once_it_is_frozen()
    {
        var frozen = PostDecisions.Freeze(Claimed, Freeze()).Post;
        Assert.Equal(PostState.Held, frozen.State);
        Assert.Equal(PostReason.NotOurs, PostDecisions.Depart(frozen, 1, [], Noon).Reason);
    }

    [Fact]
    public void A_claim_that_has_asked_to_leave_is_named_and_its_answer_still_counts()
    {
        var frozen = PostDecisions.Freeze(Departed, Freeze());
        Assert.Equal((PostReason.InFlight, PostState.Sending), (frozen.Reason, frozen.Post.State));
        Assert.Equal(PostState.Sent, PostDecisions.Settle(frozen.Post, 1, new SendResult.Sent(There), [Freeze()], Noon).Post.State);
    }

    [Fact]
    public void The_second_request_of_a_post_asks_again_and_is_stopped_by_a_freeze_between_the_two()
    {
        var stopped = PostDecisions.Depart(Departed, 1, [Freeze()], Noon);
        Assert.Equal(PostReason.Frozen, stopped.Reason);
        Assert.Equal((PostState.Held, HeldBecause.Freeze, Freeze().Id), Where(PostDecisions.Settle(stopped.Post, 1, new SendResult.Stopped(""), [Freeze()], Noon).Post));
    }

    [Fact]
    public void An_old_claim_leaves_nothing_behind_after_a_new_one()
    {
        var again = PostDecisions.Claim(PostDecisions.TakeBack(Claimed, [], Noon + Lease).Post, AccountState.Connected, [], Lease, Noon + Lease).Post;
        Assert.Equal(PostReason.NotOurs, PostDecisions.Depart(again, 1, [], Noon + Lease).Reason);
        Assert.Equal(again, PostDecisions.Settle(again, 1, new SendResult.Unknown(""), [], Noon + Lease).Post);
    }

    [Fact]
    public void A_dead_worker_that_never_asked_to_leave_gives_its_post_back_and_one_that_did_leaves_it_unknown()
    {
        Assert.Equal(PostState.Scheduled, PostDecisions.TakeBack(Claimed, [], Noon + Lease).Post.State);
        Assert.Equal(PostState.Held, PostDecisions.TakeBack(Claimed, [Freeze()], Noon + Lease).Post.State);
        Assert.Equal(PostState.Unknown, PostDecisions.TakeBack(Departed, [], Noon + Lease).Post.State);
        Assert.Equal(PostState.Sending, PostDecisions.TakeBack(Departed, [], Noon).Post.State);
    }

    [Fact]
    public void A_lost_answer_is_never_sent_again_on_a_guess()
    {
        Assert.Equal(PostReason.NotOurs, PostDecisions.Claim(Unknown, AccountState.Connected, [], Lease, Noon).Reason);
        Assert.Equal(PostReason.TooEarlyToTell, Asked(new AskResult.NotThere(RepeatIsHarmless: true), graceIsOver: false).Reason);
        Assert.Equal(PostState.Unknown, Asked(new AskResult.CannotTell("No way to ask."), true).Post.State);
        Assert.Equal((PostState.Held, HeldBecause.NotArrived, null), Where(Asked(new AskResult.NotThere(RepeatIsHarmless: false), true).Post));
        Assert.Equal(PostState.Scheduled, Asked(new AskResult.NotThere(RepeatIsHarmless: true), true).Post.State);
        Assert.Equal(PostState.Held, Asked(new AskResult.NotThere(RepeatIsHarmless: true), true, Freeze()).Post.State);
        Assert.Equal(PostState.Sent, Asked(new AskResult.Found(There), graceIsOver: false).Post.State);
    }

    [Fact]
    public void That_the_network_has_it_is_believed_however_late_it_is_told()
    {
        var held = Asked(new AskResult.NotThere(RepeatIsHarmless: false), true).Post;
        var given = PostDecisions.Schedule(held, Noon + Grace, [], Noon + Grace).Value;
        Assert.Equal(PostState.Sent, PostDecisions.Settle(given, 1, new SendResult.Sent(There), [], Noon + Grace).Post.State);
    }

    [Fact]
    public void Nothing_goes_out_by_itself_that_is_late()
    {
        var late = Noon + ScheduledPost.Lateness + TimeSpan.FromSeconds(1);
        Assert.Equal(PostReason.Claimed, PostDecisions.Claim(Scheduled(), AccountState.Connected, [], Lease, Noon + ScheduledPost.Lateness).Reason);
        Assert.Equal((PostState.Held, HeldBecause.Missed, null), Where(PostDecisions.Claim(Scheduled(), AccountState.Connected, [], Lease, late).Post));
        Assert.Equal((PostState.Held, HeldBecause.ApprovedTooLate, null), Where(PostDecisions.Approve(Awaiting(), [], late).Value));
        Assert.Equal("post.time-past", PostDecisions.Schedule(Draft(), Noon, [], late).Refusals[0].Code);
    }

    [Fact]
    public void Lifting_sends_nothing_and_a_held_post_needs_a_new_time()
    {
        var held = PostDecisions.Freeze(Scheduled(), Freeze()).Post;
        Assert.Equal(PostReason.NotOurs, PostDecisions.Claim(held, AccountState.Connected, [], Lease, Noon).Reason);
        Assert.Equal("post.frozen", PostDecisions.Schedule(held, Noon, [Freeze()], Noon).Refusals[0].Code);
        Assert.Equal(PostState.Scheduled, PostDecisions.Schedule(held, Noon, [], Noon).Value.State);
        Assert.Equal(PostState.Dropped, PostDecisions.Drop(held).Value.State);
    }

    [Fact]
    public void An_edit_takes_back_the_approval_and_the_passage_of_the_old_words()
    {
        var approved = PostDecisions.Approve(Awaiting(), [], Noon).Value;
        Assert.Equal(PostState.Scheduled, approved.State);
        var edited = PostDecisions.Edit(approved with { LetThrough = new LetThrough(new PersonId(Number(3)), "Calm them.", 1) }, OtherWords, []).Value;
        Assert.Equal((PostState.AwaitingApproval, false, null), (edited.State, edited.Approved, edited.LetThrough));
    }

    [Fact]
    public void An_answer_of_a_situation_may_be_let_through_the_freezes_there_are_and_no_later_one()
    {
        var answer = Draft() with { Purpose = PostPurpose.Reply, Situation = new SituationId(Number(4)) };
        Assert.Equal("post.not-an-answer", PostDecisions.LetThrough(Draft(), new PersonId(Number(3)), "Now.", 1).Refusals[0].Code);
        var through = PostDecisions.LetThrough(answer, new PersonId(Number(3)), "They wait for it.", 1).Value;
        Assert.Equal(PostState.Scheduled, PostDecisions.Schedule(through, Noon, [Freeze()], Noon).Value.State);
        Assert.Equal(PostState.Held, PostDecisions.Schedule(through, Noon, [Freeze(), Freeze(epoch: 2)], Noon).Value.State);
    }

    [Fact]
    public void What_is_refused_for_now_is_tried_again_when_the_network_says_and_not_for_ever()
    {
        var refused = new SendResult.Rejected(Retryable: true, TimeSpan.FromMinutes(2), SignInNeeded: false, "Too many.");
        Assert.Equal((PostState.Scheduled, Noon + TimeSpan.FromMinutes(2)), (Settled(refused).State, Settled(refused).NotBefore));
        Assert.Equal(PostReason.NotDue, PostDecisions.Claim(Settled(refused), AccountState.Connected, [], Lease, Noon).Reason);
        Assert.Equal(PostState.Rejected, PostDecisions.Settle(Departed with { Tries = PostDecisions.MaxTries }, 1, refused, [], Noon).Post.State);
        Assert.Equal(PostState.Rejected, Settled(refused with { Retryable = false }).State);
        Assert.Equal(HeldBecause.Account, Settled(refused with { SignInNeeded = true }).Held);
        Assert.Equal(PostState.Held, PostDecisions.Settle(Departed, 1, refused, [Freeze()], Noon).Post.State);
    }

    [Fact]
    public void A_restored_copy_sends_nothing_that_was_on_its_way()
    {
        Assert.Equal(HeldBecause.Restored, PostDecisions.Restored(Scheduled()).Held);
        Assert.Equal(PostReason.NotOurs, PostDecisions.Depart(PostDecisions.Restored(Claimed), 1, [], Noon).Reason);
    }

    [Fact]
    public void Keys_are_record_keys_and_do_not_meet()
    {
        var keys = Enumerable.Range(0, 2_000).Select(_ => PostKey.Of(new ScheduledPostId(Guid.CreateVersion7(Noon)))).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Matches("^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$", key));
    }

    private static ScheduledPost Awaiting() => Draft() with { State = PostState.AwaitingApproval, NeedsApproval = true, DueAt = Noon };

    private static ScheduledPost Settled(SendResult result) => PostDecisions.Settle(Departed, 1, result, [], Noon).Post;

    private static PostDecision Asked(AskResult answer, bool graceIsOver, params Freeze[] freezes) =>
        PostDecisions.Asked(Unknown, 1, answer, freezes, graceIsOver, Noon + Grace);

    private static (PostState State, HeldBecause? Held, FreezeId? Freeze) Where(ScheduledPost post) => (post.State, post.Held, post.Freeze);
}
