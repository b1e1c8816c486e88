using System.Text;
using System.Text.Json;
using Holdfast.Core.Listening;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>Statuses as posts. What cannot be read as one is kept with the reason.</summary>
internal sealed class MastodonPosts(string domain, string? ownId, TimeProvider time)
{
    private readonly List<HeardPost> _posts = [];
    private readonly List<string> _deleted = [];
    private readonly List<UnreadablePost> _unreadable = [];

    public int Count => _posts.Count + _deleted.Count + _unreadable.Count;

    public void Add(JsonElement status) => Add(status, Encoding.UTF8.GetBytes(status.GetRawText()));

    public void Delete(string id)
    {
        if (MastodonCursor.IsId(id))
            _deleted.Add(id);
    }

    public void AddUnreadable(ReadOnlyMemory<byte> raw, string reason) => _unreadable.Add(new(raw, reason));

    public SourceBatch Take(MastodonCursor cursor)
    {
        var batch = new SourceBatch([.. _posts], [.. _deleted], [.. _unreadable], cursor.ToString(), null);
        _posts.Clear();
        _deleted.Clear();
        _unreadable.Clear();
        return batch;
    }

    private void Add(JsonElement status, byte[] raw)
    {
        if (Read(status) is not { } post)
        {
            AddUnreadable(raw, "This is no status: its id, its author or its time is missing.");
            return;
        }

        var check = PostRules.Check(post);
        if (check.Succeeded(out var good))
            _posts.Add(new(good, raw));
        else
            AddUnreadable(raw, string.Join(' ', check.Refusals.Select(r => r.Message)));
    }

    private Post? Read(JsonElement status)
    {
        var repeated = status.At("reblog");
        var shown = repeated ?? status;
        if (status.Text("id") is not { } id || !MastodonCursor.IsId(id) || status.At("account") is not { } account
            || account.Text("id") is not { } by || account.Text("acct") is not { } name || status.Instant("created_at") is not { } at)
            return null;
        return new Post
        {
            Id = new PostId(Guid.CreateVersion7(time.GetUtcNow())),
            Network = "mastodon",
            NetworkId = id,
            Author = new Author(
                by,
                name.Contains('@', StringComparison.Ordinal) ? name : $"{name}@{domain}",
                account.Text("display_name") is { Length: > 0 } display ? PostRules.Cut(display, PostRules.MaxName) : null,
                account.At("followers_count").Number() is >= 0 and var followers ? followers : null,
                Voice: by == ownId ? Voice.Staff : Voice.Public),
            Text = PostRules.Cut(Words(shown), Post.MaxTextLength),
            At = at,
            Language = shown.Text("language"),
            Url = Web(status.Text("url")) ?? Web(shown.Text("url")) ?? Web(status.Text("uri")),
            ReplyTo = status.Text("in_reply_to_id"),
            RepostOf = repeated is { } original ? original.Text("id") : null,
            QuoteOf = (status.At("quote").At("quoted_status").At("id") ?? status.At("quote").At("quoted_status_id")).Text(),
        };
    }

    // A picture without words says nothing here but its description.
    private static string Words(JsonElement status)
    {
        var warning = status.Text("spoiler_text");
        var text = HtmlText.Of(status.Text("content") ?? "");
        if (text.Length == 0)
            text = string.Join('\n', status.At("media_attachments").Items().Select(m => m.Text("description")).OfType<string>().Select(d => $"[{d}]"));
        if (text.Length == 0 && status.At("media_attachments").Items().Any())
            text = "[…]";
        return string.IsNullOrEmpty(warning) ? text : $"{warning}\n\n{text}";
    }

    private static string? Web(string? url) =>
        url is { Length: <= PostRules.MaxUrl } && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? url : null;
}
