using System.Net;
using Holdfast.Brands;
using Holdfast.Database;
using Holdfast.Detection;
using Holdfast.Drills;
using Holdfast.Escalation;
using Holdfast.Listening;
using Holdfast.Now;
using Holdfast.People;
using Holdfast.Plans;
using Holdfast.Publishing;
using Holdfast.Responses;
using Holdfast.Shell;
using Holdfast.Situations;
using Microsoft.AspNetCore.HttpOverrides;

namespace Holdfast;

/// <summary>The web host: every feature in one process, on one installation.</summary>
internal static class Serve
{
    private const long LargestBody = 16 * 1024 * 1024;
    private const int MostConnections = 5_000;
    private static readonly TimeSpan HeadersPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(25);

    /// <param name="installation">Opened by the caller, and closed by it after the host has ended.</param>
    /// <param name="urls">Where to listen; port 0 takes a free one.</param>
    /// <param name="time">The clock of everything; tests bring their own.</param>
    /// <param name="more">What a test or the demo adds or replaces.</param>
    public static WebApplication Build(
        Installation installation, IReadOnlyList<string> urls, TimeProvider? time = null, Action<WebApplicationBuilder>? more = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
            Args = [],
        });
        builder.WebHost.UseUrls([.. urls]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.RequestHeadersTimeout = HeadersPatience;
        });
        var started = false;
        AddLogging(builder.Logging, () => started);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainPatience);
        // A reverse proxy on this machine may say who asked and by which scheme; nobody else may.
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddProblemDetails();
        builder.Services.AddDatabase(installation);
        AddFeatures(builder.Services);
        more?.Invoke(builder);

        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => started = true);
        app.UseForwardedHeaders();
        app.UseFaults();
        app.UseAuthentication();
        app.UseShell();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapDatabase();
        MapFeatures(app);
        return app;
    }

    /// <summary>Loopback unless told otherwise: what is not behind a proxy with TLS should not be reached from outside.</summary>
    public static IReadOnlyList<string> Urls(string? urls, int? port) =>
        urls is null ? [$"http://{IPAddress.Loopback}:{port ?? 8420}"] : urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // One line a feature, in the order of DESIGN.md.
    private static void AddFeatures(IServiceCollection services)
    {
        services.AddShell();
        services.AddPeople();
        services.AddBrands();
        services.AddListening();
        services.AddDetection();
        services.AddPlans();
        services.AddSituations();
        services.AddEscalation();
        services.AddPublishing();
        services.AddPlanning();
        services.AddResponses();
        services.AddNow();
    }

    private static void MapFeatures(WebApplication app)
    {
        app.MapShell();
        app.MapPeople();
        app.MapBrands();
        app.MapListening();
        app.MapDetection();
        app.MapEscalation();
        app.MapResponses();
        app.MapSituations();
        app.MapPlans();
        app.MapPlanning();
        app.MapPublishing();
        app.MapDrills();
    }

    private static void AddLogging(ILoggingBuilder logging, Func<bool> hasStarted)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        // Requests are not logged by the framework: their addresses may carry a link's token.
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Npgsql", LogLevel.Warning);
        // What keeps the host from starting is thrown to the command, which says it in a sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => hasStarted() && level >= LogLevel.Warning);
    }
}
