using System.Net;
using System.Net.Http.Headers;

namespace Holdfast.Networks.Social;

/// <summary>
/// The one way to a network over HTTP. A request that is not a reading one asks the gate last of all, goes out at most once and on a
/// connection of its own; redirects are not followed; what comes back is bounded in time and size; nothing is thrown for what the
/// other side does.
/// </summary>
public sealed class NetworkHttp : IDisposable
{
    /// <summary>From the gate's yes to the end of the answer; shorter than any lease a sending is claimed for.</summary>
    public static readonly TimeSpan WholeLimit = TimeSpan.FromSeconds(30);

    /// <summary>Uploads of pictures over a slow line.</summary>
    public static readonly TimeSpan UploadLimit = TimeSpan.FromSeconds(60);

    public static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    /// <summary>No list that is asked for is larger.</summary>
    public const int MaxAnswer = 8 * 1024 * 1024;

    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _reading;
    private readonly HttpMessageInvoker _writing;

    public NetworkHttp(TimeProvider time)
    {
        _time = time;
        _reading = new(Handler(TimeSpan.FromMinutes(2)));

        // A pooled connection may be closed by the other side at the very moment it is used again: an Unknown for nothing.
        _writing = new(Handler(TimeSpan.Zero));
    }

    internal DateTimeOffset Now => _time.GetUtcNow();

    public void Dispose()
    {
        _reading.Dispose();
        _writing.Dispose();
    }

    /// <summary>For GET and HEAD.</summary>
    internal Task<Exchange> ReadAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
        {
            throw new ArgumentException($"{request.Method} changes something on the network and needs a departure.", nameof(request));
        }

        return SendAsync(_reading, request, null, WholeLimit, cancel);
    }

    /// <summary>For all others. What the gate throws is thrown, and nothing has left.</summary>
    internal Task<Exchange> WriteAsync(HttpRequestMessage request, IDeparture departure, CancellationToken cancel, TimeSpan? limit = null)
    {
        request.Content = new WriteOnceContent(request.Content);
        return SendAsync(_writing, request, departure, limit ?? WholeLimit, cancel);
    }

    /// <summary>A reading request whose answer has no end; the caller reads it and disposes of it.</summary>
    internal async Task<(HttpResponseMessage? Response, Failure? Failure)> OpenAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        if (Unsafe(request) is { } refused)
        {
            return (null, refused);
        }

        using var clock = new CancellationTokenSource(WholeLimit, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancel);
        try
        {
            Prepare(request);
            return (await _reading.SendAsync(request, both.Token), null);
        }
        catch (Exception e) when (IsTheirs(e, cancel))
        {
            return (null, Explain(e, request));
        }
    }

    private async Task<Exchange> SendAsync(
        HttpMessageInvoker invoker, HttpRequestMessage request, IDeparture? departure, TimeSpan limit, CancellationToken cancel)
    {
        if (Unsafe(request) is { } refused)
        {
            return new Exchange.NotSent(refused);
        }

        Prepare(request);
        if (departure is not null && !await departure.MayLeaveAsync(cancel))
        {
            return new Exchange.Stopped();
        }

        using var clock = new CancellationTokenSource(limit, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancel);
        try
        {
            using var response = await invoker.SendAsync(request, both.Token);
            var body = await BodyAsync(response, both.Token);
            return new Exchange.Answered(new(response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, body));
        }
        catch (Exception e) when (IsTheirs(e, cancel))
        {
            var failure = Explain(e, request);
            return departure is null || NeverConnected(e, clock.Token) ? new Exchange.NotSent(failure) : new Exchange.Lost(failure);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancel)) > 0)
        {
            if (body.Length + read > MaxAnswer)
            {
                throw new InvalidDataException($"The answer is larger than {MaxAnswer / 1024 / 1024} MB.");
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    // Passwords and tokens travel in these requests.
    private static Failure? Unsafe(HttpRequestMessage request) => request.RequestUri is { IsAbsoluteUri: true } uri
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        ? null
        : new(NetworkFailure.NotAllowed, false, null, $"The address of {request.RequestUri?.Host} does not begin with https://, so nothing is sent to it.");

    // HTTP/2 may repeat a request that a server says it has not looked at; one connection, one request, one answer.
    private static void Prepare(HttpRequestMessage request)
    {
        (request.Version, request.VersionPolicy) = (HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact);
        request.Headers.ExpectContinue = false;
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Holdfast", "1"));
    }

    private static bool IsTheirs(Exception e, CancellationToken cancel) =>
        e is HttpRequestException or IOException or InvalidDataException || (e is OperationCanceledException && !cancel.IsCancellationRequested);

    private static bool NeverConnected(Exception e, CancellationToken clock) => e switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } => true,

        // The handler's own connect limit; ours has not run out.
        OperationCanceledException { InnerException: TimeoutException } => !clock.IsCancellationRequested,
        _ => false,
    };

    private static Failure Explain(Exception e, HttpRequestMessage request)
    {
        var host = request.RequestUri!.Host;
        return e switch
        {
            OperationCanceledException => new(NetworkFailure.TimedOut, true, null, $"{host} did not answer in time."),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => new(NetworkFailure.Unreachable, true, null, $"There is no server called {host}."),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new(NetworkFailure.Unreachable, false, null, $"The certificate of {host} is not good."),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } => new(NetworkFailure.Unreachable, true, null, $"{host} cannot be reached."),
            InvalidDataException => new(NetworkFailure.NotUnderstood, false, null, $"{host}: {e.Message}"),
            _ => new(NetworkFailure.ConnectionLost, true, null, $"The connection to {host} broke before it answered."),
        };
    }

    private static SocketsHttpHandler Handler(TimeSpan life) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = ConnectLimit,
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = life,
    };
}
