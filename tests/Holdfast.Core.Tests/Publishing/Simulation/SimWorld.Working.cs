using Holdfast.Core.Publishing;

namespace Holdfast.Core.Tests.Publishing.Simulation;

internal sealed partial class SimWorld
{
    /// <summary>Freezes and lifts wait for everyone inside, and nobody is inside while they are: here they are one step.</summary>
    private bool GateIsFree => _workers.All(worker => worker.Inside is null);

    private void Work(SimWorker worker)
    {
        switch (worker)
        {
            case { Post: null }:
                Look(worker);
                break;
            case { Inside: { } seen, Knows: null, Fence: 0 }:
                Claim(worker, seen);
                break;
            case { Inside: { } seen, Knows: null }:
                Depart(worker, seen);
                break;
            case { MayLeave: true }:
                Send(worker);
                break;
            case { Waiting: true }:
                (worker.Waiting, worker.Knows) = (false, new SendResult.Unknown("no answer"));
                break;
            case { Knows: { } result, Post: { } post }:
                post.Row = PostDecisions.Settle(post.Row, worker.Fence, result, InForce, Clock).Post;
                worker.Die();
                break;
            default:
                // Holds a claim: goes to the gate.
                worker.Inside = InForce;
                break;
        }
    }

    private void Look(SimWorker worker)
    {
        var post = _posts[_random.Next(_posts.Count)];
        switch (post.Row.State)
        {
            case PostState.Scheduled:
                (worker.Post, worker.Fence, worker.Inside) = (post, 0, InForce);
                break;
            case PostState.Sending:
                post.Row = PostDecisions.TakeBack(post.Row, InForce, Clock).Post;
                break;
            case PostState.Unknown:
                Ask(post);
                break;
        }
    }

    private void Claim(SimWorker worker, IReadOnlyList<Freeze> seen)
    {
        var post = worker.Post!;
        var decision = PostDecisions.Claim(post.Row, AccountState.Connected, seen, Posts.Lease, Clock);
        post.Row = decision.Post;
        worker.Die();
        if (decision.Reason == PostReason.Claimed)
        {
            (worker.Post, worker.Fence) = (post, decision.Post.Fence);
        }
    }

    private void Depart(SimWorker worker, IReadOnlyList<Freeze> seen)
    {
        var post = worker.Post!;
        var decision = PostDecisions.Depart(post.Row, worker.Fence, seen, Clock);
        post.Row = decision.Post;
        worker.Inside = null;
        if (decision.Reason == PostReason.Leaves)
        {
            (worker.MayLeave, worker.YesAt) = (true, _true);
        }
        else
        {
            worker.Knows = new SendResult.Stopped("the gate was closed");
        }
    }

    private void Send(SimWorker worker)
    {
        var post = worker.Post!;
        foreach (var freeze in _freezes)
        {
            if (freeze.Freeze.Holds(post.Row) && !freeze.Named.Contains(post))
            {
                throw new InvalidOperationException($"slipped: {post.Row.Key} left during freeze {freeze.Freeze.Epoch}, which does not name it");
            }
        }

        worker.MayLeave = false;
        if (_random.Next(8) == 0)
        {
            worker.Knows = new SendResult.Rejected(Retryable: true, null, SignInNeeded: false, "slow down");
            return;
        }

        post.Flying.Add(_true);
        worker.Waiting = true;
    }

    /// <summary>How long to wait before "not there" is believed is told by the clock that does not jump.</summary>
    private void Ask(SimPost post)
    {
        var claim = (post, post.Row.Fence);
        var since = _unknownSince.TryGetValue(claim, out var first) ? first : _unknownSince[claim] = _true;
        AskResult answer = post.Shown > 0 ? new AskResult.Found(Posts.There) : new AskResult.NotThere(post.Keyed);
        post.Row = PostDecisions.Asked(post.Row, post.Row.Fence, answer, InForce, _true - since > Grace, Clock).Post;
    }

    private void Check()
    {
        foreach (var post in _posts)
        {
            if (post.Shown > 1)
            {
                throw new InvalidOperationException($"double: {post.Row.Key} is on the network {post.Shown} times");
            }

            if (post.Row.State == PostState.Sent && post.Shown == 0)
            {
                throw new InvalidOperationException($"a lie: {post.Row.Key} is called sent");
            }

            if (post.Shown > 0 && post.Row.State is not (PostState.Sent or PostState.Sending or PostState.Unknown))
            {
                throw new InvalidOperationException($"lost: {post.Row.Key} is on the network and is called {post.Row.State}");
            }
        }
    }
}
