using System.Security.Claims;
using Holdfast.Core.Brands;
using Holdfast.Core.Drills;
using Holdfast.Core.People;
using Holdfast.Database;
using Holdfast.People;
using Holdfast.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Detection;

/// <summary>The moving parts of the back-test's page, and the marks people set on it.</summary>
internal static class BacktestApi
{
    /// <summary>How long a request waits before it shows how far the work is.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/brands/{brand:guid}/backtest").RequireAuthorization(nameof(Permission.Read));
        group.MapGet("/result", ResultAsync);
        group.MapGet("/chart.json", ChartAsync);
        group.MapGet("/library", LibraryAsync);
        group.MapPost("/draft", DraftAsync).RequireAuthorization(nameof(Permission.Command));
        group.MapPost("/marks", MarkAsync).RequireAuthorization(nameof(Permission.Command));
    }

    private static async Task<RazorComponentResult<BacktestResult>> ResultAsync(Guid brand, HttpContext context, BacktestRuns runs, CancellationToken cancel)
    {
        var question = BacktestQuestion.Read(new(brand), context.Request.Query);
        var (view, progress) = await runs.AskAsync(question, null, Patience, cancel);
        return new RazorComponentResult<BacktestResult>(new { Question = question, View = view, Progress = progress });
    }

    private static async Task<IResult> ChartAsync(Guid brand, HttpContext context, BacktestRuns runs, CancellationToken cancel)
    {
        var (view, _) = await runs.AskAsync(BacktestQuestion.Read(new(brand), context.Request.Query), null, Timeout.InfiniteTimeSpan, cancel);
        return view is { Report.Input.Span: not null } ? Results.Json(BacktestChart.Draw(view, new Words<BacktestRuns>()), Json.Options) : Results.NotFound();
    }

    private static async Task<RazorComponentResult<BacktestLibrary>> LibraryAsync(Guid brand, HttpContext context, BacktestRuns runs, CancellationToken cancel)
    {
        var question = BacktestQuestion.Read(new(brand), context.Request.Query);
        var rows = await runs.LibraryAsync(question.Brand, question.Seed, Patience, cancel);
        return new RazorComponentResult<BacktestLibrary>(new { Question = question, Rows = rows });
    }

    private static async Task<IResult> DraftAsync(Guid brand, [FromForm] string? rules, BacktestRuns runs, CancellationToken cancel)
    {
        var read = RulesFile.Read(rules ?? "", "The draft");
        if (!read.Succeeded(out var draft))
        {
            return Results.BadRequest(read.Refusals[0].Message);
        }

        var (view, progress) = await runs.AskAsync(BacktestQuestion.Of(new(brand)), draft, Patience, cancel);
        return new RazorComponentResult<BacktestDraft>(new { Brand = new BrandId(brand), View = view, Progress = progress });
    }

    /// <param name="verdict">Anything else than a verdict takes back what was said.</param>
    private static async Task<IResult> MarkAsync(
        Guid brand, [FromForm] long from, [FromForm] long to, [FromForm] string? verdict, [FromForm] string? back, ClaimsPrincipal user, BacktestDesk desk, CancellationToken cancel)
    {
        var (first, last) = (DateTimeOffset.FromUnixTimeMilliseconds(from), DateTimeOffset.FromUnixTimeMilliseconds(to));
        if (first <= last)
        {
            await desk.MarkAsync(new(brand), first, last, Enum.TryParse<Verdict>(verdict, out var said) ? said : null, user.PersonId(), cancel);
        }

        return Results.LocalRedirect($"/brands/{brand}/backtest?{back?.TrimStart('?')}#situations");
    }
}
