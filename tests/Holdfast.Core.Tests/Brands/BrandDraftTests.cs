using Holdfast.Core.Brands;

namespace Holdfast.Core.Tests.Brands;

public sealed class BrandDraftTests
{
    [Fact]
    public void Handles_come_with_or_without_their_sign_and_only_once()
    {
        var draft = BrandDraft.Check(" Aurelka ", "@aurelka, Aurelka\n@aurelka.example", ["pl", "en"], "Europe/Warsaw").Value;
        Assert.Equal("Aurelka", draft.Name);
        Assert.Equal(["aurelka", "aurelka.example"], draft.Handles);
        Assert.Equal("\"Aurelka\" OR @aurelka OR @aurelka.example", draft.FirstQuery());
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once() => Assert.Equal(
        ["name", "handles", "languages", "timeZone", "quietFrom"],
        BrandDraft.Check("?", "<script>", [], "Mars/Base", new TimeOnly(22, 0)).Refusals.Select(r => r.Property));

    [Fact]
    public void Quiet_hours_may_pass_midnight() => Assert.Equal(
        new QuietHours(new TimeOnly(22, 0), new TimeOnly(7, 0)),
        BrandDraft.Check("A", "", ["en"], "UTC", new TimeOnly(22, 0), new TimeOnly(7, 0)).Value.QuietHours);
}
