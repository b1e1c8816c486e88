namespace Holdfast.Core.Detection;

/// <summary>A post while it is compared with others.</summary>
/// <param name="terms">The numbers of its words.</param>
internal sealed class TopicNode(Mention mention, IReadOnlyList<TopicWord> words, int[] terms, int author, int network)
{
    public Mention Mention { get; } = mention;

    public IReadOnlyList<TopicWord> Words { get; } = words;

    public int[] Terms { get; } = terms;

    public int Author { get; } = author;

    public int Network { get; } = network;

    public PostAt Post { get; } = new(mention.At, mention.Post);

    public DateTimeOffset Minute { get; } = Minutes.Floor(mention.At);

    /// <summary>At most <see cref="TopicWords.Most"/> times the weight of a number.</summary>
    public byte Weight { get; } = (byte)words.Where(word => !word.IsName).Sum(word => word.Weight);

    public DateTimeOffset CoordinatedSince { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>It is a core before this minute for certain.</summary>
    public DateTimeOffset CoreUntil { get; set; }

    public VoicedPost Voiced => new(
        Post, Mention.Network, Mention.Author, Mention.Handle, Mention.Followers, Mention.Text, Mention.Reading.Language);
}
