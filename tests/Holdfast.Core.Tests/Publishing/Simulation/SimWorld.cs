using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;

namespace Holdfast.Core.Tests.Publishing.Simulation;

/// <summary>A network as it really is: what it shows, and what is on its way to it.</summary>
internal sealed class SimPost(ScheduledPost row, bool keyed)
{
    public ScheduledPost Row { get; set; } = row;

    /// <summary>The network takes the same key once.</summary>
    public bool Keyed { get; } = keyed;

    public int Shown { get; set; }

    /// <summary>When the requests left that have not arrived, by true time.</summary>
    public List<TimeSpan> Flying { get; } = [];
}

/// <summary>A worker's memory; gone when it dies.</summary>
internal sealed class SimWorker
{
    public SimPost? Post { get; set; }

    public long Fence { get; set; }

    /// <summary>In a transaction that passed the gate: the freezes that it saw.</summary>
    public IReadOnlyList<Freeze>? Inside { get; set; }

    public bool MayLeave { get; set; }

    /// <summary>When the gate said yes, by true time.</summary>
    public TimeSpan YesAt { get; set; }

    public bool Waiting { get; set; }

    public SendResult? Knows { get; set; }

    public void Die()
    {
        (Post, Inside, MayLeave, Waiting, Knows) = (null, null, false, false, null);
    }
}

/// <summary>A freeze and what it promised.</summary>
internal sealed record SimFreeze(Freeze Freeze, HashSet<SimPost> Named)
{
    public Freeze Freeze { get; set; } = Freeze;
}

/// <summary>
/// Chance decides what happens next: workers at any point between two steps, people, freezes, deaths, lost answers, requests that
/// dawdle, clocks that jump by a day either way. Locks are taken as the app takes them: the gate first, then the post.
/// </summary>
internal sealed partial class SimWorld
{
    public const int Steps = 200;

    private static readonly TimeSpan RequestLives = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(3);
    private static readonly AccountId[] Accounts = [Posts.OurAccount, new(Posts.Number(3))];

    private readonly Random _random;
    private readonly List<SimPost> _posts = [];
    private readonly List<SimFreeze> _freezes = [];
    private readonly SimWorker[] _workers = [new(), new(), new()];
    private readonly Dictionary<(SimPost, long), TimeSpan> _unknownSince = [];
    private TimeSpan _true;
    private TimeSpan _clockOff;

    public SimWorld(int seed)
    {
        _random = new Random(seed);
        for (var i = 0; i < 4; i++)
        {
            Import();
        }
    }

    public int Shown => _posts.Sum(post => post.Shown);

    public int FreezesPlaced => _freezes.Count;

    private DateTimeOffset Clock => Posts.Noon + _true + _clockOff;

    private IReadOnlyList<Freeze> InForce => [.. _freezes.Select(each => each.Freeze).Where(freeze => freeze.IsInForce)];

    public void Run()
    {
        for (var step = 0; step < Steps; step++)
        {
            switch (_random.Next(100))
            {
                case < 66:
                    Work(_workers[_random.Next(_workers.Length)]);
                    break;
                case < 78:
                    Arrive();
                    break;
                case < 80:
                    _workers[_random.Next(_workers.Length)].Die();
                    break;
                case < 88:
                    Pass(TimeSpan.FromSeconds(_random.Next(1, 90)));
                    break;
                case < 89:
                    _clockOff += TimeSpan.FromHours(_random.Next(-24, 25));
                    break;
                case < 91:
                    Freeze();
                    break;
                case < 93:
                    Lift();
                    break;
                default:
                    PersonActs();
                    break;
            }

            Check();
        }
    }

    private void Pass(TimeSpan time)
    {
        _true += time;
        foreach (var post in _posts)
        {
            // A request lives so long and no longer: then it is lost for good.
            post.Flying.RemoveAll(left => _true - left > RequestLives);
        }

        foreach (var worker in _workers.Where(worker => worker.MayLeave && _true - worker.YesAt > RequestLives))
        {
            // The time-out between the gate's yes and the end of the request.
            (worker.MayLeave, worker.Knows) = (false, new SendResult.Unknown("timed out"));
        }
    }

    private void Arrive()
    {
        if (_posts.Where(each => each.Flying.Count > 0).ToList() is not { Count: > 0 } flying)
        {
            return;
        }

        var post = flying[_random.Next(flying.Count)];
        post.Flying.RemoveAt(0);
        var fate = _random.Next(10);
        if (fate == 0)
        {
            return;
        }

        post.Shown = post.Keyed ? 1 : post.Shown + 1;
        if (fate > 2 && _workers.FirstOrDefault(worker => worker.Waiting && worker.Post == post) is { } hears)
        {
            (hears.Waiting, hears.Knows) = (false, new SendResult.Sent(Posts.There));
        }
    }

    private void Freeze()
    {
        if (!GateIsFree)
        {
            return;
        }

        FreezeScope scope = _random.Next(4) switch
        {
            0 => new FreezeScope.OfAccount(Accounts[_random.Next(2)]),
            1 => new FreezeScope.OfNetwork("bluesky"),
            2 => new FreezeScope.OfBrand(Posts.OurBrand),
            _ => new FreezeScope.Everything(),
        };
        var freeze = Posts.Freeze(scope, _freezes.Count + 1);
        var named = new HashSet<SimPost>();
        foreach (var post in _posts)
        {
            var decision = PostDecisions.Freeze(post.Row, freeze);
            post.Row = decision.Post;
            if (decision.Reason == PostReason.InFlight)
            {
                named.Add(post);
            }
        }

        _freezes.Add(new SimFreeze(freeze, named));
    }

    private void Lift()
    {
        if (GateIsFree && _freezes.LastOrDefault(each => each.Freeze.IsInForce) is { } standing)
        {
            standing.Freeze = FreezeDecisions.Lift(standing.Freeze, null, Actor.Clock, "over", Clock).Value;
        }
    }

    private void PersonActs()
    {
        if (_random.Next(5) == 0)
        {
            Import();
            return;
        }

        var post = _posts[_random.Next(_posts.Count)];
        var later = Clock + TimeSpan.FromSeconds(_random.Next(0, 300));
        var done = _random.Next(5) switch
        {
            0 => PostDecisions.Edit(post.Row, new PostEdit("Other words.", "en", [], null), InForce),
            1 => PostDecisions.Approve(post.Row, InForce, Clock),
            2 => PostDecisions.Schedule(post.Row, later, InForce, Clock),
            3 when post.Row.State == PostState.Unknown && post.Flying.Count == 0 && _workers.All(worker => worker.Post != post) =>
                PostDecisions.Looked(post.Row, post.Shown > 0 ? Posts.There : null, Clock),
            _ => post.Row,
        };
        if (done.Succeeded(out var changed))
        {
            post.Row = changed;
        }
    }

    private void Import()
    {
        var draft = Posts.Draft(_posts.Count + 1) with { Account = Accounts[_random.Next(2)], NeedsApproval = _random.Next(4) == 0 };
        var at = Clock + TimeSpan.FromSeconds(_random.Next(0, 200));
        _posts.Add(new SimPost(PostDecisions.Schedule(draft, at, InForce, Clock).Value, keyed: _random.Next(2) == 0));
    }
}
