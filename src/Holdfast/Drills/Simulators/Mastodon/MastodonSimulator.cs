using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;

namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>
/// A Mastodon server on this machine's loopback, written from the API's documentation, for tests, the bench and the demo. It knows
/// accounts, statuses, media, its own scheduler, notifications, timelines, search and streams, keeps a log of every writing request
/// that reached it, and can be told to fail.
/// </summary>
internal sealed class MastodonSimulator : IAsyncDisposable
{
    private const long MaxBody = 110_000_000;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<Arrival> _arrivals = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private WebApplication? _app;
    private Task _scheduler = Task.CompletedTask;
    private long _arrived;

    private MastodonSimulator(TimeProvider time)
    {
        _time = time;
        World = new MastodonWorld(time);
        Rates = new MastodonRates(time);
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public MastodonWorld World { get; }

    public MastodonRates Rates { get; }

    /// <summary>What it calls itself; null: its address.</summary>
    public string? Domain { get; set; }

    public MastodonLimits Limits { get; set; } = new();

    /// <summary>Asked for each request; what it answers is done to it.</summary>
    public Func<HttpRequest, Fault> Faults { get; set; } = _ => Fault.None;

    /// <summary>Every writing request that reached the server, in the order it did.</summary>
    public IReadOnlyList<Arrival> Arrivals => [.. _arrivals];

    public MastodonStreams Streams { get; private set; } = null!;

    public static async Task<MastodonSimulator> StartAsync(TimeProvider time, int port, CancellationToken cancel)
    {
        var simulator = new MastodonSimulator(time);
        await simulator.StartAsync(port, cancel);
        return simulator;
    }

    /// <summary>The next requests that <paramref name="on"/> chooses meet this fault, then all is well again.</summary>
    public void FailNext(Fault fault, Func<HttpRequest, bool> on, int times = 1)
    {
        var left = times;
        Faults = request => on(request) && Interlocked.Decrement(ref left) >= 0 ? fault : Fault.None;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _scheduler;
        if (_app is not null)
            await _app.DisposeAsync();
        Streams?.Dispose();
        _stop.Dispose();
    }

    private async Task StartAsync(int port, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.Limits.MaxRequestBodySize = MaxBody;
        });
        builder.Services.Configure<FormOptions>(form => form.MultipartBodyLengthLimit = MaxBody);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Use(AnswerAsync);
        _app.UseRouting();
        Streams = new MastodonStreams(this, _time, _stop.Token);
        MastodonInstanceApi.Map(_app, this);
        MastodonSignInApi.Map(_app, this);
        MastodonStatusApi.Map(_app, this, _time);
        MastodonScheduledApi.Map(_app, this, _time);
        MastodonMediaApi.Map(_app, this);
        MastodonReadApi.Map(_app, this);
        MastodonWebPages.Map(_app, this);
        Streams.Map(_app);
        _app.MapFallback(context => ErrorAsync(context, 404, "Record not found"));
        await _app.StartAsync(cancel);
        Address = new Uri(_app.Urls.First());
        _scheduler = PublishDueAsync();
    }

    public MastodonJson Json => new(World, Address, _time);

    /// <summary>Whose request it is.</summary>
    public SimulatedAccount Who(HttpContext context) => Token(context.Request) is { } token && World.ByToken(token) is { } account ? account : throw MastodonRefusal.Unauthorized();

    public static string? Token(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { Length: > 7 } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim()
        : request.Query["access_token"].ToString() is { Length: > 0 } inQuery ? inQuery
        : request.Headers.SecWebSocketProtocol.ToString() is { Length: > 0 } inProtocol ? inProtocol : null;

    private async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        var arrival = Note(context.Request);
        World.PublishDue();
        var fault = Faults(context.Request);
        if (fault.Delay > TimeSpan.Zero)
            await Task.Delay(fault.Delay, _time, context.RequestAborted);
        switch (fault.Kind)
        {
            case FaultKind.Close:
                context.Abort();
                return;
            case FaultKind.LoseAnswer:
                var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
                context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(new MemoryStream()));
                await GuardedAsync(context, next);
                context.Features.Set(body);
                context.Abort();
                return;
            case FaultKind.Answer:
                await FailAsync(context, fault);
                break;
            default:
                if (Rates.Count(context, Token(context.Request) ?? "address"))
                    await GuardedAsync(context, next);
                else
                    await ErrorAsync(context, 429, "Too many requests");
                break;
        }

        arrival?.Status = context.Response.StatusCode;
    }

    private Arrival? Note(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return null;
        var key = request.Headers["Idempotency-Key"].ToString();
        var arrival = new Arrival(Interlocked.Increment(ref _arrived), _time.GetUtcNow(), request.Method, request.Path, key.Length == 0 ? null : key, Token(request));
        _arrivals.Enqueue(arrival);
        return arrival;
    }

    private static async Task GuardedAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (MastodonRefusal refusal)
        {
            await ErrorAsync(context, refusal.Status, refusal.Message);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or BadHttpRequestException)
        {
            context.Abort();
        }
    }

    private async Task FailAsync(HttpContext context, Fault fault)
    {
        if (fault.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (fault.Status == 429)
        {
            context.Response.Headers["X-RateLimit-Limit"] = "300";
            context.Response.Headers["X-RateLimit-Remaining"] = "0";
            context.Response.Headers["X-RateLimit-Reset"] = MastodonJson.Instant(_time.GetUtcNow() + TimeSpan.FromMinutes(5));
        }

        if (fault.Body is null)
        {
            await ErrorAsync(context, fault.Status, fault.Status == 429 ? "Too many requests" : "This is not your usual error");
            return;
        }

        context.Response.StatusCode = fault.Status;
        context.Response.ContentType = fault.ContentType ?? "application/json; charset=utf-8";
        await context.Response.WriteAsync(fault.Body);
    }

    private static Task ErrorAsync(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new JsonObject { ["error"] = error });
    }

    private async Task PublishDueAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Look, _time);
            while (await timer.WaitForNextTickAsync(_stop.Token))
                World.PublishDue();
        }
        catch (OperationCanceledException)
        {
        }
    }
}
