using System.Net.Http.Headers;
using System.Text;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>
/// Takes pictures to the server before the status that shows them, and waits until it is done with them. Nobody can see a picture that
/// belongs to no status, and the server sweeps it away: whatever happens here, nothing was published.
/// </summary>
internal sealed class MastodonMedia(MastodonHttp http, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public async Task<(IReadOnlyList<string> Ids, SendOutcome? Refused)> UploadAsync(
        AccountAccess account, IReadOnlyList<OutgoingMedia> media, IDeparture departure, CancellationToken cancel)
    {
        var ids = new List<string>();
        foreach (var (item, index) in media.Select((item, index) => (item, index)))
        {
            using var request = MastodonHttp.Request(HttpMethod.Post, account.Server, "/api/v2/media", MastodonSecret.Token(account));
            request.Content = Form(item, index);
            var exchange = await http.WriteAsync(request, departure, cancel, NetworkHttp.UploadLimit);
            if (exchange is Exchange.Stopped)
                return ([], new SendOutcome.Stopped());
            if (http.Trouble(exchange) is { } failure)
                return ([], new SendOutcome.Rejected(ForMedia(failure, exchange)));
            var answer = ((Exchange.Answered)exchange).Answer;
            if (MastodonHttp.Json(answer) is not { } json || json.Text("id") is not { Length: > 0 } id)
                return ([], new SendOutcome.Rejected(MastodonHttp.NotUnderstood(account.Server)));
            if (new Reply(json, answer).IsStillWorkedOn && await WaitAsync(account, id, cancel) is { } notDone)
                return ([], new SendOutcome.Rejected(notDone));
            ids.Add(id);
        }

        return (ids, null);
    }

    private async Task<Failure?> WaitAsync(AccountAccess account, string id, CancellationToken cancel)
    {
        var until = time.GetUtcNow() + Patience;
        for (var pause = FirstLook; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.Delay(pause, time, cancel);
            var looked = await http.ReadAsync(account.Server, $"/api/v1/media/{Uri.EscapeDataString(id)}", MastodonSecret.Token(account), cancel);
            switch (looked)
            {
                case { Value: { IsStillWorkedOn: false } }:
                    return null;
                // An answer of 206 may have no body at all.
                case { Failure: { Retryable: false, Kind: not NetworkFailure.NotUnderstood } refused }:
                    return refused with { Kind = NetworkFailure.MediaRefused };
            }

            if (time.GetUtcNow() >= until)
                return new(NetworkFailure.MediaRefused, true, TimeSpan.FromMinutes(1), "The server is still working on the picture.");
        }
    }

    private static MultipartFormDataContent Form(OutgoingMedia item, int index)
    {
        var file = new ReadOnlyMemoryContent(item.Bytes) { Headers = { ContentType = new MediaTypeHeaderValue(item.Type) } };
        var form = new MultipartFormDataContent { { file, "\"file\"", $"\"picture{index + 1}.{item.Type.Split('/')[^1]}\"" } };
        if (item.Alt.Length > 0)
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(item.Alt)), "\"description\"");
        return form;
    }

    private static Failure ForMedia(Failure failure, Exchange exchange) =>
        exchange is Exchange.Answered { Answer.Status: System.Net.HttpStatusCode.UnprocessableEntity or System.Net.HttpStatusCode.RequestEntityTooLarge }
            ? failure with { Kind = NetworkFailure.MediaRefused }
            : exchange is Exchange.Lost ? failure with { Retryable = true } : failure;
}
