using Holdfast.Core.People;
using Holdfast.People;
using Holdfast.Shell;

namespace Holdfast.Publishing;

/// <summary>The forms of a plan's file: first read and shown, then taken.</summary>
internal static class PlanFileApi
{
    private const string Page = "/posts/import";
    private const int LongestName = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Page).RequireAuthorization(nameof(Permission.Respond));
        group.MapPost("", ReadAsync);
        group.MapPost("/{id:guid}/take", TakeAsync);
    }

    private static async Task<IResult> ReadAsync(HttpContext context, PlanFileDesk desk, CancellationToken cancel)
    {
        var form = await context.Request.ReadFormAsync(cancel);
        if (form.Files["file"] is not { Length: > 0 } file)
        {
            return FormState.Again(context, Page, [PlanRefusals.NoFile]);
        }

        if (file.Length > PlanFileReader.MostBytes)
        {
            return FormState.Again(context, Page, [PlanRefusals.TooLarge]);
        }

        var bytes = new byte[file.Length];
        await using (var stream = file.OpenReadStream())
        {
            await stream.ReadExactlyAsync(bytes, cancel);
        }

        var name = Path.GetFileName(file.FileName);
        var read = await desk.ReadAsync(
            Guid.TryParse(form["brand"], out var brand) ? brand : default, name.Length > LongestName ? name[..LongestName] : name, bytes, cancel);
        return read.Succeeded(out var id) ? Results.LocalRedirect($"{Page}/{id}") : FormState.Again(context, Page, read.Refusals);
    }

    private static async Task<IResult> TakeAsync(Guid id, HttpContext context, PlanFileDesk desk, CancellationToken cancel)
    {
        var form = await context.Request.ReadFormAsync(cancel);
        var wish = form["wish"] == "schedule" ? PostWish.Schedule : PostWish.Draft;
        var taken = await desk.TakeAsync(id, wish, form.ContainsKey("again"), context.User.PersonId(), cancel);
        return taken.Succeeded(out _) ? Results.LocalRedirect($"{Page}/{id}") : FormState.Again(context, $"{Page}/{id}", taken.Refusals);
    }
}
