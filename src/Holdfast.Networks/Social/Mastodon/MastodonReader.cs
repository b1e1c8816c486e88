using System.Text.Json;
using Holdfast.Core.Listening;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>The thread around a status, as the account's server knows it and lets the account see it.</summary>
public sealed class MastodonReader(NetworkHttp network, TimeProvider time) : IConversationReader
{
    private readonly MastodonHttp _http = new(network);

    public string Network => "mastodon";

    public async Task<Outcome<Conversation>> ThreadAsync(AccountAccess account, PostReference post, CancellationToken cancel)
    {
        var path = $"/api/v1/statuses/{Uri.EscapeDataString(post.Id)}";
        var read = await Task.WhenAll(ReadAsync(account, path, cancel), ReadAsync(account, $"{path}/context", cancel));
        if ((read[0].Failure ?? read[1].Failure) is { } failure)
            return failure;
        if (Posts(account, [read[0].Value!.Json]) is not [var shown])
            return MastodonHttp.NotUnderstood(account.Server);
        var context = read[1].Value!.Json;
        var above = context.At("ancestors").Items().TakeLast(Conversation.MostAbove);
        var below = context.At("descendants").Items().ToList();
        return Conversation.Of(
            Posts(account, above), shown, Posts(account, below.Take(Conversation.MostRead)), account.NetworkId, Math.Max(0, below.Count - Conversation.MostRead));
    }

    private async Task<Outcome<Reply>> ReadAsync(AccountAccess account, string path, CancellationToken cancel)
    {
        using var request = MastodonHttp.Request(HttpMethod.Get, account.Server, path, MastodonSecret.Token(account));
        var exchange = await _http.AskAsync(request, cancel);
        if (exchange is Exchange.Answered { Answer: var gone } && MastodonHttp.IsGone(gone))
            return _http.Refusal(gone) with { Kind = NetworkFailure.ReplyGone };
        if (_http.Trouble(exchange) is { } failure)
            return failure;
        var answer = ((Exchange.Answered)exchange).Answer;
        return MastodonHttp.Json(answer) is { ValueKind: JsonValueKind.Object } json ? new Reply(json, answer) : MastodonHttp.NotUnderstood(account.Server);
    }

    private List<Post> Posts(AccountAccess account, IEnumerable<JsonElement> statuses)
    {
        // What stands behind the last @ of our own handle is what the server calls itself.
        var posts = new MastodonPosts(account.Handle.Contains('@', StringComparison.Ordinal) ? account.Handle.Split('@')[^1] : account.Server.Host, account.NetworkId, time);
        foreach (var status in statuses)
            posts.Add(status);
        return [.. posts.Take(new MastodonCursor(null, null)).Posts.Select(heard => heard.Post)];
    }
}
