using Holdfast.Core.Brands;
using Holdfast.Core.Listening;

namespace Holdfast.Listening;

/// <summary>What a batch adds up to while it is stored: per source, per monitor and minute, per brand and stretch of event time.</summary>
internal sealed class IntakeCounting
{
    private readonly Dictionary<BrandId, (DateTimeOffset From, DateTimeOffset To)> _due = [];

    public List<PulseAddition> Additions { get; } = [];

    public List<PulseRemoval> Removals { get; } = [];

    public IEnumerable<(BrandId Brand, DateTimeOffset From, DateTimeOffset To)> Due => _due.Select(d => (d.Key, d.Value.From, d.Value.To));

    public static DateTimeOffset Minute(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    /// <summary>One person on one network.</summary>
    public static string Author(Post post) => $"{post.Network}:{post.Author.Id}";

    /// <summary>How many may have seen it: its author's followers, where the network says how many.</summary>
    public static long Reach(Post post) => Math.Max(0, post.Author.Followers ?? 0);

    /// <summary>FNV-1a over UTF-16 units: the same on every machine and for ever, because it is stored.</summary>
    public static int Hash(string author)
    {
        var hash = 2166136261u;
        foreach (var unit in author)
        {
            hash = (hash ^ unit) * 16777619u;
        }

        return unchecked((int)hash);
    }

    public void Count(NewMention mention, IEnumerable<MonitorId> monitors, bool negative)
    {
        Touch(mention.Brand, mention.Post.At);
        foreach (var monitor in monitors)
        {
            Additions.Add(new(
                monitor, Minute(mention.Post.At), mention.Post.Network, negative, Reach(mention.Post), Hash(mention.Author)));
        }
    }

    /// <summary>A mention turned out to be a copy of an older one that came later.</summary>
    public void Demote(Original original)
    {
        Touch(original.Brand, original.At);
        if (original.CountedNegative)
        {
            Removals.AddRange(original.Monitors.Select(m => new PulseRemoval(original.Brand, m, Minute(original.At), original.Network, original.Author)));
        }
    }

    /// <summary>What was seen in this minute of event time has changed: detection must look at it again.</summary>
    public void Touch(BrandId brand, DateTimeOffset at)
    {
        var minute = Minute(at);
        _due[brand] = _due.TryGetValue(brand, out var span)
            ? (minute < span.From ? minute : span.From, minute > span.To ? minute : span.To)
            : (minute, minute);
    }
}
