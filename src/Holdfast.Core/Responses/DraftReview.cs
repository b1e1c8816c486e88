using System.Collections.Immutable;
using Holdfast.Core.Plans;

namespace Holdfast.Core.Responses;

/// <summary>What a review can say of a draft (BEHAVIOUR 9). Names are keys of the explanations.</summary>
public enum DraftFinding
{
    // Words that were looked for and not found.
    WhatHappened,
    Concern,
    Responsibility,
    NextStep,
    NextNews,

    // Words that were found, or a measure that is exceeded.
    ApologyWithIf,
    BlamePassed,
    Speculation,
    Jargon,
    TooLong,
    HardToRead,
}

/// <summary>One remark on a draft.</summary>
/// <param name="Start">Where the words stand, in UTF-16 units; 0 where something was not found.</param>
/// <param name="Length">0 where something was not found.</param>
/// <param name="Amount">By how much it is too long, or the grade it reads at.</param>
public sealed record DraftRemark(DraftFinding Finding, int Start, int Length, double? Amount = null);

/// <summary>
/// A draft read by rules that look for words: it explains and never blocks. It cannot know whether a text is true, complete
/// or kind; where it says that something is missing, it has only not found the words for it.
/// </summary>
/// <param name="Language"><c>en</c> or <c>pl</c>; null where the rules do not know the language and only the length was looked at.</param>
/// <param name="Grade">Years of school that it asks for, by the formula of its language; null below <see cref="Readability.LeastWords"/> words.</param>
public sealed record DraftReview(string? Language, double? Grade, IReadOnlyList<DraftRemark> Remarks)
{
    /// <param name="kind">What it is for, which decides what is looked for; null: everything.</param>
    /// <param name="cause">Nobody is asked to take responsibility for what others did.</param>
    /// <param name="tooLongBy">What the network counts beyond its limit.</param>
    public static DraftReview Of(string text, string? language, TemplateKind? kind = null, CrisisCause? cause = null, int tooLongBy = 0)
    {
        var remarks = ImmutableArray.CreateBuilder<DraftRemark>();
        if (tooLongBy > 0)
        {
            remarks.Add(new DraftRemark(DraftFinding.TooLong, 0, text.Length, tooLongBy));
        }

        var rules = language switch
        {
            "en" => DraftRules.English,
            "pl" => DraftRules.Polish,
            _ => null,
        };
        if (rules is null || string.IsNullOrWhiteSpace(text))
        {
            return new DraftReview(null, null, remarks.ToImmutable());
        }

        var draft = new DraftText(text);
        remarks.AddRange(Asked(kind, cause).Where(finding => !rules.Shows(finding, draft)).Select(finding => new DraftRemark(finding, 0, 0)));
        remarks.AddRange(rules.Found(draft));
        var grade = Readability.Grade(draft, language!);
        if (grade > Readability.Limit(language!))
        {
            var hardest = draft.Sentences.MaxBy(sentence => sentence.Words.Count)!;
            remarks.Add(new DraftRemark(DraftFinding.HardToRead, hardest.Start, hardest.Length, grade));
        }

        return new DraftReview(language, grade, remarks.ToImmutable());
    }

    /// <summary>What a text of this kind should show. A holding statement comes before anyone knows whose fault it was; an all-clear ends it.</summary>
    public static IReadOnlyList<DraftFinding> Asked(TemplateKind? kind, CrisisCause? cause)
    {
        var ours = cause is null || ResponseAdvice.ClusterOf(cause.Value) != CrisisCluster.Victim;
        return kind switch
        {
            TemplateKind.Holding or TemplateKind.Acknowledgement =>
                [DraftFinding.WhatHappened, DraftFinding.Concern, DraftFinding.NextStep, DraftFinding.NextNews],
            TemplateKind.Correction or TemplateKind.Faq => [DraftFinding.WhatHappened, DraftFinding.NextStep, DraftFinding.NextNews],
            TemplateKind.AllClear => [DraftFinding.Concern, DraftFinding.NextStep],
            _ when ours =>
                [DraftFinding.WhatHappened, DraftFinding.Concern, DraftFinding.Responsibility, DraftFinding.NextStep, DraftFinding.NextNews],
            _ => [DraftFinding.WhatHappened, DraftFinding.Concern, DraftFinding.NextStep, DraftFinding.NextNews],
        };
    }
}
