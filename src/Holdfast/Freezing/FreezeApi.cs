using System.Security.Claims;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.People;
using Holdfast.Publishing;
using Holdfast.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Refusals = Holdfast.Core.Publishing.Refusals;

namespace Holdfast.Freezing;

/// <summary>Freezing, lifting, and deciding on what is held. Who answers may freeze; who commands may lift.</summary>
internal static class FreezeApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/freezes", PlaceAsync).RequireAuthorization(nameof(Permission.Respond));
        routes.MapPost("/freezes/{id:guid}/lift", LiftAsync).RequireAuthorization(nameof(Permission.Command));
        routes.MapPost("/freezes/{id:guid}/posts/{post:guid}", DecideAsync).RequireAuthorization(nameof(Permission.Command));
        routes.MapPost("/freezes/{id:guid}/posts", DecideOnChosenAsync).RequireAuthorization(nameof(Permission.Command));
        routes.MapPost("/freezes/{id:guid}/schedulers/{post:guid}", PutBackAsync).RequireAuthorization(nameof(Permission.Command));
        routes.MapGet("/freezes/standing", () => new RazorComponentResult<FreezeStanding>()).RequireAuthorization(nameof(Permission.Read));
        routes.MapGet("/freezes/{id:guid}/certificate.json", CertificateAsync).RequireAuthorization(nameof(Permission.Read));
        routes.MapGet("/freezes/{id:guid}/certificates/{certificate:guid}", KeptCertificateAsync).RequireAuthorization(nameof(Permission.Read));

        // JSON only: another site's page cannot send it with our cookie, as a form could be.
        routes.MapPost("/api/freezes", PlaceByProgramAsync).RequireAuthorization(nameof(Permission.Respond)).Accepts<FreezeBody>("application/json");
    }

    /// <summary><c>everything</c>, or <c>brand:</c>, <c>network:</c> or <c>account:</c> with its id or name.</summary>
    public static Result<FreezeScope> Scope(string? text) => text?.Split(':', 2) switch
    {
        ["everything"] => new FreezeScope.Everything(),
        ["brand", var id] when Guid.TryParse(id, out var brand) => new FreezeScope.OfBrand(new BrandId(brand)),
        ["account", var id] when Guid.TryParse(id, out var account) => new FreezeScope.OfAccount(new AccountId(account)),
        ["network", { Length: > 0 and <= 64 } network] => new FreezeScope.OfNetwork(network.Trim().ToLowerInvariant()),
        _ => Refusals.FreezeScope,
    };

    private static async Task<IResult> PlaceAsync(
        [FromForm] string? scope, [FromForm] string? reason, [FromForm] string? words, [FromForm] Guid? situation,
        FreezeDesk desk, ClaimsPrincipal user, HttpContext context, CancellationToken cancellationToken)
    {
        var given = string.IsNullOrWhiteSpace(words) ? reason : words;
        var placed = await OrderAsync(desk, scope, given, situation, user, cancellationToken);
        return placed.Succeeded(out var answer) ? Results.LocalRedirect($"/freezes/{answer.Freeze.Id.Value}") : FormState.Again(context, "/freezes", placed.Refusals);
    }

    private static async Task<IResult> PlaceByProgramAsync(FreezeBody body, FreezeDesk desk, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var placed = await OrderAsync(desk, body.Scope, body.Reason, body.Situation, user, cancellationToken);
        return placed.Succeeded(out var answer)
            ? Results.Json(new { id = answer.Freeze.Id.Value, held = answer.Held, settling = answer.Settling, certificate = $"/freezes/{answer.Freeze.Id.Value}/certificate.json" }, statusCode: 201)
            : Problems.Of(placed.Refusals);
    }

    private static async Task<Result<FreezeAnswer>> OrderAsync(
        FreezeDesk desk, string? scope, string? reason, Guid? situation, ClaimsPrincipal user, CancellationToken cancel) =>
        Scope(scope).Succeeded(out var what)
            ? await desk.PlaceAsync(new FreezeOrder(what, reason, Situation: situation is { } id ? new SituationId(id) : null), Actor.Of(user.PersonId()), cancel)
            : Refusals.FreezeScope;

    private static async Task<IResult> LiftAsync(
        Guid id, [FromForm] string? reason, FreezeDesk desk, ClaimsPrincipal user, HttpContext context, CancellationToken cancellationToken)
    {
        var lifted = await desk.LiftAsync(new FreezeId(id), reason, Actor.Of(user.PersonId()), cancellationToken);
        return lifted.Succeeded(out _) ? Results.LocalRedirect($"/freezes/{id}") : FormState.Again(context, $"/freezes/{id}", lifted.Refusals);
    }

    private static async Task<IResult> DecideAsync(
        Guid id, Guid post, [FromForm] string? act, [FromForm] DateTime? at, [FromForm] string? zone, PublishDesk desk, HttpContext context, CancellationToken cancellationToken)
    {
        var decided = await desk.ActAsync(
            new ScheduledPostId(post),
            (held, gate, now) => act == "drop" ? PostDecisions.Drop(held) : PostDecisions.Schedule(held, Instant(at, zone), gate.InForce, now),
            cancellationToken);
        return decided.Succeeded(out _) ? Results.LocalRedirect($"/freezes/{id}#held") : FormState.Again(context, $"/freezes/{id}", decided.Refusals);
    }

    /// <summary>The chosen ones at their own times, or none of them; what cannot be is named, and the rest is done.</summary>
    private static async Task<IResult> DecideOnChosenAsync(
        Guid id, [FromForm] Guid[] post, [FromForm] string? act, PublishDesk desk, HttpContext context, CancellationToken cancellationToken)
    {
        var refusals = new List<Refusal>();
        foreach (var one in post)
        {
            var decided = await desk.ActAsync(
                new ScheduledPostId(one),
                (held, gate, now) => act == "drop" ? PostDecisions.Drop(held) : PostDecisions.Schedule(held, held.DueAt, gate.InForce, now),
                cancellationToken);
            refusals.AddRange(decided.Refusals);
        }

        return post.Length == 0 ? FormState.Again(context, $"/freezes/{id}", [Refusals.NothingChosen])
            : refusals.Count > 0 ? FormState.Again(context, $"/freezes/{id}", [.. refusals.Distinct()])
            : Results.LocalRedirect($"/freezes/{id}#held");
    }

    private static async Task<IResult> PutBackAsync(
        Guid id, Guid post, [FromForm] DateTime? at, [FromForm] string? zone, SchedulerDesk desk, HttpContext context, CancellationToken cancellationToken)
    {
        var back = await desk.PutBackAsync(new FreezeId(id), post, Instant(at, zone), cancellationToken);
        return back.Succeeded(out _) ? Results.LocalRedirect($"/freezes/{id}#schedulers") : FormState.Again(context, $"/freezes/{id}", back.Refusals);
    }

    private static DateTimeOffset? Instant(DateTime? at, string? zone)
    {
        if (at is not { } local || !TimeZoneInfo.TryFindSystemTimeZoneById(zone ?? "UTC", out var found) || found.IsInvalidTime(local))
        {
            return null;
        }

        return new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), found.GetUtcOffset(local)).ToUniversalTime();
    }

    private static async Task<IResult> CertificateAsync(Guid id, CertificateDesk desk, CancellationToken cancellationToken) =>
        Download(id, await desk.CertifyAsync(new FreezeId(id), cancellationToken) is { } signed ? Json.Write(signed) : null);

    private static async Task<IResult> KeptCertificateAsync(Guid id, Guid certificate, Store store, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return Download(id, await FreezeRecordSql.SignedAsync(connection, new FreezeId(id), certificate, cancellationToken));
    }

    private static IResult Download(Guid id, string? signed) =>
        signed is null ? Results.NotFound() : Results.File(System.Text.Encoding.UTF8.GetBytes(signed), "application/json", $"freeze-{id}.json");
}

/// <summary>A freeze as a program asks for it.</summary>
internal sealed record FreezeBody(string? Scope, string? Reason, Guid? Situation);
