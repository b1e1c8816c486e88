using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Holdfast.Networks.Social.Bluesky;

/// <summary>What an AT Protocol server said to one call.</summary>
internal abstract record XrpcReply
{
    private XrpcReply()
    {
    }

    public sealed record Ok(JsonElement Body) : XrpcReply;

    /// <param name="Error">The protocol's name of the error, or empty.</param>
    /// <param name="Maybe">It may have been done all the same.</param>
    public sealed record No(Failure Failure, string Error, bool Maybe) : XrpcReply;

    public sealed record Stopped : XrpcReply;
}

/// <summary>Calls of the AT Protocol over HTTP: GET for a query, POST for a procedure.</summary>
internal sealed class Xrpc(NetworkHttp http)
{
    public DateTimeOffset Now => http.Now;

    public Task<XrpcReply> QueryAsync(Uri server, string call, string? token, IEnumerable<(string Name, string? Value)> parameters, CancellationToken cancel)
    {
        var query = string.Join('&', parameters.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
        return SendAsync(() => Request(HttpMethod.Get, server, $"{call}?{query}", token, null), null, null, cancel);
    }

    public Task<XrpcReply> CallAsync(Uri server, string call, string? token, JsonNode? input, IDeparture departure, CancellationToken cancel) =>
        SendAsync(
            () => Request(HttpMethod.Post, server, call, token, input is null ? null : new StringContent(input.ToJsonString(), Encoding.UTF8, MediaTypeNames.Application.Json)),
            departure, null, cancel);

    public Task<XrpcReply> UploadAsync(Uri server, string call, string token, OutgoingMedia media, IDeparture departure, CancellationToken cancel) =>
        SendAsync(
            () =>
            {
                var content = new ReadOnlyMemoryContent(media.Bytes);
                content.Headers.ContentType = MediaTypeHeaderValue.Parse(media.Type);
                return Request(HttpMethod.Post, server, call, token, content);
            },
            departure, NetworkHttp.UploadLimit, cancel);

    private static HttpRequestMessage Request(HttpMethod method, Uri server, string call, string? token, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, new Uri(server, $"/xrpc/{call}")) { Content = content };
        request.Headers.Accept.Add(new(MediaTypeNames.Application.Json));
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        return request;
    }

    private async Task<XrpcReply> SendAsync(Func<HttpRequestMessage> make, IDeparture? departure, TimeSpan? limit, CancellationToken cancel)
    {
        using var request = make();
        var exchange = departure is null ? await http.ReadAsync(request, cancel) : await http.WriteAsync(request, departure, cancel, limit);
        return exchange switch
        {
            Exchange.Stopped => new XrpcReply.Stopped(),
            Exchange.NotSent(var failure) => new XrpcReply.No(failure, "", Maybe: false),
            Exchange.Lost(var failure) => new XrpcReply.No(failure, "", Maybe: true),
            Exchange.Answered(var answer) => Read(answer),
            _ => throw new InvalidOperationException($"No such exchange: {exchange.GetType().Name}"),
        };
    }

    private XrpcReply Read(Answer answer)
    {
        var body = JsonReading.Parse(answer.Body);
        if (answer.IsSuccess)
        {
            // A procedure without output answers with nothing at all.
            return body is { } json || answer.Body.Length == 0
                ? new XrpcReply.Ok(body ?? default)
                : new XrpcReply.No(new(NetworkFailure.NotUnderstood, false, null, "The server answered with something that is no JSON."), "", Maybe: true);
        }

        var error = body?.Text("error") ?? "";
        var failure = answer.Failure(body?.Text("message") ?? error, Now);
        return new XrpcReply.No(error switch
        {
            "ExpiredToken" or "InvalidToken" or "AuthMissing" or "AuthenticationRequired" => failure with { Kind = NetworkFailure.SignInNeeded },
            "AccountTakedown" or "AccountDeactivated" => failure with { Kind = NetworkFailure.NotAllowed },
            "BlobTooLarge" or "PayloadTooLarge" => failure with { Kind = NetworkFailure.MediaRefused },
            _ => failure,
        }, error, answer.MayHaveBeenDone());
    }
}
