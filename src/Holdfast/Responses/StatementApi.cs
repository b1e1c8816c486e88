using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Holdfast.People;
using Holdfast.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Responses;

/// <summary>What people do with statements, from the first word to the last approval.</summary>
internal static class StatementApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // The token is the whole right to do this: there is no session that a foreign page could borrow.
        routes.MapPost("/s/{token}", GuestAsync).AllowAnonymous().DisableAntiforgery();
        var respond = routes.MapGroup("").RequireAuthorization(nameof(Permission.Respond));
        respond.MapPost("/statements", BeginAsync);
        respond.MapPost("/statements/{id:guid}/write", WriteAsync);
        respond.MapPost("/statements/{id:guid}/answer", (Guid id, [FromForm] string? content, [FromForm] bool granted, [FromForm] string? reason, StatementDesk desk, HttpContext context) =>
            ActAsync(context, id, desk.AnswerAsync(new(id), context.User.PersonId(), content, granted, reason, context.RequestAborted)));
        respond.MapPost("/statements/{id:guid}/guests", InviteAsync);
        var command = routes.MapGroup("").RequireAuthorization(nameof(Permission.Command));
        command.MapPost("/statements/{id:guid}/glass", (Guid id, [FromForm] string? reason, StatementDesk desk, HttpContext context) =>
            ActAsync(context, id, desk.BreakGlassAsync(new(id), context.User.PersonId(), reason, context.RequestAborted)));
        command.MapPost("/statements/{id:guid}/release", (Guid id, [FromForm] string? pass, ReleaseDesk desk, HttpContext context) =>
            ActAsync(context, id, desk.ReleaseAsync(new(id), context.User.PersonId(), ReplyApi.Pass(context.User, pass), context.RequestAborted)));
        command.MapPost("/statements/{id:guid}/withdraw", (Guid id, [FromForm] string? reason, StatementDesk desk, HttpContext context) =>
            ActAsync(context, id, desk.WithdrawAsync(new(id), context.User.PersonId(), reason, context.RequestAborted)));
        command.MapPost("/statements/{id:guid}/take", TakeAsync);
        command.MapPost("/situations/{id:guid}/first-answer", FirstAnswerAsync);
        command.MapPost("/situations/{id:guid}/origin/override", OverrideAsync);
        respond.MapPost("/situations/{id:guid}/origin", OriginAsync);
    }

    private static async Task<IResult> ActAsync(HttpContext context, Guid id, Task<Result<Statement>> act)
    {
        var result = await act;
        return result.Succeeded(out _) ? Results.LocalRedirect($"/statements/{id}") : FormState.Again(context, $"/statements/{id}", result.Refusals);
    }

    private static async Task<IResult> BeginAsync(
        [FromForm] Guid brand, [FromForm] Guid? situation, [FromForm] TemplateKind kind, [FromForm] CrisisCause cause, StatementDesk desk, AnswerBoard board,
        HttpContext context, CancellationToken cancellationToken)
    {
        if ((await board.BrandsAsync(cancellationToken)).FirstOrDefault(each => each.Id.Value == brand) is not { } chosen)
        {
            return Results.NotFound();
        }

        var accounts = await board.AccountsAsync(chosen.Id, cancellationToken);
        var answering = await board.AnsweringAsync(chosen.Id, cancellationToken);
        var first = chosen.Languages.Count > 0 ? chosen.Languages[0] : "en";
        var versions = accounts.Select(account => new StatementVersion(account.Account.Id, first, answering.Text(kind, cause, first)))
            .Concat(chosen.Languages.Where(language => accounts.Count == 0 || language != first)
                .Select(language => new StatementVersion(null, language, answering.Text(kind, cause, language))));
        var begun = await desk.BeginAsync(
            new StatementStart(chosen.Id, situation is { } id ? new SituationId(id) : null, kind, cause), [.. versions], context.User.PersonId(), cancellationToken);
        return begun.Succeeded(out var statement) ? Results.LocalRedirect($"/statements/{statement.Value}") : FormState.Again(context, "/statements/new", begun.Refusals);
    }

    /// <summary>Saves the texts, with what was typed for their fields put in; and asks for approval where that button was pressed.</summary>
    private static async Task<IResult> WriteAsync(Guid id, IFormCollection form, StatementDesk desk, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = form.Where(pair => pair.Key.StartsWith("field:", StringComparison.Ordinal)).ToDictionary(pair => pair.Key["field:".Length..], pair => pair.Value.ToString());
        var versions = new List<StatementVersion>();
        for (var i = 0; form.ContainsKey($"text{i}"); i++)
        {
            versions.Add(new StatementVersion(
                Guid.TryParse(form[$"account{i}"], out var account) ? new AccountId(account) : null,
                form[$"language{i}"].ToString() is { Length: > 0 and <= 10 } language ? language : "en",
                StatementTemplate.Fill(form[$"text{i}"].ToString().ReplaceLineEndings("\n").Trim(), fields)));
        }

        var written = await desk.WriteAsync(new StatementId(id), versions, context.User.PersonId(), cancellationToken);
        if (written.Succeeded(out _) && form["then"] == "submit")
        {
            written = await desk.SubmitAsync(new StatementId(id), context.User.PersonId(), cancellationToken);
        }

        return written.Succeeded(out _) ? Results.LocalRedirect($"/statements/{id}") : FormState.Again(context, $"/statements/{id}", written.Refusals);
    }

    private static async Task<IResult> InviteAsync(
        Guid id, [FromForm] DutyKind duty, [FromForm] string? name, [FromForm] string? mail, [FromForm] string? language, GuestDesk desk, HttpContext context,
        CancellationToken cancellationToken)
    {
        var invited = await desk.InviteAsync(new StatementId(id), duty, name, mail, language, context.User.PersonId(), cancellationToken);
        return invited.Succeeded(out _) ? Results.LocalRedirect($"/statements/{id}") : FormState.Again(context, $"/statements/{id}", invited.Refusals);
    }

    private static async Task<IResult> GuestAsync(string token, [FromForm] bool granted, [FromForm] string? reason, GuestDesk desk, HttpContext context, CancellationToken cancellationToken)
    {
        var path = $"/s/{Uri.EscapeDataString(token)}";
        var answered = await desk.AnswerAsync(token, granted, reason, cancellationToken);
        return answered.Succeeded(out _) ? Results.LocalRedirect(path) : FormState.Again(context, path, answered.Refusals);
    }

    private static async Task<IResult> TakeAsync(Guid id, [FromForm] Guid situation, StatementDesk desk, HttpContext context, CancellationToken cancellationToken)
    {
        var taken = await desk.TakeAsync(new StatementId(id), new SituationId(situation), context.User.PersonId(), cancellationToken);
        return taken.Succeeded(out var statement) ? Results.LocalRedirect($"/statements/{statement.Value}") : FormState.Again(context, $"/statements/{id}", taken.Refusals);
    }

    /// <summary>The answer at the origin and, where one is chosen, the statement elsewhere: one act.</summary>
    private static async Task<IResult> FirstAnswerAsync(
        Guid id, [FromForm] Guid brand, [FromForm] Guid post, [FromForm] Guid account, [FromForm] string? text, [FromForm] string? language, [FromForm] Guid? statement,
        [FromForm] string? pass, ReleaseDesk releases, ReplyDesk replies, HttpContext context, CancellationToken cancellationToken)
    {
        var draft = new AnswerDraft(new AccountId(account), text ?? "", language, ReplyApi.Pass(context.User, pass));
        var by = context.User.PersonId();
        IReadOnlyList<Refusal> refusals;
        if (statement is { } chosen)
        {
            var both = await releases.AnswerAndReleaseAsync(new BrandId(brand), new PostId(post), new SituationId(id), draft, new StatementId(chosen), by, cancellationToken);
            refusals = both.Refusals;
        }
        else
        {
            refusals = (await replies.AnswerAsync(new BrandId(brand), new PostId(post), new SituationId(id), draft, by, cancellationToken)).Refusals;
        }

        return refusals.Count == 0 ? Results.LocalRedirect($"/situations/{id}#timeline") : FormState.Again(context, $"/situations/{id}/answer", refusals);
    }

    private static async Task<IResult> OriginAsync(Guid id, [FromForm] string? link, [FromForm] Guid? post, OriginDesk desk, HttpContext context)
    {
        var (situation, by) = (new SituationId(id), context.User.PersonId());
        var set = post is { } chosen
            ? await desk.SetAsync(situation, new PostId(chosen), by, context.RequestAborted)
            : await desk.SetAsync(situation, link, by, context.RequestAborted);
        return set.Succeeded(out _) ? Results.LocalRedirect($"/situations/{id}/answer") : FormState.Again(context, $"/situations/{id}/answer", set.Refusals);
    }

    private static async Task<IResult> OverrideAsync(Guid id, [FromForm] string? reason, ReleaseDesk desk, HttpContext context, CancellationToken cancellationToken)
    {
        var done = await desk.OverrideOriginAsync(new SituationId(id), reason, context.User.PersonId(), cancellationToken);
        return done.Succeeded(out _) ? Results.LocalRedirect($"/situations/{id}/answer") : FormState.Again(context, $"/situations/{id}/answer", done.Refusals);
    }
}
