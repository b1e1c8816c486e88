using Holdfast.Core.People;
using Holdfast.Core.Plans;

namespace Holdfast.Core.Responses;

/// <summary>Everything that is decided about a statement. Pure; the clock comes in.</summary>
public static class StatementDecisions
{
    public const int MaxVersions = 20;
    public const int MaxReason = 2_000;

    /// <summary>Writes the text anew. Approvals were given to the words there were: other words need them again.</summary>
    public static Result<Statement> Write(Statement statement, IReadOnlyList<StatementVersion> versions, PersonId by)
    {
        if (statement.State is StatementState.Published or StatementState.Withdrawn)
        {
            return Refusals.Ended(statement.State);
        }

        if (versions.Count is 0 or > MaxVersions)
        {
            return Refusals.NoVersion;
        }

        if (versions.Any(version => version.Text.Length > DraftReviewLimits.MaxText))
        {
            return Refusals.TextTooLong;
        }

        var written = statement with { Versions = versions };
        return written.Content == statement.Content
            ? statement
            : written with
            {
                State = statement.State == StatementState.Waiting ? StatementState.InReview : statement.State,
                Writers = [.. statement.Writers.Append(by).Distinct()],
                Steps = [.. statement.Steps.Select(step => step with { Seats = [.. step.Seats.Select(seat => seat with { People = [.. seat.People.Where(person => person != by)] })] })],
            };
    }

    /// <summary>Gives it to those who must approve, or to them again; one that waited for the first answer is let out anew afterwards.</summary>
    public static Result<Statement> Submit(Statement statement, IReadOnlyList<ApprovalStep> steps, DateTimeOffset now)
    {
        if (statement.State is StatementState.Published or StatementState.Withdrawn)
        {
            return Refusals.Ended(statement.State);
        }

        if (Unfinished(statement) is { } refusal)
        {
            return refusal;
        }

        return statement with
        {
            State = StatementState.InReview,
            Steps = steps,
            AskExpiresAt = now + (statement.Situation is null ? ApprovalRules.PreparedAskLives : ApprovalRules.AskLives),
        };
    }

    /// <summary>The word of a person of ours.</summary>
    /// <param name="content">The hash of the words that were on the screen: what was changed meanwhile is not approved by mistake.</param>
    public static Result<Statement> Answer(Statement statement, PersonId by, string? content, bool granted, string? reason, DateTimeOffset now)
    {
        if (statement.Writers.Contains(by))
        {
            return Refusals.OwnWords;
        }

        return statement.Steps.Any(step => step.Seats.Any(seat => seat.People.Contains(by)))
            ? Answered(statement, new Approval(by, null, null, statement.Content, granted, reason, now, default), content, now)
            : Refusals.NotAsked;
    }

    /// <summary>The word of one who came by link, for the duty the link stands for.</summary>
    public static Result<Statement> AnswerAsGuest(Statement statement, string guest, DutyKind duty, string? content, bool granted, string? reason, DateTimeOffset now) =>
        statement.Steps.Any(step => step.Seats.Any(seat => seat.Duty == duty))
            ? Answered(statement, new Approval(null, guest, duty, statement.Content, granted, reason, now, default), content, now)
            : Refusals.NotAsked;

    /// <summary>Nobody answers and it cannot wait: a person takes it on themselves, with a reason, and the approvers are told.</summary>
    public static Result<Statement> BreakGlass(Statement statement, PersonId by, string? reason, DateTimeOffset now)
    {
        if (statement.State is not (StatementState.InReview or StatementState.Waiting) || statement.Situation is null)
        {
            return Refusals.GlassOnlyInReview;
        }

        if (ApprovalStanding.Of(statement, now).Granted)
        {
            return Refusals.ApprovedAlready;
        }

        return Words(reason) is { } words
            ? statement with { Glass = new BrokenGlass(by, words, statement.Content, now) }
            : Refusals.Reason("reason");
    }

    /// <summary>A person lets it out: now, or as soon as the origin is answered.</summary>
    /// <param name="origin">Whether the first post stands in the way.</param>
    public static Result<Statement> Release(Statement statement, bool origin, PersonId by, string? passReason, DateTimeOffset now)
    {
        if (statement.State is StatementState.Published or StatementState.Withdrawn)
        {
            return Refusals.Ended(statement.State);
        }

        if (statement.Situation is null)
        {
            return Refusals.NoSituation;
        }

        if (Unfinished(statement) is { } refusal)
        {
            return refusal;
        }

        if (!MayGo(statement, now))
        {
            return ApprovalStanding.Of(statement, now).Refusal is null ? Refusals.NotApproved : Refusals.SaidNo;
        }

        return statement with
        {
            State = origin ? StatementState.Waiting : StatementState.Published,
            ReleasedBy = by,
            PassReason = Words(passReason),
        };
    }

    /// <summary>Approved in these very words, or the glass was broken for these very words.</summary>
    public static bool MayGo(Statement statement, DateTimeOffset now) =>
        statement.Glass?.Content == statement.Content
        || (statement.State != StatementState.Draft && ApprovalStanding.Of(statement, now).Granted);

    public static Result<Statement> Withdraw(Statement statement, string? reason) => statement.State switch
    {
        StatementState.Published or StatementState.Withdrawn => Refusals.Ended(statement.State),
        _ when Words(reason) is null => Refusals.Reason("reason"),
        _ => statement with { State = StatementState.Withdrawn },
    };

    private static Result<Statement> Answered(Statement statement, Approval approval, string? content, DateTimeOffset now)
    {
        if (statement.State is not (StatementState.InReview or StatementState.Waiting))
        {
            return Refusals.NotInReview;
        }

        if (content != statement.Content)
        {
            return Refusals.OtherWords;
        }

        if (statement.AskExpiresAt <= now)
        {
            return Refusals.AskExpired;
        }

        var words = Words(approval.Reason);
        if (!approval.Granted && words is null)
        {
            return Refusals.Reason("reason");
        }

        var lives = statement.Situation is null ? ApprovalRules.PreparedApprovalLives : ApprovalRules.ApprovalLives;
        return statement with { Approvals = [.. statement.Approvals, approval with { Reason = words, ExpiresAt = now + lives }] };
    }

    private static Refusal? Unfinished(Statement statement)
    {
        foreach (var version in statement.Versions)
        {
            if (string.IsNullOrWhiteSpace(version.Text))
            {
                return Refusals.NoVersion;
            }

            if (StatementTemplate.Fields(version.Text) is [var field, ..])
            {
                return Refusals.EmptyField(field);
            }
        }

        return statement.Versions.Count == 0 ? Refusals.NoVersion : null;
    }

    /// <summary>What somebody typed, without blanks around it; null where that is nothing.</summary>
    public static string? Words(string? text) =>
        text?.ReplaceLineEndings("\n").Trim() is { Length: > 0 } words ? words.Length > MaxReason ? words[..MaxReason] : words : null;
}

/// <summary>Limits of what people type.</summary>
public static class DraftReviewLimits
{
    /// <summary>Of one version; no network takes more, and a page of text says no more.</summary>
    public const int MaxText = 20_000;
}
