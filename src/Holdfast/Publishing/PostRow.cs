using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Networks.Social;

namespace Holdfast.Publishing;

/// <summary>A post with what of it only the networks know, and how its account stands.</summary>
internal sealed record StoredPost(ScheduledPost Post, PostOptions Options, AccountState AccountState);

/// <summary>The bytes of a picture or film.</summary>
internal sealed record MediaRow
{
    public Guid Id { get; init; }

    public string Type { get; init; } = "";

    public byte[] Bytes { get; init; } = [];

    public bool? Stripped { get; init; }

    /// <summary>As it may leave: without where it was taken. Empty where that cannot be removed.</summary>
    public byte[] Clean => Stripped switch
    {
        true => Bytes,
        null => PictureMetadata.Remove(Bytes) ?? [],
        false => [],
    };

    public int? Width { get; init; }

    public int? Height { get; init; }
}

/// <summary>A post as it is stored.</summary>
internal sealed record PostRow
{
    public ScheduledPostId Id { get; init; }

    public AccountId AccountId { get; init; }

    public BrandId BrandId { get; init; }

    public string Network { get; init; } = "";

    public string Purpose { get; init; } = "";

    public SituationId? SituationId { get; init; }

    public string State { get; init; } = "";

    public string? HeldBecause { get; init; }

    public string Text { get; init; } = "";

    public string? Language { get; init; }

    public string Media { get; init; } = "";

    public string Options { get; init; } = "";

    public string? ReplyTo { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public string Key { get; init; } = "";

    public long Fence { get; init; }

    public DateTimeOffset? DepartedAt { get; init; }

    public int Tries { get; init; }

    public bool NeedsApproval { get; init; }

    public bool Approved { get; init; }

    public FreezeId? FreezeId { get; init; }

    public PersonId? LetThroughBy { get; init; }

    public string? LetThroughReason { get; init; }

    public long? LetThroughEpoch { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }

    public DateTimeOffset? FirstDepartedAt { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public string? NetworkRef { get; init; }

    public string? Outcome { get; init; }

    public DateTimeOffset? AskedAt { get; init; }

    public string AccountState { get; init; } = "";

    public StoredPost Stored() => new(Post(), Json.Read<PostOptions>(Options), Enum.Parse<AccountState>(AccountState));

    private ScheduledPost Post() => new(
        Id,
        AccountId,
        BrandId,
        Network,
        Enum.Parse<PostPurpose>(Purpose),
        SituationId,
        Enum.Parse<PostState>(State),
        HeldBecause is null ? null : Enum.Parse<HeldBecause>(HeldBecause),
        Text,
        Language,
        Json.Read<List<MediaItem>>(Media),
        ReplyTo is null ? null : Json.Read<PostReference>(ReplyTo),
        DueAt,
        Key,
        Fence,
        DepartedAt,
        Tries)
    {
        NeedsApproval = NeedsApproval,
        Approved = Approved,
        Freeze = FreezeId,
        LetThrough = LetThroughBy is { } by ? new LetThrough(by, LetThroughReason ?? "", LetThroughEpoch ?? 0) : null,
        NotBefore = NotBefore,
        LeaseUntil = LeaseUntil,
        FirstDepartedAt = FirstDepartedAt,
        SentAt = SentAt,
        OnNetwork = NetworkRef is null ? null : Json.Read<PostReference>(NetworkRef),
        Outcome = Outcome,
        AskedAt = AskedAt,
    };
}
