using System.Security.Claims;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Reading;
using Holdfast.People;
using Holdfast.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Listening;

/// <summary>Corrections from the stream of mentions.</summary>
internal static class MentionApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/listen/mentions/{brand:guid}/{post:guid}", CorrectAsync).RequireAuthorization(nameof(Permission.Respond));

    private static async Task<IResult> CorrectAsync(
        Guid brand, Guid post, [FromForm] SentimentClass sentiment, [FromForm] Intent intent, [FromForm] int risk, [FromForm] string? language,
        [FromForm] bool? about, ClaimsPrincipal user, MentionDesk desk, HttpContext context, CancellationToken cancel)
    {
        var correction = new Correction(sentiment, intent, risk, (language ?? "").Trim().ToLowerInvariant(), about ?? false);
        var result = await desk.CorrectAsync(new BrandId(brand), new PostId(post), correction, user.PersonId(), cancel);
        if (!result.Succeeded(out _))
            return FormState.Again(context, "/listen", result.Refusals);
        // The stream goes on where it was: the page is in the address of the form, and is read again, not believed.
        var back = MentionFilter.Read(context.Request.Query).Address;
        return Results.LocalRedirect($"{back}#m-{brand:N}-{post:N}");
    }
}
