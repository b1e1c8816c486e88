using System.Numerics;

namespace Holdfast.Core.Detection;

/// <summary>
/// Which posts of a window resemble each other, a bit for each two: in a storm nearly all do, and so 64 are looked at at once.
/// Posts are numbered in order of time; the window holds those from <see cref="First"/> on and slides.
/// </summary>
internal sealed class AlikeWindow
{
    private const int Bits = 64;

    private readonly int _blocks;
    private readonly ulong[] _rows;

    /// <param name="most">Posts in the window at once.</param>
    public AlikeWindow(int most)
    {
        // One block more than the posts need, so that the newest and the oldest are never in the same; a power of two, to be found quickly.
        _blocks = (int)BitOperations.RoundUpToPowerOf2((uint)(most / Bits) + 2);
        _rows = new ulong[_blocks * Bits * _blocks];
    }

    public int First { get; private set; }

    /// <summary>The number after the newest post.</summary>
    public int End { get; private set; }

    public int Slots => _blocks * Bits;

    public int Slot(int post) => post & (Slots - 1);

    public void Slide(int first, int end)
    {
        for (; First < first; First++)
        {
            Row(First).Clear();

            // Of those who stay, a block at once when all of it has left; until then nobody looks at what lies before the first.
            if (First % Bits == Bits - 1)
            {
                for (var post = First + 1; post < End; post++)
                {
                    Row(post)[Block(First)] = 0;
                }
            }
        }

        End = end;
    }

    public void Link(int one, int other)
    {
        _rows[(Slot(one) * _blocks) + Block(other)] |= Bit(other);
        _rows[(Slot(other) * _blocks) + Block(one)] |= Bit(one);
    }

    /// <summary>The posts that resemble it, itself not among them.</summary>
    public Span<ulong> Row(int post) => _rows.AsSpan(Slot(post) * _blocks, _blocks);

    public ulong[] Empty() => new ulong[_blocks];

    public bool Has(ReadOnlySpan<ulong> posts, int post) => (posts[Block(post)] & Bit(post)) != 0;

    public void Set(Span<ulong> posts, int post) => posts[Block(post)] |= Bit(post);

    /// <summary>Those that hang together with this one by being alike, of those that are left; they are taken from them.</summary>
    public ulong[] Together(int first, Span<ulong> left)
    {
        var (found, open) = (Empty(), new Stack<int>([first]));
        Set(found, first);
        left[Block(first)] &= ~Bit(first);

        // In a storm a few rows reach all that are left; then no other need be looked at.
        while (open.TryPop(out var post) && left.ContainsAnyExcept(0UL))
        {
            var row = Row(post);
            for (var block = 0; block < row.Length; block++)
            {
                var reached = row[block] & left[block];
                left[block] &= ~reached;
                found[block] |= reached;
                for (; reached != 0; reached &= reached - 1)
                {
                    open.Push(Number((block * Bits) + BitOperations.TrailingZeroCount(reached)));
                }
            }
        }

        return found;
    }

    public static bool Overlap(ReadOnlySpan<ulong> some, ReadOnlySpan<ulong> others)
    {
        for (var block = 0; block < some.Length; block++)
        {
            if ((some[block] & others[block]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The numbers of the posts in a set, in order of time.</summary>
    public List<int> Numbers(ReadOnlySpan<ulong> posts)
    {
        var numbers = new List<int>();
        foreach (var post in NewestFirst(posts))
        {
            numbers.Add(post);
        }

        numbers.Reverse();
        return numbers;
    }

    public Backwards NewestFirst(ReadOnlySpan<ulong> posts) => new(posts, First, (End - 1) / Bits);

    /// <summary>The post of the window that has the slot.</summary>
    private int Number(int slot) => First + Slot(slot - First + Slots);

    private int Block(int post) => (post / Bits) & (_blocks - 1);

    private static ulong Bit(int post) => 1UL << (post % Bits);

    /// <summary>The numbers of the posts in a set, the newest first.</summary>
    public ref struct Backwards(ReadOnlySpan<ulong> posts, int first, int newest)
    {
        private readonly ReadOnlySpan<ulong> _posts = posts;
        private int _block = newest + 1;
        private ulong _rest;

        public int Current { get; private set; }

        public readonly Backwards GetEnumerator() => this;

        public bool MoveNext()
        {
            while (_rest == 0)
            {
                if (--_block < first / Bits)
                {
                    return false;
                }

                _rest = _posts[_block & (_posts.Length - 1)] & (_block == first / Bits ? ulong.MaxValue << (first % Bits) : ulong.MaxValue);
            }

            var highest = BitOperations.Log2(_rest);
            _rest &= ~(1UL << highest);
            Current = (_block * Bits) + highest;
            return true;
        }
    }
}
