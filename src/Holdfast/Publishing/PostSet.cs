using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Networks.Social;

namespace Holdfast.Publishing;

/// <summary>One account's version as the composer and the approvals see it.</summary>
public sealed record SetRow
{
    public ScheduledPostId Id { get; init; }
    public Guid Set { get; init; }
    public AccountId Account { get; init; }
    public BrandId Brand { get; init; }
    public string Network { get; init; } = "";
    public string Handle { get; init; } = "";
    public string Text { get; init; } = "";
    public string? Language { get; init; }
    public string Media { get; init; } = "[]";
    public string Options { get; init; } = "{}";
    public string? ReplyTo { get; init; }
    public PostState State { get; init; }
    public HeldBecause? Held { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public bool NeedsApproval { get; init; }
    public bool Approved { get; init; }
    public string? Outcome { get; init; }
    public string? Url { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public PersonId? CreatedBy { get; init; }
    public PersonId? WrittenBy { get; init; }
    public string? WrittenByName { get; init; }
    public PostPurpose Purpose { get; init; }
    public Guid? Freeze { get; init; }
    public DateTimeOffset? Since { get; init; }

    public IReadOnlyList<MediaItem> Pictures => Json.Read<List<MediaItem>>(Media);
    public PostOptions Only => Json.Read<PostOptions>(Options);

    /// <summary>Its words may still change.</summary>
    public bool IsOpen => State is PostState.Draft or PostState.AwaitingApproval or PostState.Scheduled or PostState.Held or PostState.Rejected;

    /// <summary>What an approval of it is bound to. Written by us in one way, so that the same options are the same text.</summary>
    public byte[] Content() =>
        new PostContent(Account, Text, Language, Pictures, Json.Write(Only), ReplyTo is null ? null : Json.Read<PostReference>(ReplyTo)).Hash();
}

/// <summary>Something that became of a post. The state is a PostState, or Approved or Disapproved.</summary>
public sealed record HistoryRow
{
    public DateTimeOffset At { get; init; }
    public string State { get; init; } = "";
    public HeldBecause? Held { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public bool Words { get; init; }
    public PersonId? By { get; init; }
    public string ByName { get; init; } = "";
    public string Handle { get; init; } = "";
    public string Network { get; init; } = "";
    public string? Reason { get; init; }
}
