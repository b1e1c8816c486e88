using System.Security.Claims;
using Holdfast.Core;
using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.People;
using Holdfast.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Detection;

/// <summary>The forms of a topic.</summary>
internal static class TopicApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/topics/{id:guid}").RequireAuthorization(nameof(Permission.Respond));
        group.MapPost("/name", RenameAsync);
        group.MapPost("/merge", MergeAsync);
        group.MapPost("/split", SplitAsync);
    }

    private static async Task<IResult> RenameAsync(
        Guid id, [FromForm] string? name, ClaimsPrincipal user, TopicDesk desk, HttpContext context, CancellationToken cancel) =>
        Answer(context, id, await desk.RenameAsync(new(id), name, user.PersonId(), cancel));

    private static async Task<IResult> MergeAsync(
        Guid id, [FromForm] Guid? into, ClaimsPrincipal user, TopicDesk desk, HttpContext context, CancellationToken cancel) =>
        Answer(context, id, await desk.MergeAsync(new(id), new(into ?? default), user.PersonId(), cancel));

    private static async Task<IResult> SplitAsync(
        Guid id, [FromForm] string? word, ClaimsPrincipal user, TopicDesk desk, HttpContext context, CancellationToken cancel) =>
        Answer(context, id, await desk.SplitAsync(new(id), word, user.PersonId(), cancel));

    private static IResult Answer(HttpContext context, Guid id, Result<TopicId> result) =>
        result.Succeeded(out var topic) ? Results.LocalRedirect($"/topics/{topic.Value}") : FormState.Again(context, $"/topics/{id}", result.Refusals);
}
