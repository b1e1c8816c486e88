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
        group.MapPost("/take", TakeAsync);
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
        var read = await desk.LookAsync(Brand(form), name.Length > LongestName ? name[..LongestName] : name, bytes, cancel);
        return read.Succeeded(out var view) ? FormState.Once(context, Page, view) : FormState.Again(context, Page, read.Refusals);
    }

    private static async Task<IResult> TakeAsync(HttpContext context, PlanFileDesk desk, CancellationToken cancel)
    {
        var form = await context.Request.ReadFormAsync(cancel);
        var bytes = new byte[PlanFileReader.MostBytes];
        if (!Convert.TryFromBase64String(form["content"].ToString(), bytes, out var length) || length == 0)
        {
            return FormState.Again(context, Page, [PlanRefusals.NoFile]);
        }

        var wish = form["wish"] == "schedule" ? PostWish.Schedule : PostWish.Draft;
        // Once begun it is done: a browser that goes away does not leave half a plan.
        var taken = await desk.TakeAsync(Brand(form), form["name"].ToString(), bytes[..length], wish, form.ContainsKey("again"), context.User.PersonId(), CancellationToken.None);
        return taken.Succeeded(out var what) ? FormState.Once(context, Page, what) : FormState.Again(context, Page, taken.Refusals);
    }

    private static Guid Brand(IFormCollection form) => Guid.TryParse(form["brand"], out var brand) ? brand : default;
}
