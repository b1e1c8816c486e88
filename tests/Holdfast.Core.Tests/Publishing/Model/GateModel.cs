using Holdfast.Core.Publishing;
using static Holdfast.Core.Tests.Publishing.Model.ModelState;

namespace Holdfast.Core.Tests.Publishing.Model;

/// <summary>
/// Everything that can happen next. Three workers claim, ask to leave, send, wait, settle, take back and ask; each may die at any
/// moment. A person gives times and edits. Two freezes come and are lifted. The network takes requests late or never, and
/// answers get lost. What a transaction does to a post is Core's own decision.
/// </summary>
internal sealed partial class GateModel(Mutation mutation, bool keyed, ModelSize size)
{
    private static readonly DateTimeOffset Now = Posts.Noon;
    private static readonly DateTimeOffset LeaseOver = Now + Posts.Lease;

    private readonly ModelPosts _posts = new();

    public ModelState Start => Enumerable.Range(0, ModelState.Posts).Aggregate(
        default(ModelState), (s, post) => s.WithPost(post, _posts.First(post, there: post < size.Posts)));

    public ScheduledPost Post(ModelState s, int post) => _posts[s.Post(post)];

    public void Next(ModelState s, List<ModelState> next)
    {
        for (var worker = Workers - size.Workers; worker < Workers; worker++)
        {
            Worker(s, worker, next);
        }

        PersonActs(s, next);
        Network(s, next);
        for (var freeze = 0; freeze < Freezes; freeze++)
        {
            Freeze(s, freeze, next);
        }
    }

    /// <summary>What is wrong with a state; null where nothing is.</summary>
    public string? Wrong(ModelState s)
    {
        for (var post = 0; post < ModelState.Posts; post++)
        {
            var (state, seen) = (Post(s, post).State, s.Seen(post));
            if (seen > 1)
            {
                return $"double: post {post} is on the network {seen} times";
            }

            if (state == PostState.Sent && seen == 0)
            {
                return $"a lie: post {post} is called sent and is not on the network";
            }

            if (seen > 0 && state is not (PostState.Sent or PostState.Sending or PostState.Unknown))
            {
                return $"forgotten: post {post} is on the network and is called {state}, so that it may be sent again";
            }
        }

        return null;
    }

    /// <summary>What is wrong with going from one state to another.</summary>
    public string? Wrong(ModelState from, ModelState to)
    {
        for (var post = 0; post < ModelState.Posts; post++)
        {
            if (to.Flying(post) <= from.Flying(post))
            {
                continue;
            }

            for (var freeze = 0; freeze < Freezes; freeze++)
            {
                if (Answered(from, freeze) && ModelPosts.Freezes[freeze].Scope.Covers(Post(from, post)) && (from.Named(freeze) & (1 << post)) == 0)
                {
                    return $"slipped: post {post} left after freeze {freeze} had answered without naming it";
                }
            }
        }

        for (var freeze = 0; freeze < Freezes; freeze++)
        {
            if (from.Frost(freeze) == Frost.Answered && to.Frost(freeze) == Frost.Lifted && Enumerable.Range(0, ModelState.Posts).Any(post => from.Post(post) != to.Post(post)))
            {
                return $"lifting freeze {freeze} changed a post";
            }
        }

        return null;
    }

    private bool Answered(ModelState s, int freeze) => s.Frost(freeze) == Frost.Answered
        || (mutation == Mutation.AnswersTooSoon && s.Frost(freeze) is Frost.Told or Frost.Scanned or Frost.Placed);

    private void Worker(ModelState s, int worker, List<ModelState> next)
    {
        var w = s.Worker(worker);
        if (w.Stage != Stage.Idle)
        {
            // Dies: what it knew is gone, an open transaction with it.
            next.Add(s.With(worker, Model.Worker.Idle));
        }

        switch (w.Stage)
        {
            case Stage.Idle:
                Begin(s, worker, next);
                break;
            case Stage.Inside:
                next.Add(Commit(s, worker, w));
                break;
            case Stage.Claimed when mutation == Mutation.NobodyAsksToLeave:
                next.Add(Sent(s, worker, w));
                break;
            case Stage.Claimed when Passes(s):
                next.Add(Enter(s, worker, new(Stage.Inside, Act.Depart, w.Post, w.Fence, InForce(s), Answer.None)));
                break;
            case Stage.MayLeave:
                next.Add(Sent(s, worker, w));
                break;
            case Stage.Waiting:
                next.Add(s.With(worker, new(Stage.Knows, Act.None, w.Post, w.Fence, 0, Answer.Lost)));
                break;
            case Stage.Knows when Passes(s):
                next.Add(Commit(s, worker, new(Stage.Inside, Act.Settle, w.Post, w.Fence, InForce(s), w.Answer)));
                break;
        }
    }

    private void Begin(ModelState s, int worker, List<ModelState> next)
    {
        if (!Passes(s))
        {
            return;
        }

        for (var post = 0; post < ModelState.Posts; post++)
        {
            var p = Post(s, post);
            var act = p.State switch
            {
                PostState.Scheduled when p.Fence < MostClaims(post) => Act.Claim,
                PostState.Sending => Act.TakeBack,
                PostState.Unknown => Act.Ask,
                _ => Act.None,
            };
            var inside = new Worker(Stage.Inside, act, post, (int)p.Fence, InForce(s), Answer.None);
            if (act == Act.Claim)
            {
                next.Add(Enter(s, worker, inside));
            }
            else if (act != Act.None)
            {
                next.Add(Commit(s, worker, inside));
            }
        }
    }

    /// <summary>Passes the gate; the transaction's second half comes at once where transactions are whole.</summary>
    private ModelState Enter(ModelState s, int worker, Worker inside) => size.Whole ? Commit(s, worker, inside) : s.With(worker, inside);

    private static ModelState Sent(ModelState s, int worker, Worker w) =>
        s.WithFlying(w.Post, s.Flying(w.Post) + 1).With(worker, new(Stage.Waiting, Act.None, w.Post, w.Fence, 0, Answer.None));

    /// <summary>The second half of a transaction: the post is locked, decided on with the freezes that were read, and written.</summary>
    private ModelState Commit(ModelState s, int worker, Worker w)
    {
        var freezes = ModelPosts.InForce(w.Freezes);
        var idle = s.With(worker, Model.Worker.Idle);
        switch (w.Act)
        {
            case Act.Claim:
                var claimed = Change(s, w, post => PostDecisions.Claim(post, AccountState.Connected, freezes, Posts.Lease, Now).Post);
                return _posts[claimed] is { State: PostState.Sending } mine && _posts[s.Post(w.Post)].State == PostState.Scheduled
                    ? s.WithPost(w.Post, claimed).With(worker, new(Stage.Claimed, Act.None, w.Post, (int)mine.Fence, 0, Answer.None))
                    : idle.WithPost(w.Post, claimed);
            case Act.Depart:
                var asked = mutation == Mutation.OnlyWhatIsScheduledIsHeld ? [] : freezes;
                var leaves = PostDecisions.Depart(_posts[s.Post(w.Post)], mutation == Mutation.NoFence ? _posts[s.Post(w.Post)].Fence : w.Fence, asked, Now).Reason == PostReason.Leaves;
                var departed = leaves && mutation != Mutation.DepartureIsNotWritten
                    ? Change(s, w, post => PostDecisions.Depart(post, post.Fence, [], Now).Post)
                    : s.Post(w.Post);
                return leaves
                    ? s.WithPost(w.Post, departed).With(worker, new(Stage.MayLeave, Act.None, w.Post, w.Fence, 0, Answer.None))
                    : s.With(worker, new(Stage.Knows, Act.None, w.Post, w.Fence, 0, Answer.Stopped));
            case Act.Settle:
                return idle.WithPost(w.Post, Change(s, w, post => PostDecisions.Settle(post, mutation == Mutation.NoFence ? post.Fence : w.Fence, Result(w.Answer), freezes, Now).Post));
            case Act.TakeBack:
                return idle.WithPost(w.Post, Change(s, w, post => TakeBack(post, freezes)));
            case Act.Ask:
                return Asked(s, idle, w, freezes);
            case Act.GiveTime:
                return idle.WithPost(w.Post, Change(s, w, post => PostDecisions.Schedule(post, Now, freezes, Now) is { } result && result.Succeeded(out var timed) ? timed : post));
            default:
                return idle.WithPost(w.Post, Change(s, w, post => PostDecisions.Edit(post, new PostEdit(post.Text, post.Language, post.Media, null), freezes) is { } result && result.Succeeded(out var edited) ? edited : post));
        }
    }

    private ScheduledPost TakeBack(ScheduledPost post, IReadOnlyList<Freeze> freezes)
    {
        var taken = PostDecisions.TakeBack(post, freezes, LeaseOver).Post;
        return mutation == Mutation.AbandonedIsSentAgain && post.State == PostState.Sending && taken.State == PostState.Unknown
            ? taken with { State = PostState.Scheduled, DepartedAt = null }
            : taken;
    }

    /// <summary>"Not there" counts only when no request can be on its way any more: the grace is longer than one can live.</summary>
    private ModelState Asked(ModelState s, ModelState idle, Worker w, IReadOnlyList<Freeze> freezes)
    {
        var travelling = s.Flying(w.Post) > 0 || Enumerable.Range(0, Workers).Any(i => s.Worker(i) is { Stage: Stage.MayLeave } other && other.Post == w.Post);
        AskResult answer = s.Seen(w.Post) > 0 ? new AskResult.Found(Posts.There) : new AskResult.NotThere(keyed);
        var graceIsOver = !travelling || mutation == Mutation.NoGrace;
        var more = (s.Seen(w.Post) > 0 ? 16 : 0) + (graceIsOver ? 32 : 0);
        return idle.WithPost(w.Post, Change(s, w, post => PostDecisions.Asked(post, w.Fence, answer, freezes, graceIsOver, Now).Post, more));
    }

    private void PersonActs(ModelState s, List<ModelState> next)
    {
        var person = s.Worker(Person);
        if (person.Stage == Stage.Inside)
        {
            next.Add(Commit(s, Person, person));
            return;
        }

        for (var post = 0; post < ModelState.Posts && Passes(s); post++)
        {
            var p = Post(s, post);
            if (p.State == PostState.Held && p.Fence < MostClaims(post))
            {
                next.Add(Enter(s, Person, new(Stage.Inside, Act.GiveTime, post, 0, InForce(s), Answer.None)));
            }

            if (p.State == PostState.Scheduled)
            {
                next.Add(Commit(s, Person, new(Stage.Inside, Act.Edit, post, 0, InForce(s), Answer.None)));
            }
        }
    }

    /// <summary>A request arrives, or never does; who waits hears of it, or does not.</summary>
    private void Network(ModelState s, List<ModelState> next)
    {
        for (var post = 0; post < ModelState.Posts; post++)
        {
            if (s.Flying(post) == 0)
            {
                continue;
            }

            var landed = s.WithFlying(post, s.Flying(post) - 1);
            next.Add(landed);
            var taken = landed.WithSeen(post, keyed ? 1 : s.Seen(post) + 1);
            next.Add(taken);
            for (var worker = 0; worker < Workers; worker++)
            {
                if (s.Worker(worker) is { Stage: Stage.Waiting } w && w.Post == post)
                {
                    next.Add(taken.With(worker, new(Stage.Knows, Act.None, post, w.Fence, 0, Answer.Sent)));
                }
            }
        }
    }

    private int MostClaims(int post) => post == 0 ? size.Claims : 1;

    private int Change(ModelState s, Worker w, Func<ScheduledPost, ScheduledPost> decide, int more = 0) =>
        _posts.Change(s.Post(w.Post), w.Act, w.Freezes | (w.Fence << 8) | ((int)w.Answer << 13) | more, decide);

    private SendResult Result(Answer answer) => answer switch
    {
        Answer.Sent => new SendResult.Sent(Posts.There),
        Answer.Lost when mutation == Mutation.LostIsSent => new SendResult.Sent(Posts.There),
        Answer.Stopped => new SendResult.Stopped(""),
        _ => new SendResult.Unknown(""),
    };
}
