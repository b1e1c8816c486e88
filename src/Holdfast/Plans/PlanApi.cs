using System.Globalization;
using System.Net.Mime;
using System.Text;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Database;
using Holdfast.People;
using Holdfast.Shell;

namespace Holdfast.Plans;

/// <summary>The forms of the plan, its export and its import.</summary>
internal static class PlanApi
{
    private const long LargestPlan = 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var change = routes.MapGroup("/plan/{brand:guid}").RequireAuthorization(nameof(Permission.Command));
        MapPart(change, "levels", PlanForms.Levels);
        MapPart(change, "rules", PlanForms.Rules);
        MapPart(change, "duties", PlanForms.Duties);
        MapPart(change, "policies", PlanForms.Policies);
        MapPart(change, "answering", PlanForms.Answering);
        MapPart(change, "templates", PlanForms.Templates);
        change.MapPost("/import", ImportAsync);
        routes.MapGet("/plan/{brand:guid}/plan.json", ExportAsync).RequireAuthorization(nameof(Permission.Read));
    }

    private static void MapPart(RouteGroupBuilder group, string part, Func<CrisisPlan, PlanFields, CrisisPlan> apply) =>
        group.MapPost($"/{part}", async (Guid brand, IFormCollection form, HttpContext context, PlanDesk desk, CancellationToken cancel) =>
        {
            var fields = new PlanFields(form);
            var view = await desk.LookAsync(new(brand), cancel);
            var plan = apply(view.Plan, fields);
            if (part == "rules" && !PlanTried.IsSure(form) && fields.Refusals.Count == 0 && RuleCheck.Refusals(plan.Rules).Count == 0
                && Json.Write(plan.Rules) != Json.Write(view.Plan.Rules))
            {
                return FormState.Once(context, $"/plan/{brand}/rules", PlanTried.Of(plan.Rules, form));
            }

            return await PutAsync(new(brand), plan, fields.Refusals, $"/plan/{brand}/{part}", context, desk, cancel);
        });

    private static async Task<IResult> ImportAsync(Guid brand, IFormCollection form, HttpContext context, PlanDesk desk, CancellationToken cancel)
    {
        var page = $"/plan/{brand}";
        if (form.Files["file"] is not { Length: > 0 and <= LargestPlan } file)
        {
            return FormState.Again(context, page, [new("plan.no-file", "Choose a file of at most a megabyte.", "file")]);
        }

        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        var read = PlanDesk.Read(await reader.ReadToEndAsync(cancel));
        return read.Succeeded(out var plan)
            ? await PutAsync(new(brand), plan, [], page, context, desk, cancel)
            : FormState.Again(context, page, read.Refusals);
    }

    private static async Task<IResult> PutAsync(
        BrandId brand, CrisisPlan plan, IReadOnlyList<Refusal> unread, string page, HttpContext context, PlanDesk desk, CancellationToken cancel)
    {
        var basedOn = int.TryParse(context.Request.Form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
        if (unread.Count > 0)
        {
            // What could not be read stands for its old value, so that the rest is checked as well and all is said at once.
            var view = await desk.LookAsync(brand, cancel);
            var more = PlanCheck.Refusals(plan, view.People.Select(person => person.Id).ToHashSet());
            return FormState.Again(context, page, [.. unread, .. more.Where(one => unread.All(other => other.Property != one.Property))]);
        }

        var put = await desk.PutInForceAsync(brand, plan, basedOn, context.User.PersonId(), cancel);
        return put.Succeeded(out _) ? Results.LocalRedirect($"/plan/{brand.Value}") : FormState.Again(context, page, put.Refusals);
    }

    private static async Task<IResult> ExportAsync(Guid brand, int? version, PlanDesk desk, CancellationToken cancel)
    {
        var plan = version is { } one ? (await desk.FindAsync(new(brand), one, cancel))?.Plan : (await desk.LookAsync(new(brand), cancel)).Plan;
        return plan is null
            ? Results.NotFound()
            : Results.File(Encoding.UTF8.GetBytes(PlanDesk.Write(plan)), MediaTypeNames.Application.Json, "plan.json");
    }
}
