using Holdfast.Core.Publishing;

namespace Holdfast.Core.Tests.Publishing.Model;

internal sealed partial class GateModel
{
    private void Freeze(ModelState s, int freeze, List<ModelState> next)
    {
        switch (s.Frost(freeze))
        {
            case Frost.NotYet when mutation == Mutation.AnswersTooSoon:
                next.Add(s.WithFrost(freeze, Frost.Told));
                break;
            case Frost.NotYet or Frost.Told when Closes(s):
                next.Add(Scan(s, freeze));
                break;
            case Frost.Scanned:
                next.Add(Place(s, freeze));
                break;
            case Frost.Placed:
                next.Add(s.WithFrost(freeze, Frost.Answered));
                break;
            case Frost.Answered when Closes(s):
                next.Add(Lift(s, freeze));
                break;
        }
    }

    private ModelState Scan(ModelState s, int freeze)
    {
        var (named, toHold) = (0, 0);
        for (var post = 0; post < ModelState.Posts; post++)
        {
            var reason = PostDecisions.Freeze(Post(s, post), ModelPosts.Freezes[freeze]).Reason;
            var left = mutation == Mutation.OnlyWhatIsScheduledIsHeld && Post(s, post).State == PostState.Sending;
            toHold |= reason == PostReason.Frozen && !left ? 1 << post : 0;
            named |= reason == PostReason.InFlight ? 1 << post : 0;
        }

        return s.WithNamed(freeze, named).WithToHold(freeze, toHold).WithFrost(freeze, Frost.Scanned);
    }

    private ModelState Place(ModelState s, int freeze)
    {
        for (var post = 0; post < ModelState.Posts; post++)
        {
            if ((s.ToHold(freeze) & (1 << post)) != 0)
            {
                s = s.WithPost(post, _posts.Change(s.Post(post), Act.None, freeze, p => PostDecisions.Freeze(p, ModelPosts.Freezes[freeze]).Post));
            }
        }

        return s.WithToHold(freeze, 0).WithFrost(freeze, Frost.Placed);
    }

    private ModelState Lift(ModelState s, int freeze)
    {
        var lifted = s.WithFrost(freeze, Frost.Lifted).WithNamed(freeze, 0).WithToHold(freeze, 0);
        for (var post = 0; post < ModelState.Posts && mutation == Mutation.LiftFires; post++)
        {
            lifted = lifted.WithPost(post, _posts.Change(s.Post(post), Act.None, 8, p => p.Held == HeldBecause.Freeze ? p with { State = PostState.Scheduled, Held = null } : p));
        }

        return lifted;
    }

    /// <summary>Nobody passes the gate while a freeze or a lift is inside.</summary>
    private bool Passes(ModelState s) => mutation == Mutation.NoLock || (s.Frost(0) != Frost.Scanned && s.Frost(1) != Frost.Scanned);

    /// <summary>A freeze or a lift goes in when nobody else is inside.</summary>
    private bool Closes(ModelState s)
    {
        if (mutation == Mutation.NoLock)
        {
            return true;
        }

        for (var worker = 0; worker <= ModelState.Person; worker++)
        {
            if (s.Worker(worker).Stage == Stage.Inside)
            {
                return false;
            }
        }

        return Passes(s);
    }

    private static int InForce(ModelState s) => (Stands(s, 0) ? 1 : 0) | (Stands(s, 1) ? 2 : 0);

    private static bool Stands(ModelState s, int freeze) => s.Frost(freeze) is Frost.Placed or Frost.Answered;
}
