using Holdfast.Core;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Holdfast.Shell;

// How a form comes back to its page:
//   in XxxApi    return result.Succeeded(out _) ? Results.LocalRedirect("/me") : FormState.Again(context, "/me", result.Refusals);
//   in the page  [CascadingParameter] HttpContext Context  …  private FormState Form => FormState.Of(Context);
//                <Refused Refusals="Form.Refusals" Say="T.Of" />
//                <Field Name="mail" Value="@Form.Typed("mail", Person.Mail)" Refusals="Form.Refusals" Say="T.Of" … />
// A page that must show something once, and never in a URL (a new secret), is given it the same way: FormState.Once.

/// <summary>What a form said and what was wrong with it, on its way back to its own page.</summary>
public sealed record FormState(IReadOnlyList<Refusal> Refusals, IFormCollection? Values, object? Given)
{
    private static readonly FormState None = new([], null, null);

    public static FormState Of(HttpContext context) => context.Items[typeof(FormState)] as FormState ?? None;

    /// <summary>What was typed, or else what is stored.</summary>
    public string? Typed(string name, string? otherwise = null) => Values is not null && Values.TryGetValue(name, out var value) ? value.ToString() : otherwise;

    /// <summary>The page at <paramref name="path"/> again, with the refusals beside their fields and what was typed still there. 422.</summary>
    public static IResult Again(HttpContext context, string path, IReadOnlyList<Refusal> refusals)
    {
        context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Show(context, path, new FormState(refusals, context.Request.HasFormContentType ? context.Request.Form : null, null));
    }

    /// <summary>The page at <paramref name="path"/>, given something to show this one time.</summary>
    public static IResult Once(HttpContext context, string path, object given) => Show(context, path, new FormState([], null, given));

    private static RazorComponentResult<App> Show(HttpContext context, string path, FormState state)
    {
        context.Items[typeof(FormState)] = state;
        context.Request.Path = path;
        return new RazorComponentResult<App>();
    }
}
