using Holdfast.People;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Holdfast.Browser.Tests;

/// <summary>Passkeys as a browser makes them: Chromium's own authenticator, switched on over its developer protocol.</summary>
public sealed class PasskeyTests : IAsyncLifetime
{
    private readonly NewSite _site = new();

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_passkey_is_the_second_proof_and_signs_in_without_a_password_until_it_is_removed()
    {
        await using var visit = await Visit.BeginAsync(_site.Address, Look.Desk);
        var page = visit.Page;
        await GiveAuthenticatorAsync(page);
        await page.GotoAsync("/welcome");
        await page.GetByLabel("Setup code").FillAsync(_site.Services.GetRequiredService<SetupCode>().Text);
        await page.GetByLabel("Name").FillAsync("Ania Nowak");
        await page.GetByLabel("Mail address").FillAsync("ania@example.org");
        await page.GetByLabel("Password").FillAsync("a long enough sentence");
        await Button(page, "Continue").ClickAsync();

        await Button(page, "Create a passkey on this device").ClickAsync();
        await page.WaitForURLAsync("**/");
        await SignOutAsync(page);

        await Button(page, "Sign in with a passkey").ClickAsync();
        await page.WaitForURLAsync("**/");
        await page.GotoAsync("/me");
        await Assertions.Expect(page.GetByText("Passkey: Chrome, Linux")).ToBeVisibleAsync();

        await page.Locator("main details.confirm > summary").First.ClickAsync();
        await page.Locator("details.confirm[open] form button").ClickAsync();
        await page.WaitForURLAsync("**/me");
        await SignOutAsync(page);
        await Button(page, "Sign in with a passkey").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The passkey was not accepted" })).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    private static async Task GiveAuthenticatorAsync(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
            },
        });
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.Locator(".menu > summary").ClickAsync();
        await Button(page, "Sign out").ClickAsync();
        await page.WaitForURLAsync("**/sign-in*");
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
