using System.Globalization;
using Holdfast.Core.Responses;

namespace Holdfast.Core.Tests.Responses;

/// <summary>Prints the table of docs/design/draft-review.md and fails where the review got worse.</summary>
public sealed class DraftReviewQualityTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("dev", "en")]
    [InlineData("dev", "pl")]
    [InlineData("held", "en")]
    [InlineData("held", "pl")]
    public void Each_finding_is_measured_on_invented_statements(string half, string language)
    {
        var statements = LabelledStatement.Read().Where(each => each.Half == half && each.Language == language).ToList();
        Assert.True(statements.Count >= 40);
        foreach (var finding in LabelledStatement.All)
        {
            var score = FindingScore.Of(finding, statements);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{half} {language} {finding,-15} precision {score.Precision:0.00} recall {score.Recall:0.00}  right {score.Right} wrong {score.Wrong} missed {score.Missed}"));
        }

        // What the rules may be tuned on is shown; the other half is only counted.
        foreach (var statement in statements.Where(_ => half == "dev"))
        {
            var found = DraftReview.Of(statement.Text, statement.Language).Remarks;
            var wrong = found.Where(remark => !statement.Labels.Contains(remark.Finding))
                .Select(remark => $"{remark.Finding} \"{statement.Text.Substring(remark.Start, Math.Min(remark.Length, 40))}\"");
            var missed = statement.Labels.Except(found.Select(remark => remark.Finding));
            if (wrong.Any() || missed.Any())
            {
                output.WriteLine($"wrong: {string.Join(", ", wrong)}; missed: {string.Join(", ", missed)}\n    {statement.Text}");
            }
        }

        var all = LabelledStatement.All.Select(finding => FindingScore.Of(finding, statements)).ToList();
        Assert.All(all, score => Assert.True(score.Precision >= LeastPrecision && score.Recall >= LeastRecall, $"{score.Finding}: {score.Precision:0.00} {score.Recall:0.00}"));
    }

    // Floors, not goals: the table in the document says what is reached.
    private const double LeastPrecision = 0.75;
    private const double LeastRecall = 0.4;
}
