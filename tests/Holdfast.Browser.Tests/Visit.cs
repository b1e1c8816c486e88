using Microsoft.Playwright;

namespace Holdfast.Browser.Tests;

/// <summary>How someone looks at the product: width of the screen, light, language.</summary>
public sealed record Look(int Width, string Light, string Language)
{
    public static Look Desk { get; } = new(1280, "light", "en");

    public static Look Phone { get; } = new(360, "light", "en");

    public override string ToString() => $"{Width} {Light} {Language}";
}

/// <summary>A browser window of one person. What the page complains about in the console is an error of the page.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Visit(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<Visit> BeginAsync(Uri site, Look look, bool script = true)
    {
        var browser = await Chrome.GetAsync();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = site.ToString(),
            ViewportSize = new() { Width = look.Width, Height = look.Width < 600 ? 740 : 900 },
            IsMobile = look.Width < 600,
            HasTouch = look.Width < 600,
            ColorScheme = look.Light == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            Locale = look.Language == "pl" ? "pl-PL" : "en-GB",
            TimezoneId = "Europe/Warsaw",
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = script,
        });
        var page = await context.NewPageAsync();
        var visit = new Visit(context, page);
        page.Console += (_, message) =>
        {
            // A refused form is a 4xx on purpose; the browser notes it all the same.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                visit._complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => visit._complaints.Add(error);
        return visit;
    }

    /// <summary>By how many pixels the page is wider than the screen.</summary>
    public Task<int> SidewaysAsync() =>
        Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public ValueTask DisposeAsync() => new(_context.CloseAsync());
}
