using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>Requests to a Mastodon server with the account's token, and its answers as JSON or as a failure in plain words.</summary>
internal sealed class MastodonHttp(NetworkHttp http)
{
    public DateTimeOffset Now => http.Now;

    public static HttpRequestMessage Request(HttpMethod method, Uri server, string path, string? token)
    {
        var request = new HttpRequestMessage(method, new Uri(server, path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    public async Task<Outcome<Reply>> ReadAsync(Uri server, string path, string? token, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Get, server, path, token);
        return await http.ReadAsync(request, cancel) switch
        {
            Exchange.Answered { Answer: { IsSuccess: true } answer } => Json(answer) is { } json
                ? new Reply(json, answer) : NotUnderstood(server),
            Exchange.Answered answered => Refusal(answered.Answer),
            Exchange.NotSent notSent => notSent.Failure,
            Exchange.Lost lost => lost.Failure,
            _ => throw new InvalidOperationException("A reading request asks no gate."),
        };
    }

    public Task<Exchange> AskAsync(HttpRequestMessage request, CancellationToken cancel) => http.ReadAsync(request, cancel);

    public Task<Exchange> WriteAsync(HttpRequestMessage request, IDeparture departure, CancellationToken cancel, TimeSpan? limit = null) =>
        http.WriteAsync(request, departure, cancel, limit);

    public Task<(HttpResponseMessage? Response, Failure? Failure)> OpenAsync(HttpRequestMessage request, CancellationToken cancel) => http.OpenAsync(request, cancel);

    public static JsonElement? Json(Answer answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body, new JsonDocumentOptions { MaxDepth = 64 });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The server's own sentence: <c>{"error": …}</c>, with <c>error_description</c> where it says more.</summary>
    public static string? Said(Answer answer) =>
        Json(answer) is { ValueKind: JsonValueKind.Object } json ? json.Text("error_description") ?? json.Text("error") : null;

    // With Mastodon's own words: what else answers 404 at this address, a proxy that has lost its server among them, proves nothing.
    public static bool IsGone(Answer answer) => answer.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone && Said(answer) is not null;

    public Failure Refusal(Answer answer)
    {
        var failure = answer.Failure(Said(answer), Now);
        // A Mastodon server that takes no more requests says when it will again, in a header of its own; where it does not, its shortest window is five minutes.
        return failure is { Kind: NetworkFailure.RateLimited, RetryAfter: null } ? failure with { RetryAfter = TimeSpan.FromMinutes(5) } : failure;
    }

    public static Failure NotUnderstood(Uri server) =>
        new(NetworkFailure.NotUnderstood, false, null, $"{server.Host} answered with something that is not Mastodon's. Is it the address of a Mastodon server?");

    /// <summary>What a writing request other than the publishing one came to.</summary>
    public Failure? Trouble(Exchange exchange) => exchange switch
    {
        Exchange.Answered { Answer.IsSuccess: true } => null,
        Exchange.Answered answered => Refusal(answered.Answer),
        Exchange.NotSent notSent => notSent.Failure,
        Exchange.Lost lost => lost.Failure,
        Exchange.Stopped => Held,
        _ => throw new InvalidOperationException(),
    };

    public static readonly Failure Held = new(NetworkFailure.NotAllowed, false, null, "A freeze is in force: nothing was sent.");
}

/// <summary>A good answer.</summary>
internal sealed record Reply(JsonElement Json, Answer Answer)
{
    public bool IsStillWorkedOn => Answer.Status is HttpStatusCode.Accepted or HttpStatusCode.PartialContent;
}
