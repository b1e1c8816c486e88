using System.Security.Claims;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Situations;
using Holdfast.People;
using Holdfast.Shell;
using Microsoft.AspNetCore.Mvc;
using Refusals = Holdfast.Core.Situations.Refusals;

namespace Holdfast.Situations;

/// <summary>What people do with levels and the life of a situation; the work in the room is in <see cref="RoomApi"/>.</summary>
internal static class SituationApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/situations", DeclareAsync).RequireAuthorization(nameof(Permission.Command));
        var room = routes.MapGroup("/situations/{id:guid}");
        room.MapGet("/pulse.json", PulseAsync).RequireAuthorization(nameof(Permission.Read));

        var command = room.MapGroup("").RequireAuthorization(nameof(Permission.Command));
        command.MapPost("/raise", (Guid id, [FromForm] Level level, [FromForm] string? reason, SituationDesk desk, HttpContext context) =>
            ActAsync(context, desk, id, (s, _) => SituationDecisions.Raise(s, level, reason)));
        command.MapPost("/lower", (Guid id, [FromForm] Level level, [FromForm] string? reason, SituationDesk desk, HttpContext context) =>
            ActAsync(context, desk, id, (s, _) => SituationDecisions.Lower(s, level, reason)));
        command.MapPost("/confirm", (Guid id, [FromForm] Level level, SituationDesk desk, HttpContext context) =>
            ActAsync(context, desk, id, (s, _) => s.Proposed?.Level == level ? SituationDecisions.Confirm(s) : Refusals.NothingProposed));
        command.MapPost("/overrule", (Guid id, [FromForm] string? reason, SituationDesk desk, HttpContext context) =>
            ActAsync(context, desk, id, (s, _) => SituationDecisions.Overrule(s, reason)));
        command.MapPost("/contain", (Guid id, [FromForm] string? note, SituationDesk desk, HttpContext context) =>
            ActAsync(context, desk, id, (s, _) => SituationDecisions.Contain(s, note)));
        command.MapPost("/reopen", (Guid id, [FromForm] string? reason, SituationDesk desk, HttpContext context) =>
            ActAsync(context, desk, id, (s, _) => SituationDecisions.Reopen(s, reason)));
        command.MapPost("/resolve", (Guid id, [FromForm] string? reason, SituationDesk desk, HttpContext context) =>
            ActAsync(context, desk, id, (s, _) => SituationDecisions.Resolve(s, reason)));
        command.MapPost("/close", (Guid id, [FromForm] string? note, SituationDesk desk, HttpContext context) =>
            ActAsync(context, desk, id, (s, _) => SituationDecisions.Close(s, note)));
        command.MapPost("/dismiss", (Guid id, [FromForm] DismissalReason why, [FromForm] string? note, SituationDesk desk, HttpContext context) =>
            ActAsync(context, desk, id, (s, _) => SituationDecisions.Dismiss(s, why, note)));
        command.MapPost("/rename", (Guid id, [FromForm] string? title, SituationDesk desk, HttpContext context) =>
            ActAsync(context, desk, id, (s, _) => SituationDecisions.Rename(s, title)));
        command.MapPost("/merge", MergeAsync);
    }

    /// <summary>Does one act and shows the room again: at the part it was done in, or with what was refused.</summary>
    public static async Task<IResult> ActAsync(
        HttpContext context, SituationDesk desk, Guid id, Func<Situation, DateTimeOffset, Result<IReadOnlyList<TimelineEvent>>> decide, string part = "")
    {
        var result = await desk.ActAsync(new SituationId(id), context.User.PersonId(), decide, context.RequestAborted);
        return result.Succeeded(out _)
            ? Results.LocalRedirect($"/situations/{id}{(part.Length > 0 ? "#" + part : "")}")
            : FormState.Again(context, $"/situations/{id}", result.Refusals);
    }

    private static async Task<IResult> DeclareAsync(
        [FromForm] Guid brand, [FromForm] string? title, [FromForm] Level level, [FromForm] string? reason,
        SituationDesk desk, RoomBoard board, ClaimsPrincipal user, HttpContext context, CancellationToken cancellationToken)
    {
        if ((await board.ListAsync(ended: false, cancellationToken)).Brands.All(each => each.Id.Value != brand))
        {
            return Results.NotFound();
        }

        var declared = await desk.DeclareAsync(new Declaration(new BrandId(brand), title, level, reason), user.PersonId(), cancellationToken);
        return declared.Succeeded(out var id)
            ? Results.LocalRedirect($"/situations/{id.Value}")
            : FormState.Again(context, "/situations/declare", declared.Refusals);
    }

    private static async Task<IResult> MergeAsync(
        Guid id, [FromForm] Guid into, [FromForm] string? reason, SituationDesk desk, ClaimsPrincipal user, HttpContext context, CancellationToken cancellationToken)
    {
        var merged = await desk.MergeAsync(new SituationId(id), new SituationId(into), reason, user.PersonId(), cancellationToken);
        return merged.Succeeded(out _) ? Results.LocalRedirect($"/situations/{into}") : FormState.Again(context, $"/situations/{id}", merged.Refusals);
    }

    private static async Task<IResult> PulseAsync(Guid id, RoomBoard board, RoomChart chart, CancellationToken cancellationToken) =>
        await board.RoomAsync(new SituationId(id), cancellationToken) is { } room
            ? Results.Json(await chart.DrawAsync(room, new Words<RoomPage>(), cancellationToken))
            : Results.NotFound();
}
