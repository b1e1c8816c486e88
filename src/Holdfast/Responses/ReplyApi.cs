using System.Globalization;
using System.Security.Claims;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;
using Holdfast.People;
using Holdfast.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Responses;

/// <summary>What people do with posts to answer, and with the people who stand by them.</summary>
internal static class ReplyApi
{
    public const string List = "/answer";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost($"{List}/review", ReviewAsync).RequireAuthorization(nameof(Permission.Respond));
        routes.MapPost("/community/write", WriteAsync).RequireAuthorization(nameof(Permission.Respond));
        routes.MapPost("/community/done", DoneAsync).RequireAuthorization(nameof(Permission.Respond));
        routes.MapPost("/deletions/ask/{post:guid}", AskOwnDeletionAsync).RequireAuthorization(nameof(Permission.Respond));
        routes.MapPost("/deletions/{id:guid}", DecideAsync).RequireAuthorization(nameof(Permission.Command));
        routes.MapPost("/deletions/{id:guid}/act", ActOnDeletionAsync).RequireAuthorization(nameof(Permission.Command));
        var one = routes.MapGroup($"{List}/{{brand:guid}}/{{post:guid}}").RequireAuthorization(nameof(Permission.Respond));
        one.MapPost("/take", (Guid brand, Guid post, ReplyDesk desk, HttpContext context, IFormCollection form) =>
            ActAsync(context, brand, post, desk.TakeAsync(new(brand), new(post), context.User.PersonId(), context.RequestAborted), stay: true));
        one.MapPost("/release", (Guid brand, Guid post, ReplyDesk desk, HttpContext context, IFormCollection form) =>
            ActAsync(context, brand, post, desk.ReleaseAsync(new(brand), new(post), context.User.PersonId(), context.RequestAborted)));
        one.MapPost("/assign", (Guid brand, Guid post, [FromForm] Guid? to, ReplyDesk desk, HttpContext context) => ActAsync(
            context, brand, post, desk.AssignAsync(new(brand), new(post), to is { } id ? new PersonId(id) : null, context.User.PersonId(), context.RequestAborted), stay: true));
        one.MapPost("/snooze", (Guid brand, Guid post, [FromForm] int minutes, ReplyDesk desk, HttpContext context) =>
            ActAsync(context, brand, post, desk.SnoozeAsync(new(brand), new(post), TimeSpan.FromMinutes(minutes), context.User.PersonId(), context.RequestAborted)));
        one.MapPost("/elsewhere", (Guid brand, Guid post, [FromForm] string? note, ReplyDesk desk, HttpContext context) =>
            ActAsync(context, brand, post, desk.AnsweredElsewhereAsync(new(brand), new(post), note, context.User.PersonId(), context.RequestAborted)));
        one.MapPost("/leave", (Guid brand, Guid post, [FromForm] string? note, ReplyDesk desk, HttpContext context) =>
            ActAsync(context, brand, post, desk.LeaveAsync(new(brand), new(post), note, context.User.PersonId(), context.RequestAborted)));
        one.MapPost("/reply", ReplyAsync);
        one.MapPost("/mark", MarkAsync);
        one.MapPost("/delete", AskDeletionAsync);
    }

    /// <summary>A reason to pass a freeze counts only from those who may command.</summary>
    public static string? Pass(ClaimsPrincipal user, string? reason) => user.May(Permission.Command) && !string.IsNullOrWhiteSpace(reason) ? reason.Trim() : null;

    private static async Task<IResult> ActAsync(HttpContext context, Guid brand, Guid post, Task<Result<ReplyItem>> act, bool stay = false)
    {
        var result = await act;
        return result.Succeeded(out _)
            ? Results.LocalRedirect(stay ? $"{List}/{brand}/{post}" : List)
            : FormState.Again(context, $"{List}/{brand}/{post}", result.Refusals);
    }

    private static Task<IResult> ReplyAsync(
        Guid brand, Guid post, [FromForm] Guid account, [FromForm] string? text, [FromForm] string? language, [FromForm] string? pass, ReplyDesk desk, HttpContext context) =>
        ActAsync(context, brand, post, desk.AnswerAsync(
            new BrandId(brand), new PostId(post), null, new AnswerDraft(new AccountId(account), text ?? "", language, Pass(context.User, pass)), context.User.PersonId(), context.RequestAborted));

    private static async Task<IResult> MarkAsync(
        Guid brand, Guid post, [FromForm] string? kind, [FromForm] string? note, CommunityDesk desk, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (Enum.TryParse<CommunityKind>(kind, out var chosen))
        {
            await desk.MarkAsync(new BrandId(brand), new PostId(post), chosen, note, user.PersonId(), cancellationToken);
        }
        else
        {
            await desk.UnmarkAsync(new BrandId(brand), new PostId(post), cancellationToken);
        }

        return Results.LocalRedirect($"{List}/{brand}/{post}");
    }

    private static async Task<IResult> WriteAsync(
        [FromForm] Guid brand, [FromForm] string? network, [FromForm] string? author, [FromForm] CommunityAct act, [FromForm] Guid account, [FromForm] string? text,
        [FromForm] string? language, [FromForm] string? pass, CommunityDesk desk, HttpContext context)
    {
        var draft = new AnswerDraft(new AccountId(account), text ?? "", language, Pass(context.User, pass));
        var written = await desk.WriteAsync(new BrandId(brand), network ?? "", author ?? "", act, draft, context.User.PersonId(), context.RequestAborted);
        return written.Succeeded(out _) ? Results.LocalRedirect("/community") : FormState.Again(context, "/community/write", written.Refusals);
    }

    private static async Task<IResult> DoneAsync(
        [FromForm] Guid brand, [FromForm] string? network, [FromForm] string? author, [FromForm] CommunityAct act, CommunityDesk desk, CancellationToken cancellationToken)
    {
        await desk.DoneAsync(new BrandId(brand), network ?? "", author ?? "", act, cancellationToken);
        return Results.LocalRedirect("/community");
    }

    private static async Task<IResult> AskDeletionAsync(Guid brand, Guid post, [FromForm] string? reason, DeletionDesk desk, HttpContext context) =>
        Deletions(context, await desk.AskAsync(new BrandId(brand), new PostId(post), reason, context.User.PersonId(), context.RequestAborted), $"{List}/{brand}/{post}");

    private static async Task<IResult> AskOwnDeletionAsync(Guid post, [FromForm] string? reason, DeletionDesk desk, HttpContext context) =>
        Deletions(context, await desk.AskAsync(new ScheduledPostId(post), reason, context.User.PersonId(), context.RequestAborted), $"/deletions/ask/{post}");

    private static async Task<IResult> DecideAsync(Guid id, [FromForm] bool agreed, [FromForm] string? reason, [FromForm] string? pass, DeletionDesk desk, HttpContext context) =>
        Deletions(context, await desk.DecideAsync(id, agreed, reason, Pass(context.User, pass), context.User.PersonId(), context.RequestAborted));

    private static async Task<IResult> ActOnDeletionAsync(Guid id, [FromForm] DeletionAct act, [FromForm] string? pass, DeletionDesk desk, HttpContext context) =>
        Deletions(context, await desk.ActAsync(id, act, Pass(context.User, pass), context.User.PersonId(), context.RequestAborted));

    private static IResult Deletions<T>(HttpContext context, Result<T> result, string again = "/deletions") =>
        result.Succeeded(out _) ? Results.LocalRedirect("/deletions") : FormState.Again(context, again, result.Refusals);

    // Asked at every pause in typing. The form that is open says which of its texts is meant.
    private static async Task<RazorComponentResult<ReviewPanel>> ReviewAsync(IFormCollection form, AnswerBoard board, CancellationToken cancellationToken)
    {
        var index = form["review"].ToString();
        var text = form[$"text{index}"].ToString();
        var account = Guid.TryParse(form["brand"], out var brand) && Guid.TryParse(form[$"account{index}"], out var id)
            ? (await board.AccountsAsync(new BrandId(brand), cancellationToken)).FirstOrDefault(each => each.Account.Id.Value == id)
            : null;
        var review = DraftReview.Of(
            text,
            form[$"language{index}"].ToString(),
            Enum.TryParse<TemplateKind>(form["kind"], out var kind) ? kind : TemplateKind.Acknowledgement,
            Enum.TryParse<CrisisCause>(form["cause"], out var cause) ? cause : null,
            account?.TooLongBy(text.Trim()) ?? 0);
        return new RazorComponentResult<ReviewPanel>(new { Review = review, Text = text, Index = int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : (int?)null });
    }
}
