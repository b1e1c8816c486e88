using Holdfast.Core.People;
using Holdfast.People;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Holdfast.Browser.Tests;

/// <summary>An installation that nobody has claimed yet, its door shut.</summary>
public sealed class NewSite : Site
{
    protected override bool OpenDoor => false;
}

public sealed class FirstStepsTests(NewSite site) : IClassFixture<NewSite>
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    [Fact]
    public async Task A_new_installation_is_claimed_protected_given_a_brand_and_signed_into_again()
    {
        await using var visit = await Visit.BeginAsync(site.Address, Look.Phone);
        var page = visit.Page;
        await page.GotoAsync("/");
        await page.WaitForURLAsync("**/welcome*");

        await page.GetByLabel("Setup code").FillAsync(site.Services.GetRequiredService<SetupCode>().Text);
        await page.GetByLabel("Name").FillAsync("Ania Nowak");
        await page.GetByLabel("Mail address").FillAsync("ania@example.org");
        await page.GetByLabel("Password").FillAsync("a long enough sentence");
        await Press(page, "Continue");

        var secret = await page.Locator("code").InnerTextAsync();
        await page.GetByLabel("Six-digit code").FillAsync(CodeOf(secret));
        await Press(page, "Confirm");
        Assert.Equal(10, await page.Locator("code").CountAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "I have them" }).ClickAsync();

        await page.GetByLabel("Name, as people write it").FillAsync("Aurelka");
        await Press(page, "Listen for it");
        await page.GetByRole(AriaRole.Link, new() { Name = "Later: show me Now" }).ClickAsync();
        Assert.Equal("Nothing has been heard about Aurelka yet.", await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync());

        await page.Locator(".menu > summary").ClickAsync();
        await Press(page, "Sign out");
        await page.GetByLabel("Mail address").FillAsync("ania@example.org");
        await page.GetByLabel("Password").FillAsync("not the sentence");
        await page.Locator("form[action='/sign-in'] button").ClickAsync();
        await Assertions.Expect(page.Locator(".error:visible")).ToHaveCountAsync(1);
        Assert.Empty(visit.Complaints);
    }

    private static Task Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    private static string CodeOf(string base32)
    {
        var bits = string.Concat(base32.Where(Base32.Contains).Select(letter => Convert.ToString(Base32.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => Convert.ToByte(new string(chunk), 2)).ToArray();
        return Totp.Code(secret, Totp.StepAt(TimeProvider.System.GetUtcNow()));
    }
}
