using System.Collections.Concurrent;
using System.Text.Json;
using Holdfast.Core.Publishing;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>What a server says about itself: limits, its domain, where it streams. Read from it, and again after an hour.</summary>
internal sealed class MastodonServer(MastodonHttp http)
{
    private static readonly TimeSpan Keep = TimeSpan.FromHours(1);
    private const int MaxServers = 1_000;

    private readonly ConcurrentDictionary<Uri, (MastodonFacts Facts, DateTimeOffset At)> _known = [];

    public async Task<Outcome<MastodonFacts>> FactsAsync(Uri server, string? token, CancellationToken cancel)
    {
        if (_known.TryGetValue(server, out var known) && http.Now - known.At < Keep)
            return known.Facts;
        var read = await ReadAsync(server, token, cancel);
        if (read.Value is { } facts)
        {
            if (_known.Count >= MaxServers)
                _known.Clear();
            _known[server] = (facts, http.Now);
        }

        return read;
    }

    public async Task<Outcome<MastodonFacts>> ReadAsync(Uri server, string? token, CancellationToken cancel)
    {
        // Version 2 came with Mastodon 4.0; others that speak Mastodon's language have only the first.
        var second = await http.ReadAsync(server, "/api/v2/instance", token, cancel);
        var reply = second.Failure is { Kind: NetworkFailure.Refused } ? await http.ReadAsync(server, "/api/v1/instance", token, cancel) : second;
        if (reply.Failure is { } failure)
            return failure;
        var json = reply.Value!.Json;
        return json.ValueKind == JsonValueKind.Object && json.Text("version") is { } version ? Read(json, server, version) : MastodonHttp.NotUnderstood(server);
    }

    private static MastodonFacts Read(JsonElement json, Uri server, string version)
    {
        var configuration = json.At("configuration");
        var (statuses, media) = (configuration.At("statuses"), configuration.At("media_attachments"));
        // A server that says nothing has the figures Mastodon came with for years (500, 4, 23 and 1,500) until it says otherwise.
        var rule = new TextRule(
            TextCount.Mastodon, Within(statuses.At("max_characters"), 500), LinkLength: Within(statuses.At("characters_reserved_per_url"), MastodonText.UsualLinkLength));
        var limits = new NetworkLimits(
            rule,
            Within(statuses.At("max_media_attachments"), 4),
            media.At("image_size_limit").Number() is > 0 and var bytes ? bytes : 10 * 1024 * 1024,
            Within(media.At("description_limit"), 1_500),
            media.At("supported_mime_types").Items().Select(type => ((JsonElement?)type).Text()).OfType<string>().Take(200).ToArray() is { Length: > 0 } types
                ? types : ["image/jpeg", "image/png", "image/gif", "image/webp"]);
        var streaming = (configuration.At("urls").At("streaming") ?? json.At("urls").At("streaming_api")).Text();
        return new(version, json.Text("domain") ?? server.Host, limits, Streaming(streaming, server), media.At("video_size_limit").Number());
    }

    private static int Within(JsonElement? json, int usual) => json.Number() is > 0 and <= 10_000_000 and var number ? (int)number : usual;

    // The server may send streams to another host; one that is not encrypted is not followed, for the token goes there.
    private static Uri Streaming(string? written, Uri server)
    {
        if (!Uri.TryCreate(written, UriKind.Absolute, out var uri))
            return server;
        var origin = new UriBuilder(uri) { Scheme = uri.Scheme is "wss" or "https" ? "https" : "http", Port = uri.Port }.Uri;
        return origin.Scheme == "https" || (origin.IsLoopback && server.IsLoopback) ? origin : server;
    }
}

/// <param name="Domain">What stands behind the second @ of a handle; not always the host that is talked to.</param>
/// <param name="Streaming">Origin of the streams.</param>
internal sealed record MastodonFacts(string Version, string Domain, NetworkLimits Limits, Uri Streaming, long? MaxVideoBytes);
