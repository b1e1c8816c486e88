using System.Security.Cryptography;
using System.Text.Json;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;

namespace Holdfast.Core.Responses;

public readonly record struct StatementId(Guid Value);

/// <summary>Where a statement stands. Names are stored.</summary>
public enum StatementState
{
    Draft,

    /// <summary>Given to those who must approve; whether they have, says <see cref="ApprovalStanding"/>.</summary>
    InReview,

    /// <summary>Released by a person; goes out as soon as the answer at the origin is posted.</summary>
    Waiting,
    Published,
    Withdrawn,
}

/// <summary>What one account says, or what is only there to be copied.</summary>
/// <param name="Account">Null: for the web site, the press, the telephone.</param>
/// <param name="Language">BCP 47.</param>
public sealed record StatementVersion(AccountId? Account, string Language, string Text);

/// <summary>Those who can approve for one duty; the author is never among them.</summary>
public sealed record ApprovalSeat(DutyKind Duty, IReadOnlyList<PersonId> People);

/// <param name="All">Every seat must approve; else one is enough.</param>
public sealed record ApprovalStep(bool All, IReadOnlyList<ApprovalSeat> Seats);

/// <summary>Someone's word on the exact text with this hash.</summary>
/// <param name="Person">Null for one who came by link.</param>
/// <param name="Guest">The guest's name, and for which duty they speak.</param>
public sealed record Approval(
    PersonId? Person, string? Guest, DutyKind? GuestFor, string Content, bool Granted, string? Reason, DateTimeOffset At, DateTimeOffset ExpiresAt);

/// <summary>A person published without the approvals, and why.</summary>
public sealed record BrokenGlass(PersonId By, string Reason, string Content, DateTimeOffset At);

/// <summary>What we say of a situation, or a text prepared for one (<see cref="Situation"/> is then null).</summary>
/// <param name="Writers">Everyone who wrote on it; none of them approves it.</param>
public sealed record Statement(
    StatementId Id, BrandId Brand, SituationId? Situation, TemplateKind Kind, CrisisCause Cause, Level Level, IReadOnlyList<StatementVersion> Versions, IReadOnlyList<PersonId> Writers)
{
    public StatementState State { get; init; }

    public IReadOnlyList<ApprovalStep> Steps { get; init; } = [];

    /// <summary>Until when approvers can answer; then it must be given to them again.</summary>
    public DateTimeOffset? AskExpiresAt { get; init; }

    public IReadOnlyList<Approval> Approvals { get; init; } = [];

    public BrokenGlass? Glass { get; init; }

    /// <summary>Who released it, and with which words it passes a freeze.</summary>
    public PersonId? ReleasedBy { get; init; }

    public string? PassReason { get; init; }

    /// <summary>SHA-256 of everything that would be published: accounts, languages, words. An approval is bound to it.</summary>
    public string Content => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        Versions.Select(version => new[] { version.Account?.Value.ToString("D") ?? "", version.Language, version.Text }))));
}
