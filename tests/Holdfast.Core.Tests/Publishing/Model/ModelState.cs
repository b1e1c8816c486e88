namespace Holdfast.Core.Tests.Publishing.Model;

/// <summary>What a worker is at.</summary>
internal enum Stage
{
    Idle,

    /// <summary>In a transaction: it has read which freezes are in force, and has not locked its post yet.</summary>
    Inside,

    /// <summary>Holds a claim in its memory.</summary>
    Claimed,

    /// <summary>The gate said yes and that is committed; no byte has left.</summary>
    MayLeave,

    /// <summary>The request has left; the answer is awaited.</summary>
    Waiting,

    /// <summary>Knows what became of it; the database does not.</summary>
    Knows,
}

/// <summary>What a transaction is for.</summary>
internal enum Act
{
    None,
    Claim,
    Depart,
    Settle,
    TakeBack,
    Ask,
    GiveTime,
    Edit,
}

/// <summary>What a worker knows of its request.</summary>
internal enum Answer
{
    None,
    Sent,
    Lost,
    Stopped,
}

/// <summary>Where a freeze stands.</summary>
internal enum Frost
{
    NotYet,

    /// <summary>Whoever asked was told too soon; only a gate that is built wrongly comes here.</summary>
    Told,

    /// <summary>Has read what is in its scope, and has not written.</summary>
    Scanned,

    /// <summary>Committed.</summary>
    Placed,

    /// <summary>Whoever asked for it has been told.</summary>
    Answered,

    Lifted,
}

/// <summary>One state of the whole system in 111 bits, so that millions can be remembered.</summary>
internal readonly struct ModelState(UInt128 bits) : IEquatable<ModelState>
{
    public const int Posts = 3;
    public const int Freezes = 2;
    public const int Workers = 3;

    /// <summary>A worker beside those that are counted: the person who acts through a server.</summary>
    public const int Person = Workers;

    private const int NetworkAt = 21;
    private const int FreezesAt = 33;
    private const int FreezeBits = 9;
    private const int WorkersAt = 51;
    private const int WorkerBits = 15;

    public UInt128 Bits { get; } = bits;

    public int Post(int post) => Get(post * 7, 7);

    public ModelState WithPost(int post, int variant) => Set(post * 7, 7, variant);

    /// <summary>Requests that have left and not arrived.</summary>
    public int Flying(int post) => Get(NetworkAt + (post * 2), 2);

    public ModelState WithFlying(int post, int count) => Set(NetworkAt + (post * 2), 2, count);

    /// <summary>How often the post is on the network.</summary>
    public int Seen(int post) => Get(NetworkAt + 6 + (post * 2), 2);

    public ModelState WithSeen(int post, int count) => Set(NetworkAt + 6 + (post * 2), 2, count);

    public Frost Frost(int freeze) => (Frost)Get(FreezesAt + (freeze * FreezeBits), 3);

    public ModelState WithFrost(int freeze, Frost frost) => Set(FreezesAt + (freeze * FreezeBits), 3, (int)frost);

    /// <summary>The posts that the freeze names as on their way, one bit each.</summary>
    public int Named(int freeze) => Get(FreezesAt + (freeze * FreezeBits) + 3, 3);

    public ModelState WithNamed(int freeze, int posts) => Set(FreezesAt + (freeze * FreezeBits) + 3, 3, posts);

    /// <summary>The posts that a freeze is about to hold.</summary>
    public int ToHold(int freeze) => Get(FreezesAt + (freeze * FreezeBits) + 6, 3);

    public ModelState WithToHold(int freeze, int posts) => Set(FreezesAt + (freeze * FreezeBits) + 6, 3, posts);

    public Worker Worker(int worker) => new(Get(WorkersAt + (worker * WorkerBits), WorkerBits));

    public ModelState With(int worker, Worker now) => Set(WorkersAt + (worker * WorkerBits), WorkerBits, now.Bits);

    /// <summary>The same state whichever worker and whichever of the last two posts is called what: one stands for all.</summary>
    public ModelState Canonical()
    {
        var (sorted, swapped) = (Sorted(), Swapped().Sorted());
        return sorted.Bits < swapped.Bits ? sorted : swapped;
    }

    public bool Equals(ModelState other) => Bits == other.Bits;

    public override bool Equals(object? obj) => obj is ModelState other && Equals(other);

    public override int GetHashCode()
    {
        var mixed = ((ulong)Bits * 0x9E3779B97F4A7C15) ^ ((ulong)(Bits >> 64) * 0xC2B2AE3D27D4EB4F);
        return (int)(mixed >> 32);
    }

    private ModelState Sorted()
    {
        var (a, b, c) = (Worker(0).Bits, Worker(1).Bits, Worker(2).Bits);
        (a, b) = a < b ? (a, b) : (b, a);
        (b, c) = b < c ? (b, c) : (c, b);
        (a, b) = a < b ? (a, b) : (b, a);
        return With(0, new(a)).With(1, new(b)).With(2, new(c));
    }

    private ModelState Swapped()
    {
        var s = WithPost(1, Post(2)).WithPost(2, Post(1))
            .WithFlying(1, Flying(2)).WithFlying(2, Flying(1))
            .WithSeen(1, Seen(2)).WithSeen(2, Seen(1));
        for (var freeze = 0; freeze < Freezes; freeze++)
        {
            s = s.WithNamed(freeze, Swap(Named(freeze))).WithToHold(freeze, Swap(ToHold(freeze)));
        }

        for (var worker = 0; worker <= Person; worker++)
        {
            var w = Worker(worker);
            s = w.Stage != Stage.Idle && w.Post > 0 ? s.With(worker, w with { Post = 3 - w.Post }) : s;
        }

        return s;
    }

    private static int Swap(int posts) => (posts & 1) | ((posts & 2) << 1) | ((posts & 4) >> 1);

    private int Get(int at, int width) => (int)(Bits >> at) & ((1 << width) - 1);

    private ModelState Set(int at, int width, int value) => new((Bits & ~((UInt128)((1 << width) - 1) << at)) | ((UInt128)value << at));
}

/// <summary>A worker, or the person, in 15 bits.</summary>
internal readonly record struct Worker(int Bits)
{
    public Worker(Stage stage, Act act, int post, int fence, int freezes, Answer answer)
        : this((int)stage | ((int)act << 3) | (post << 6) | (fence << 8) | (freezes << 11) | ((int)answer << 13))
    {
    }

    public static Worker Idle => default;

    public Stage Stage => (Stage)(Bits & 7);

    public Act Act => (Act)((Bits >> 3) & 7);

    public int Post
    {
        get => (Bits >> 6) & 3;
        init => Bits = (Bits & ~(3 << 6)) | (value << 6);
    }

    public int Fence => (Bits >> 8) & 7;

    /// <summary>The freezes that its transaction saw in force, one bit each.</summary>
    public int Freezes => (Bits >> 11) & 3;

    public Answer Answer => (Answer)((Bits >> 13) & 3);
}
