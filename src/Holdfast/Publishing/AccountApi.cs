using Holdfast.Core.People;
using Holdfast.People;
using Holdfast.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Publishing;

/// <summary>The forms of the accounts' pages.</summary>
internal static class AccountApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/accounts").RequireAuthorization(nameof(Permission.Administer));
        group.MapPost("", ConnectAsync);
        group.MapPost("/{id:guid}/connect", ReconnectAsync);
        group.MapPost("/{id:guid}/approval", ApprovalAsync);
        group.MapPost("/{id:guid}/disconnect", DisconnectAsync);
    }

    private static async Task<IResult> ConnectAsync([FromForm] AccountForm form, AccountDesk desk, HttpContext context, CancellationToken cancel)
    {
        var connected = await desk.ConnectAsync(form, again: null, context.User.PersonId(), cancel);
        return connected.Succeeded(out var id)
            ? Results.LocalRedirect($"/accounts/{id.Value}?connected=1")
            : FormState.Again(context, "/accounts/new", connected.Refusals);
    }

    private static async Task<IResult> ReconnectAsync(Guid id, [FromForm] AccountForm form, AccountDesk desk, HttpContext context, CancellationToken cancel)
    {
        if (await desk.FindAsync(new(id), cancel) is not { } account)
        {
            return Results.NotFound();
        }

        var same = new AccountForm
        {
            Brand = account.Brand.Value,
            Network = account.Network,
            Server = account.Server,
            Name = string.IsNullOrWhiteSpace(form.Name) ? account.Handle : form.Name,
            Password = form.Password,
            NeedsApproval = account.NeedsApproval,
        };
        var connected = await desk.ConnectAsync(same, new(id), context.User.PersonId(), cancel);
        return connected.Succeeded(out _)
            ? Results.LocalRedirect($"/accounts/{id}?connected=1")
            : FormState.Again(context, $"/accounts/{id}", connected.Refusals);
    }

    private static async Task<IResult> ApprovalAsync(Guid id, [FromForm] AccountForm form, AccountDesk desk, CancellationToken cancel)
    {
        await desk.AskForApprovalAsync(new(id), form.NeedsApproval, cancel);
        return Results.LocalRedirect($"/accounts/{id}");
    }

    private static async Task<IResult> DisconnectAsync(Guid id, AccountDesk desk, HttpContext context, CancellationToken cancel)
    {
        await desk.DisconnectAsync(new(id), context.User.PersonId(), cancel);
        return Results.LocalRedirect("/accounts");
    }
}
