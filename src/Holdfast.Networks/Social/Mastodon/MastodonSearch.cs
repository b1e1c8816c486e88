using System.Net;
using System.Text.Json;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>
/// Whether a server has what was sent. No request asks for an Idempotency-Key, so the account's own statuses since the first try
/// are read and compared: what is answered, the warning, the number of pictures, and the text, by the source the server keeps.
/// </summary>
internal sealed class MastodonSearch(MastodonHttp http)
{
    private const int PageSize = 40;
    private const int MaxPages = 10;

    /// <summary>By how much the server's clock and ours may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    public async Task<FindOutcome> FindAsync(AccountAccess account, OutgoingPost post, CancellationToken cancel)
    {
        var token = MastodonSecret.Token(account);
        string? before = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var path = $"/api/v1/accounts/{Uri.EscapeDataString(account.NetworkId)}/statuses?limit={PageSize}&exclude_reblogs=true{(before is null ? "" : $"&max_id={before}")}";
            var read = await http.ReadAsync(account.Server, path, token, cancel);
            if (read.Failure is { } failure)
                return new FindOutcome.CannotTell(failure.Detail);
            if (read.Value!.Json.ValueKind != JsonValueKind.Array)
                return new FindOutcome.CannotTell(MastodonHttp.NotUnderstood(account.Server).Detail);
            var statuses = read.Value.Json.EnumerateArray().ToList();
            foreach (var status in statuses.Where(status => status.Instant("created_at") >= post.At - Skew))
            {
                if (await CompareAsync(account, post, status, token, cancel) is { } found)
                    return found;
            }

            // A pinned status may stand out of order, so a page has to be old altogether.
            if (statuses.Count == 0 || statuses.All(status => status.Instant("created_at") < post.At - Skew))
                return new FindOutcome.NotThere();
            before = statuses[^1].Text("id");
            if (before is null || !before.All(char.IsAsciiLetterOrDigit))
                return new FindOutcome.CannotTell(MastodonHttp.NotUnderstood(account.Server).Detail);
        }

        return new FindOutcome.CannotTell($"{account.Handle} has published more than {MaxPages * PageSize} posts since then; not all were looked at.");
    }

    /// <returns>Null: it is another one.</returns>
    private async Task<FindOutcome?> CompareAsync(AccountAccess account, OutgoingPost post, JsonElement status, string token, CancellationToken cancel)
    {
        if (status.Text("in_reply_to_id") != post.ReplyTo?.Id
            || (status.Text("spoiler_text") ?? "") != (post.Options.Warning ?? "")
            || status.At("media_attachments").Items().Count() != post.Media.Count
            || (status.At("edited_at") is null && Beginning(HtmlText.Of(status.Text("content") ?? "")) != Beginning(post.Text))
            || MastodonStatus.Reference(status) is not { } reference)
            return null;
        var source = await http.ReadAsync(account.Server, $"/api/v1/statuses/{Uri.EscapeDataString(reference.Id)}/source", token, cancel);
        var text = source switch
        {
            { Value: { } reply } => reply.Json.Text("text"),
            // Servers before 3.5 keep no source to be read; what is shown has to do, without the hosts of names that it leaves out.
            { Failure.Kind: NetworkFailure.Refused } => HtmlText.Of(status.Text("content") ?? ""),
            _ => null,
        };
        if (text is null)
            return new FindOutcome.CannotTell(source.Failure?.Detail ?? MastodonHttp.NotUnderstood(account.Server).Detail);
        if (Plain(text) == Plain(post.Text))
            return new FindOutcome.Found(reference);
        return status.At("edited_at") is not null
            ? new FindOutcome.CannotTell($"{reference.Url} was published since then and edited later; it may be this one.")
            : null;
    }

    /// <summary>The first letters, names left out: enough to tell most posts apart without asking the server for each one's source.</summary>
    private static string Beginning(string text) => string.Concat(
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => !word.Contains('@', StringComparison.Ordinal)).SelectMany(word => Plain(word).Where(char.IsLetterOrDigit)).Take(16));

    private static string Plain(string text) => WebUtility.HtmlDecode(text).ReplaceLineEndings("\n").Normalize().Trim();
}
