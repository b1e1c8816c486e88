using Microsoft.Playwright;

namespace Holdfast.Browser.Tests;

/// <summary>One Chromium for the whole run; each visit has a context of its own.</summary>
internal static class Chrome
{
    private const string Path = "/usr/bin/chromium";

    private static readonly Lazy<Task<IBrowser>> Shared = new(StartAsync);

    public static Task<IBrowser> GetAsync() => Shared.Value;

    private static async Task<IBrowser> StartAsync()
    {
        if (!File.Exists(Path))
        {
            throw new InvalidOperationException($"These tests need Debian's Chromium at {Path}: apt-get install chromium");
        }

        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }
}
