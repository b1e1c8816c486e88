using Holdfast.Core;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast;

/// <summary>A refusal as an answer to a program: RFC 9457 problem details with the refusal's own stable <c>code</c>.</summary>
internal static class Problems
{
    /// <summary>The one switch from refusals to HTTP. What is not named here was understood and is not acceptable: 422.</summary>
    public static int Status(string code) => code switch
    {
        "intake.full" => StatusCodes.Status429TooManyRequests,
        "intake.unavailable" or "store.unavailable" => StatusCodes.Status503ServiceUnavailable,
        "intake.too-large" or "import.too-large" => StatusCodes.Status413PayloadTooLarge,
        "intake.media-type" => StatusCodes.Status415UnsupportedMediaType,
        "intake.signature" or "intake.replay" or "intake.clock" or "person.sign-in" or "person.code" => StatusCodes.Status401Unauthorized,
        "person.locked" or "form.forged" => StatusCodes.Status403Forbidden,
        "link.used" or "link.expired" or "person.invitation-spent" => StatusCodes.Status410Gone,
        "intake.malformed" => StatusCodes.Status400BadRequest,
        _ when code.EndsWith(".not-found", StringComparison.Ordinal) => StatusCodes.Status404NotFound,
        _ when code.EndsWith("-already", StringComparison.Ordinal) || code.EndsWith("-taken", StringComparison.Ordinal)
            || code is "situation.ended" or "situation.not-live" => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    public static IResult Of(Refusal refusal) => Of([refusal]);

    /// <summary>The first refusal gives status and code; all of them stand in <c>errors</c>, each with its field.</summary>
    public static IResult Of(IReadOnlyList<Refusal> refusals)
    {
        var first = refusals[0];
        var problem = new ProblemDetails
        {
            Status = Status(first.Code),
            Title = first.Message,
            Extensions = { ["code"] = first.Code },
        };
        if (refusals.Count > 1 || first.Property is not null)
        {
            problem.Extensions["errors"] = refusals.Select(r => new { r.Code, r.Message, r.Property, r.Position });
        }

        return TypedResults.Problem(problem);
    }
}
