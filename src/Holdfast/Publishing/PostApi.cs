using System.Globalization;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.People;
using Holdfast.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Publishing;

/// <summary>The forms of the composer, the calendar and the approvals.</summary>
internal static class PostApi
{
    private const int MostPicturesAtOnce = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var write = routes.MapGroup("/posts").RequireAuthorization(nameof(Permission.Respond));
        write.MapPost("", (HttpContext context, PostDesk desk, MediaDesk media, CancellationToken cancel) => SaveAsync(null, context, desk, media, cancel));
        write.MapPost("/{set:guid}", (Guid set, HttpContext context, PostDesk desk, MediaDesk media, CancellationToken cancel) => SaveAsync(set, context, desk, media, cancel));
        write.MapPost("/{set:guid}/drop", DropAsync);
        write.MapPost("/preview", PreviewAsync);
        write.MapPost("/media", AddMediaAsync);
        write.MapPost("/{post:guid}/move", MoveAsync);
        write.MapPost("/{post:guid}/looked", LookedAsync);
        routes.MapGet("/posts/media/{id:guid}", MediaAsync).RequireAuthorization(nameof(Permission.Read)).ExcludeFromDescription();
        var approve = routes.MapGroup("/posts/approvals").RequireAuthorization(nameof(Permission.Command));
        approve.MapPost("/{post:guid}/approve", ApproveAsync);
        approve.MapPost("/{post:guid}/send-back", SendBackAsync);
    }

    private static async Task<IResult> SaveAsync(Guid? set, HttpContext context, PostDesk desk, MediaDesk media, CancellationToken cancel)
    {
        var values = await context.Request.ReadFormAsync(cancel);
        var page = set is { } known ? $"/posts/{known}" : "/posts/new";
        var by = context.User.PersonId();

        // Without script the pictures come with the form itself; they are kept whatever else is wrong with it.
        var (added, refused) = await TakeAsync(values, media, by, cancel);
        if (added.Count > 0)
        {
            var fields = values.ToDictionary(field => field.Key, field => field.Value);
            fields["media"] = new([.. values["media"], .. added.Select(each => each.Id.ToString())]);
            context.Request.Form = values = new FormCollection(fields);
        }

        var saved = await desk.SaveAsync(set, PostForm.Read(values), by, cancel);
        return refused.Count == 0 && saved.Succeeded(out var id)
            ? Results.LocalRedirect($"/posts/{id}?kept=1")
            : FormState.Again(context, page, [.. refused, .. saved.Refusals]);
    }

    private static async Task<(List<MediaFacts> Added, List<Refusal> Refused)> TakeAsync(IFormCollection form, MediaDesk media, PersonId by, CancellationToken cancel)
    {
        var (added, refused) = (new List<MediaFacts>(), new List<Refusal>());
        if (!Guid.TryParse(form["brand"], out var brand))
        {
            return (added, refused);
        }

        foreach (var file in form.Files.Where(file => file.Length > 0).Take(MostPicturesAtOnce))
        {
            var taken = await media.AddAsync(new BrandId(brand), file, by, cancel);
            if (taken.Succeeded(out var facts))
            {
                added.Add(facts);
            }

            refused.AddRange(taken.Refusals);
        }

        return (added, refused);
    }

    private static async Task<IResult> DropAsync(Guid set, HttpContext context, PostDesk desk, CancellationToken cancel)
    {
        var dropped = await desk.DropAsync(set, context.User.PersonId(), cancel);
        return dropped.Succeeded(out _) ? Results.LocalRedirect("/posts") : FormState.Again(context, $"/posts/{set}", dropped.Refusals);
    }

    // Asked at every pause in writing: what is not good yet is an answer here, not an error.
    private static async Task<IResult> PreviewAsync(HttpContext context, PostPreviewDesk previews, CancellationToken cancel)
    {
        var values = await context.Request.ReadFormAsync(cancel);
        var preview = await previews.LookAsync(Guid.TryParse(values["set"], out var set) ? set : null, PostForm.Read(values), cancel);
        return new RazorComponentResult<ComposeLook>(new { Preview = preview });
    }

    private static async Task<IResult> AddMediaAsync(HttpContext context, MediaDesk media, CancellationToken cancel)
    {
        var (added, refused) = await TakeAsync(await context.Request.ReadFormAsync(cancel), media, context.User.PersonId(), cancel);
        return new RazorComponentResult<ComposePictures>(new { Added = added, Refusals = refused });
    }

    private static async Task<IResult> MediaAsync(Guid id, HttpContext context, MediaDesk media, CancellationToken cancel)
    {
        if (await media.ReadAsync(id, cancel) is not var (type, bytes))
        {
            return Results.NotFound();
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return Results.Bytes(bytes, type);
    }

    /// <summary>To another day, as a drag says it, or to another day and time, as the page for it does.</summary>
    private static async Task<IResult> MoveAsync(
        Guid post, [FromForm] string? dueAt, [FromForm] string? time, [FromForm] string? which, [FromForm] string? back, HttpContext context, PostDesk desk, CancellationToken cancel)
    {
        var id = new ScheduledPostId(post);
        var to = time is null && DateOnly.TryParseExact(dueAt, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? await desk.SameTimeOnAsync(id, day, cancel)
            : PostForm.ReadLocal(dueAt, time);
        var moved = await desk.MoveAsync(id, to, which switch { "second" => true, "first" => false, _ => null }, context.User.PersonId(), cancel);
        return moved.Succeeded(out var set)
            ? Results.LocalRedirect(back is { Length: > 0 } && back.StartsWith("/posts", StringComparison.Ordinal) ? back : $"/posts/{set}")
            : FormState.Again(context, $"/posts/{post}/move", moved.Refusals);
    }

    private static async Task<IResult> LookedAsync(
        Guid post, [FromForm] bool there, [FromForm] string? url, HttpContext context, PublishDesk publish, PostDesk desk, CancellationToken cancel)
    {
        var looked = await publish.LookedAsync(new(post), there, url, context.User.PersonId(), cancel);
        var page = $"/posts/{await desk.SetOfAsync(new(post), cancel) ?? post}";
        return looked.Succeeded(out _) ? Results.LocalRedirect(page) : FormState.Again(context, page, looked.Refusals);
    }

    private static async Task<IResult> ApproveAsync(Guid post, [FromForm] string? read, HttpContext context, ApprovalDesk desk, CancellationToken cancel) =>
        Answer(context, await desk.ApproveAsync(new(post), read, context.User.PersonId(), cancel));

    private static async Task<IResult> SendBackAsync(
        Guid post, [FromForm] string? read, [FromForm] string? reason, HttpContext context, ApprovalDesk desk, CancellationToken cancel) =>
        Answer(context, await desk.DisapproveAsync(new(post), read, reason, context.User.PersonId(), cancel));

    private static IResult Answer(HttpContext context, Result<ScheduledPost> result) =>
        result.Succeeded(out _) ? Results.LocalRedirect("/posts/approvals") : FormState.Again(context, "/posts/approvals", result.Refusals);
}
