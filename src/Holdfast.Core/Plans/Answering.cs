using Holdfast.Core.Detection;

namespace Holdfast.Core.Plans;

/// <summary>How answers and statements are given.</summary>
/// <param name="Levels">Exactly five, in order.</param>
/// <param name="Templates">The brand's own texts, and which of ours its legal duty has approved; every other one is ours.</param>
public sealed record Answering(IReadOnlyList<LevelAnswering> Levels, IReadOnlyList<OwnTemplate> Templates)
{
    /// <summary>The clocks are our own choice: a third of the time in which people stop waiting for an answer. So are the approvals: the law and the chief join where they have most to lose.</summary>
    public static Answering Default { get; } = new(
        [
            new(Level.One, TimeSpan.FromHours(8), []),
            new(Level.Two, TimeSpan.FromHours(2), []),
            new(Level.Three, TimeSpan.FromHours(1), [Any(DutyKind.PublicRelations, DutyKind.Lead)]),
            new(Level.Four, TimeSpan.FromMinutes(30), [Any(DutyKind.PublicRelations, DutyKind.Lead), Any(DutyKind.Legal)]),
            new(Level.Five, TimeSpan.FromMinutes(15), [Any(DutyKind.PublicRelations, DutyKind.Lead), new(true, [DutyKind.Legal, DutyKind.Executive])]),
        ],
        []);

    public LevelAnswering At(Level level) => Levels[(int)level - 1];

    public OwnTemplate? Own(TemplateKind kind, CrisisCause cause) => Templates.FirstOrDefault(each => each.Kind == kind && each.Cause == cause);

    /// <summary>The text to begin with: the brand's own, or ours.</summary>
    /// <param name="language"><c>pl</c>, else English.</param>
    public string Text(TemplateKind kind, CrisisCause cause, string language) =>
        Own(kind, cause)?.Text.In(language) ?? StatementTemplate.Text(kind, cause, language);

    private static ApprovalNeed Any(params DutyKind[] duties) => new(false, duties);
}

/// <summary>How answers and statements are given at one level.</summary>
/// <param name="Clock">How long a post may wait for its first answer before it goes one duty up.</param>
/// <param name="Approvals">The steps that a statement passes, in order; none: who writes it may publish it.</param>
public sealed record LevelAnswering(Level Level, TimeSpan Clock, IReadOnlyList<ApprovalNeed> Approvals);

/// <summary>One step of approval.</summary>
/// <param name="All">Every duty must approve; else any one of them is enough.</param>
public sealed record ApprovalNeed(bool All, IReadOnlyList<DutyKind> Duties);

/// <summary>A text to begin a statement with, as the brand wants it.</summary>
/// <param name="Legal">Whoever has the legal duty has approved these very words; another wording takes it back.</param>
public sealed record OwnTemplate(TemplateKind Kind, CrisisCause Cause, LocalText Text, bool Legal);
