using Holdfast.Core;
using Holdfast.Database;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace Holdfast;

/// <summary>What a request gets when something broke: 503 while the database is away, 500 for a bug; a page for people, problem details for programs.</summary>
internal static class Faults
{
    private const string RetryAfterSeconds = "2";

    private static readonly Refusal Unavailable = new("store.unavailable", "The database cannot be reached just now. Nothing was changed; try again in a moment.");
    private static readonly Refusal Forged = new("form.forged", "This form is too old or did not come from this page. Load the page again, then send it once more.");

    public static void UseFaults(this IApplicationBuilder app) => app.UseExceptionHandler(new ExceptionHandlerOptions
    {
        AllowStatusCode404Response = true,
        ExceptionHandler = AnswerAsync,
        // A database that is away is one line a second from its watcher, not a stack trace a request.
        SuppressDiagnosticsCallback = context => IsUnavailable(context.Exception) || context.Exception is BadHttpRequestException or AntiforgeryValidationException,
    });

    /// <summary>No connection, a connection that broke, a server that starts, stops or has no place left.</summary>
    public static bool IsUnavailable(Exception? e) => e switch
    {
        PostgresException postgres => postgres.SqlState is ['5', '7', 'P', ..] or ['0', '8', ..] or PostgresErrorCodes.TooManyConnections
            or PostgresErrorCodes.ReadOnlySqlTransaction,
        NpgsqlException => true,
        DatabaseException => true,
        { InnerException: { } inner } => IsUnavailable(inner),
        _ => false,
    };

    private static Task AnswerAsync(HttpContext context)
    {
        var fault = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var (status, refusal) = fault switch
        {
            _ when IsUnavailable(fault) => (StatusCodes.Status503ServiceUnavailable, Unavailable),
            BadHttpRequestException { InnerException: AntiforgeryValidationException } or AntiforgeryValidationException => (StatusCodes.Status403Forbidden, Forged),
            BadHttpRequestException bad => (bad.StatusCode, new Refusal("request.bad", bad.Message)),
            _ => (StatusCodes.Status500InternalServerError,
                new Refusal("fault", "Something broke inside Holdfast. It has been written to the log; nothing of this request was saved.")),
        };
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        return context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? FaultPage.WriteAsync(context, refusal)
            : TypedResults.Problem(title: refusal.Message, statusCode: status, extensions: [new("code", refusal.Code)]).ExecuteAsync(context);
    }
}
