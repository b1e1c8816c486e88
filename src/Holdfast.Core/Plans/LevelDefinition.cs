using Holdfast.Core.Detection;

namespace Holdfast.Core.Plans;

/// <summary>What happens by itself when a situation reaches a level (BEHAVIOUR 4). Names are stored.</summary>
public enum LevelAct
{
    /// <summary>Put in the queue of the day.</summary>
    Queue,

    /// <summary>Given to one person.</summary>
    Assign,

    /// <summary>People are paged by the level's escalation policy.</summary>
    Page,

    OpenRoom,
    OfferHoldingStatement,

    /// <summary>All scheduled posts are held; when, says <see cref="LevelDefinition.Freeze"/>.</summary>
    Freeze,

    /// <summary>Mail to all staff, before anything goes outside.</summary>
    TellStaff,

    Faq,
    Statement,
    ChiefStatement,
    CloseWatch,
}

/// <summary>When a level freezes what is scheduled.</summary>
public enum FreezeWhen
{
    Never,

    /// <summary>As soon as a rule proposes the level, before anyone has confirmed it.</summary>
    AtOnce,

    /// <summary>When it is confirmed, or when nobody has answered in time.</summary>
    IfNobodyAnswers,
}

/// <summary>One of the five levels, in the brand's own words.</summary>
/// <param name="What">What it is; examples help.</param>
/// <param name="Who">The duties that are called in.</param>
/// <param name="NeedsConfirmation">A rule only proposes this level; the duty lead is paged to confirm it.</param>
/// <param name="ConfirmWithin">After this the proposal counts as unanswered.</param>
/// <param name="Policy">The name of the escalation policy by which people are paged; null: nobody is.</param>
public sealed record LevelDefinition(
    Level Level,
    LocalText Name,
    LocalText What,
    IReadOnlyList<DutyKind> Who,
    IReadOnlyList<LevelAct> ByItself,
    bool NeedsConfirmation,
    TimeSpan ConfirmWithin,
    FreezeWhen Freeze,
    string? Policy)
{
    /// <summary>BEHAVIOUR 4: "if nobody answers within 10 minutes".</summary>
    public static readonly TimeSpan DefaultConfirmWithin = TimeSpan.FromMinutes(10);

    /// <summary>The five of BEHAVIOUR 4. Levels 4 and 5 are proposed by rules and freeze when nobody answers.</summary>
    public static IReadOnlyList<LevelDefinition> Template { get; } =
    [
        new(Level.One,
            new("Routine", "Codzienność"),
            new("A routine question or a single complaint.", "Zwykłe pytanie albo pojedyncza skarga."),
            [DutyKind.Support], [LevelAct.Queue], false, DefaultConfirmWithin, FreezeWhen.Never, null),
        new(Level.Two,
            new("Hiccup", "Potknięcie"),
            new("Someone is truly angry; a broken link, a wrong page, a factual error, a bad typo.",
                "Ktoś jest naprawdę zły; zepsuty odnośnik, zła strona, błąd rzeczowy, przykra literówka."),
            [DutyKind.Support, DutyKind.PublicRelations], [LevelAct.Assign], false, DefaultConfirmWithin, FreezeWhen.Never, null),
        new(Level.Three,
            new("Issue", "Problem"),
            new("Ten and more people about the same thing; an outage; a product that cannot be had.",
                "Dziesięć i więcej osób o tym samym; awaria; produkt, którego nie można dostać."),
            [DutyKind.Lead, DutyKind.Support, DutyKind.PublicRelations, DutyKind.Social],
            [LevelAct.Page, LevelAct.OpenRoom, LevelAct.OfferHoldingStatement], false, DefaultConfirmWithin, FreezeWhen.Never, "issue"),
        new(Level.Four,
            new("Crisis", "Kryzys"),
            new("A recall, a faulty product or service, wide bad press, lay-offs, a disaster in the news.",
                "Wycofanie produktu, wadliwy produkt lub usługa, szeroka zła prasa, zwolnienia, katastrofa w wiadomościach."),
            [DutyKind.Lead, DutyKind.PublicRelations, DutyKind.Social, DutyKind.Support, DutyKind.Technical, DutyKind.Legal, DutyKind.Spokesperson],
            [LevelAct.Page, LevelAct.OpenRoom, LevelAct.Freeze, LevelAct.TellStaff, LevelAct.Faq, LevelAct.Statement],
            true, DefaultConfirmWithin, FreezeWhen.IfNobodyAnswers, "crisis"),
        new(Level.Five,
            new("Grave crisis", "Ciężki kryzys"),
            new("A lawsuit, an injury, illegal conduct, a boycott, a mishandled reply.",
                "Pozew, obrażenia, bezprawne działanie, bojkot, fatalna odpowiedź."),
            [DutyKind.Lead, DutyKind.Executive, DutyKind.PublicRelations, DutyKind.Legal, DutyKind.Social, DutyKind.Support, DutyKind.Technical, DutyKind.Spokesperson],
            [LevelAct.Page, LevelAct.OpenRoom, LevelAct.Freeze, LevelAct.TellStaff, LevelAct.Faq, LevelAct.Statement, LevelAct.ChiefStatement, LevelAct.CloseWatch],
            true, DefaultConfirmWithin, FreezeWhen.IfNobodyAnswers, "grave-crisis"),
    ];
}
