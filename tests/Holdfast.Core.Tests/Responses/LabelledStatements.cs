using Holdfast.Core.Responses;

namespace Holdfast.Core.Tests.Responses;

/// <summary>One line of statements.tsv.</summary>
internal sealed record LabelledStatement(string Half, string Language, IReadOnlySet<DraftFinding> Labels, string Text)
{
    private const string Letters = "WCRNTFBSJH";

    private static readonly DraftFinding[] Findings =
    [
        DraftFinding.WhatHappened, DraftFinding.Concern, DraftFinding.Responsibility, DraftFinding.NextStep, DraftFinding.NextNews,
        DraftFinding.ApologyWithIf, DraftFinding.BlamePassed, DraftFinding.Speculation, DraftFinding.Jargon, DraftFinding.HardToRead,
    ];

    public static IReadOnlyList<DraftFinding> All => Findings;

    public static IReadOnlyList<LabelledStatement> Read()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Responses", "statements.tsv");
        return [.. File.ReadLines(file).Where(line => !line.StartsWith('#')).Select(line => line.Split('\t')).Select(Parse)];
    }

    private static LabelledStatement Parse(string[] fields) => new(
        fields[0],
        fields[1],
        fields[2] == "-" ? new HashSet<DraftFinding>() : fields[2].Select(letter => Findings[Letters.IndexOf(letter, StringComparison.Ordinal)]).ToHashSet(),
        fields[3]);
}

/// <summary>How often a finding was made rightly, wrongly, and not though it should have been.</summary>
internal sealed record FindingScore(DraftFinding Finding, int Right, int Wrong, int Missed)
{
    public double Precision => Right + Wrong == 0 ? 1 : (double)Right / (Right + Wrong);

    public double Recall => Right + Missed == 0 ? 1 : (double)Right / (Right + Missed);

    public static FindingScore Of(DraftFinding finding, IEnumerable<LabelledStatement> statements)
    {
        var (right, wrong, missed) = (0, 0, 0);
        foreach (var statement in statements)
        {
            var found = DraftReview.Of(statement.Text, statement.Language).Remarks.Any(remark => remark.Finding == finding);
            var due = statement.Labels.Contains(finding);
            right += found && due ? 1 : 0;
            wrong += found && !due ? 1 : 0;
            missed += !found && due ? 1 : 0;
        }

        return new FindingScore(finding, right, wrong, missed);
    }
}
