using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>The server's own scheduler, which publishes whatever is on it at its time, whoever froze what elsewhere.</summary>
internal sealed class MastodonScheduler(MastodonHttp http)
{
    private const int PageSize = 40;

    /// <summary>Mastodon holds 300 an account; others may hold more.</summary>
    private const int MaxPages = 50;

    /// <summary>
    /// Mastodon wants five minutes. For a time that is nearer some versions publish at once instead of refusing, so it is refused here, with
    /// room for a clock that differs.
    /// </summary>
    public static readonly TimeSpan MinAhead = TimeSpan.FromMinutes(7);

    // What the server shows but does not take, or takes under another name.
    private static readonly string[] NotSentBack = ["text", "scheduled_at", "idempotency", "application_id", "with_rate_limit", "media_ids", "poll"];

    public async Task<Outcome<IReadOnlyList<NetworkScheduled>>> ListAsync(AccountAccess account, CancellationToken cancel)
    {
        var all = new Dictionary<string, NetworkScheduled>();
        string? before = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var read = await http.ReadAsync(account.Server, $"/api/v1/scheduled_statuses?limit={PageSize}{(before is null ? "" : $"&max_id={before}")}", MastodonSecret.Token(account), cancel);
            if (read.Failure is { } failure)
                return failure;
            if (read.Value!.Json.ValueKind != JsonValueKind.Array)
                return MastodonHttp.NotUnderstood(account.Server);
            var (known, items) = (all.Count, read.Value.Json.EnumerateArray().ToList());
            foreach (var item in items)
            {
                if (Read(item) is not { } scheduled)
                    return MastodonHttp.NotUnderstood(account.Server);
                all[scheduled.Id] = scheduled;
                before = scheduled.Id;
            }

            if (items.Count == 0 || all.Count == known)
                return all.Values.OrderBy(s => s.At).ToArray();
        }

        return new Failure(NetworkFailure.NotUnderstood, false, null, $"{account.Server.Host} has no end of scheduled posts.");
    }

    public async Task<Outcome<Done>> WithdrawAsync(AccountAccess account, string id, IDeparture departure, CancellationToken cancel)
    {
        using var request = MastodonHttp.Request(HttpMethod.Delete, account.Server, $"/api/v1/scheduled_statuses/{Uri.EscapeDataString(id)}", MastodonSecret.Token(account));
        var exchange = await http.WriteAsync(request, departure, cancel);
        if (exchange is Exchange.Answered { Answer.Status: HttpStatusCode.NotFound })
            return new Failure(NetworkFailure.Refused, false, null, "It is no longer on the server's scheduler: published, or withdrawn by somebody else.");
        return http.Trouble(exchange) is { } failure ? failure : Done.It;
    }

    public async Task<Outcome<NetworkScheduled>> PutBackAsync(AccountAccess account, NetworkScheduled scheduled, string key, IDeparture departure, CancellationToken cancel)
    {
        if (scheduled.At < http.Now + MinAhead)
            return new Failure(NetworkFailure.Refused, false, null, $"The server's scheduler takes nothing that is due within {MinAhead.TotalMinutes:0} minutes. Choose a later time.");
        using var request = MastodonHttp.Request(HttpMethod.Post, account.Server, "/api/v1/statuses", MastodonSecret.Token(account));
        request.Headers.Add("Idempotency-Key", key);
        request.Content = MastodonStatus.Json(Again(scheduled));
        var exchange = await http.WriteAsync(request, departure, cancel);
        if (exchange is Exchange.Answered { Answer: { Status: HttpStatusCode.UnprocessableEntity } answer } && MastodonHttp.Said(answer) is { } said && said.Contains("media", StringComparison.OrdinalIgnoreCase))
            return http.Refusal(answer) with { Kind = NetworkFailure.MediaRefused, Detail = $"The server no longer has the pictures of this post; it keeps them for about a day after it was withdrawn. It says: {said}" };
        if (http.Trouble(exchange) is { } failure)
            return failure;
        var json = MastodonHttp.Json(((Exchange.Answered)exchange).Answer);
        return json is { } there && Read(there) is { } back ? back
            : json is { } status && MastodonStatus.Reference(status) is { } published
                ? new Failure(NetworkFailure.NotUnderstood, false, null, $"The server published it at once instead of scheduling it: {published.Url}")
                : MastodonHttp.NotUnderstood(account.Server);
    }

    private static NetworkScheduled? Read(JsonElement json) =>
        json.Text("id") is { Length: > 0 } id && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-') && json.Instant("scheduled_at") is { } at && json.At("params") is { } asked
            ? new NetworkScheduled(id, at, asked.Text("text") ?? asked.Text("status") ?? "", json.GetRawText()) : null;

    /// <summary>The same request as the one that scheduled it, from what the server showed of it.</summary>
    private static JsonObject Again(NetworkScheduled scheduled)
    {
        var shown = JsonNode.Parse(scheduled.Body)!;
        var asked = shown["params"] as JsonObject ?? [];
        var body = new JsonObject
        {
            ["status"] = scheduled.Text,
            ["scheduled_at"] = scheduled.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in asked.Where(p => p.Value is not null && !NotSentBack.Contains(p.Key)))
            body[name] = value!.DeepClone();
        var media = (shown["media_attachments"] as JsonArray)?.Select(m => m?["id"]?.ToString()).OfType<string>().ToArray() is { Length: > 0 } ids
            ? ids : (asked["media_ids"] as JsonArray)?.Select(m => m?.ToString()).OfType<string>().ToArray() ?? [];
        if (media.Length > 0)
            body["media_ids"] = new JsonArray([.. media.Select(id => JsonValue.Create(id))]);
        if (asked["poll"] is JsonObject poll)
            body["poll"] = poll.DeepClone();
        return body;
    }
}
