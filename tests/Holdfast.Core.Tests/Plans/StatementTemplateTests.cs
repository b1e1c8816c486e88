using Holdfast.Core.Plans;
using Holdfast.Core.Responses;

namespace Holdfast.Core.Tests.Plans;

public sealed class StatementTemplateTests
{
    public static TheoryData<TemplateKind, CrisisCause, string> All
    {
        get
        {
            var all = new TheoryData<TemplateKind, CrisisCause, string>();
            foreach (var kind in Enum.GetValues<TemplateKind>())
            {
                foreach (var cause in Enum.GetValues<CrisisCause>())
                {
                    all.Add(kind, cause, "en");
                    all.Add(kind, cause, "pl");
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_template_once_filled_has_what_its_own_review_asks_for(TemplateKind kind, CrisisCause cause, string language)
    {
        var text = StatementTemplate.Text(kind, cause, language);
        Assert.NotEmpty(StatementTemplate.Fields(text));
        var filled = StatementTemplate.Fill(text, StatementTemplate.Fields(text).ToDictionary(field => field, field => Value(field, language)));
        Assert.Empty(StatementTemplate.Fields(filled));
        var remarks = DraftReview.Of(filled, language, kind, cause).Remarks.Where(remark => remark.Finding != DraftFinding.HardToRead);
        Assert.True(!remarks.Any(), $"{string.Join(", ", remarks.Select(remark => $"{remark.Finding} {filled.Substring(remark.Start, remark.Length)}"))}\n{filled}");
    }

    [Fact]
    public void What_is_typed_into_a_field_is_not_read_as_a_field_again() =>
        Assert.Equal("{b} and {a}", StatementTemplate.Fill("{a} and {b}", new Dictionary<string, string> { ["a"] = "{b}", ["b"] = "{a}" }));

    [Fact]
    public void An_empty_value_leaves_the_field_to_be_seen() =>
        Assert.Equal("At {time} and five", StatementTemplate.Fill("At {time} and {n}", new Dictionary<string, string> { ["time"] = "  ", ["n"] = " five " }));

    private static string Value(string field, string language) => field switch
    {
        _ when field.Contains("time", StringComparison.Ordinal) || field.Contains("godzina", StringComparison.Ordinal) => "15:00",
        _ when field.StartsWith("day", StringComparison.Ordinal) => "Friday",
        _ when field.StartsWith("dzień", StringComparison.Ordinal) => "w piątek",
        "what happened" => "a fire broke out",
        "co się stało" => "wybuchł pożar",
        "what the person did" => "shouted at a guest",
        "co zrobiła" => "nakrzyczała na gościa",
        "criticism" => "it made fun of the ill",
        "krytyka" => "szydziła z chorych",
        "what is wrong" => "it is broken",
        "na czym polega" => "łatwo się łamie, złamała się dwóm osobom",
        _ => language == "pl" ? "to i owo" : "this and that",
    };
}
