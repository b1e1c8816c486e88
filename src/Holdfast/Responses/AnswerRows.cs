using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;

namespace Holdfast.Responses;

/// <summary>A post to answer, as the queue shows it.</summary>
public sealed record QueueRow
{
    public BrandId Brand { get; init; }

    public string BrandName { get; init; } = "";

    public string Zone { get; init; } = "UTC";

    public PostId Post { get; init; }

    public SituationId? Situation { get; init; }

    public short Level { get; init; }

    public DateTimeOffset HeardAt { get; init; }

    public string Duty { get; init; } = "";

    public DateTimeOffset? ClockAt { get; init; }

    public string State { get; init; } = "";

    public DateTimeOffset? SnoozedUntil { get; init; }

    public PersonId? AssignedTo { get; init; }

    public string? AssignedName { get; init; }

    public PersonId? TakenBy { get; init; }

    public string? TakenName { get; init; }

    public DateTimeOffset? TakenUntil { get; init; }

    public string? Note { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? EndedName { get; init; }

    public string Network { get; init; } = "";

    public string NetworkId { get; init; } = "";

    public string Handle { get; init; } = "";

    public string? AuthorName { get; init; }

    public string Text { get; init; } = "";

    public string? Url { get; init; }

    public DateTimeOffset At { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    public long Reach { get; init; }

    public short Voice { get; init; }

    public string? Language { get; init; }

    public ScheduledPostId? Answer { get; init; }

    public string? AnswerState { get; init; }

    public string? AnswerText { get; init; }

    public string? AnswerHeld { get; init; }

    /// <summary>Why our answer cannot leave; null where nothing is in its way.</summary>
    public string? Stuck { get; init; }

    public string Path => $"/answer/{Brand.Value}/{Post.Value}";

    public string ConversationPath => $"{Path}/conversation";

    public string To => Handle.StartsWith('@') ? Handle : "@" + Handle;

    /// <summary>What an answer begins with: Mastodon tells only those whose name stands in the text.</summary>
    public string Opening => Network == "mastodon" ? To + " " : "";

    public bool IsOpen => State == nameof(ReplyState.Open);

    /// <summary>Where it can be opened; an address that is no web address is not made a link.</summary>
    public string? Link => Uri.TryCreate(Url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? Url : null;

    public string? TakenFrom(PersonId me, DateTimeOffset now) => TakenBy is { } other && other != me && TakenUntil > now ? TakenName : null;
}

/// <summary>How the queue stands.</summary>
public sealed record QueueCounts
{
    public long Waiting { get; init; }

    /// <summary>They went at least one duty up.</summary>
    public long Overdue { get; init; }

    public DateTimeOffset? Oldest { get; init; }

    /// <summary>Answers and statements that were written and cannot go out.</summary>
    public long Stuck { get; init; }
}

/// <summary>A statement in a list.</summary>
public sealed record StatementRow
{
    public StatementId Id { get; init; }

    public BrandId Brand { get; init; }

    public string BrandName { get; init; } = "";

    public string Zone { get; init; } = "UTC";

    public SituationId? Situation { get; init; }

    public string? SituationTitle { get; init; }

    public string Kind { get; init; } = "";

    public string Cause { get; init; } = "";

    public short Level { get; init; }

    public string State { get; init; } = "";

    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Why it cannot go out; null where nothing is in its way.</summary>
    public string? Stuck { get; init; }

    public string? Text { get; init; }

    public string Path => $"/statements/{Id.Value}";
}

/// <summary>What became of one version of a statement.</summary>
public sealed record StatementPostRow
{
    public Guid Id { get; init; }

    public string State { get; init; } = "";

    public string? Held { get; init; }

    public string Network { get; init; } = "";

    public string Handle { get; init; } = "";

    public string? Url { get; init; }

    public string? Outcome { get; init; }
}

public sealed record NamedPerson
{
    public PersonId Id { get; init; }

    public string Name { get; init; } = "";
}

/// <summary>The page of what is to be answered.</summary>
public sealed record AnswerView(IReadOnlyList<QueueRow> Posts, QueueCounts Counts, IReadOnlyList<StatementRow> Statements, IReadOnlyList<Brand> Brands, DateTimeOffset At);

/// <summary>One post and how it can be answered.</summary>
public sealed record ReplyView(QueueRow Post, IReadOnlyList<AnswerAccount> Accounts, IReadOnlyList<NamedPerson> People, bool Frozen, CommunityMark? Mark, DateTimeOffset At);

/// <summary>A statement with all that is needed to decide on it.</summary>
public sealed record StatementView(
    Statement Statement, ApprovalStanding Standing, Brand Brand, Situation? Situation, IReadOnlyList<AnswerAccount> Accounts, IReadOnlyList<NamedPerson> People,
    IReadOnlyList<ApprovalLink> Links, IReadOnlyList<StatementPostRow> Posts, Origin? Origin, QueueRow? OriginPost, string? Stuck, bool Frozen, DateTimeOffset At)
{
    public string Path => $"/statements/{Statement.Id.Value}";

    public bool MayGo => StatementDecisions.MayGo(Statement, At);

    public string Name(PersonId person) => People.FirstOrDefault(each => each.Id == person)?.Name ?? "?";

    public string Place(StatementVersion version) => Accounts.FirstOrDefault(each => each.Account.Id == version.Account)?.Name ?? "";
}

/// <summary>The first answer of a situation: its origin, and the texts that are ready.</summary>
public sealed record FirstAnswerView(
    Situation Situation, Brand Brand, Origin Origin, QueueRow? Post, IReadOnlyList<AnswerAccount> Accounts, IReadOnlyList<(StatementRow Row, Statement Statement, bool MayGo)> Ready,
    IReadOnlyList<AnsweredPost> Firsts, bool Frozen, DateTimeOffset At);
