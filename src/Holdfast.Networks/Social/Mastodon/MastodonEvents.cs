using System.Buffers;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>The stream as server-sent events.</summary>
internal static class MastodonEvents
{
    public static async Task<Outcome<MastodonWire>> OpenAsync(
        MastodonHttp http, TimeProvider time, Uri streaming, MastodonChannel channel, string token, CancellationToken cancel)
    {
        var path = $"/api/v1/streaming/{channel.Stream.Replace(':', '/')}{(channel.Tag is null ? "" : $"?tag={Uri.EscapeDataString(channel.Tag)}")}";
        using var request = MastodonHttp.Request(HttpMethod.Get, streaming, path, token);
        request.Headers.Accept.Clear();
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var (response, failure) = await http.OpenAsync(request, cancel);
        if (response is null)
            return failure!;
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "text/event-stream")
            return new MastodonWire((give, until) => ReadAsync(response, time, give, until), cancel);
        using (response)
        {
            return response.IsSuccessStatusCode
                ? new Failure(NetworkFailure.NotUnderstood, true, null, $"{streaming.Host} answered with something that is no stream.")
                : http.Refusal(new Answer(response.StatusCode, response.Headers, null, default));
        }
    }

    private static async Task<Failure> ReadAsync(HttpResponseMessage response, TimeProvider time, Func<MastodonEvent, ValueTask> give, CancellationToken cancel)
    {
        using var owned = response;
        try
        {
            var pipe = PipeReader.Create(await response.Content.ReadAsStreamAsync(cancel));
            string? name = null;
            var data = new StringBuilder();
            while (true)
            {
                using var silence = new CancellationTokenSource(MastodonWire.Silence, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancel);
                ReadResult read;
                try
                {
                    read = await pipe.ReadAsync(either.Token);
                }
                catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
                {
                    return new(NetworkFailure.TimedOut, true, null, $"The stream was silent for {MastodonWire.Silence.TotalSeconds:0} seconds.");
                }

                var buffer = read.Buffer;
                while (TryLine(ref buffer) is { } line)
                {
                    if (line.Length == 0)
                    {
                        if (name is not null)
                            await give(new(name, data.ToString()));
                        name = null;
                        data.Clear();
                    }
                    else if (line.StartsWith("event:", StringComparison.Ordinal))
                    {
                        name = line[6..].Trim();
                    }
                    else if (line.StartsWith("data:", StringComparison.Ordinal))
                    {
                        data.Append(data.Length == 0 ? "" : "\n").Append(line.AsSpan(line.Length > 5 && line[5] == ' ' ? 6 : 5));
                    }
                }

                if (buffer.Length > MastodonWire.MaxEvent || data.Length > MastodonWire.MaxEvent)
                    return new(NetworkFailure.NotUnderstood, true, null, "The stream sent an event that is larger than any status.");
                pipe.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted)
                    return new(NetworkFailure.ConnectionLost, true, null, "The server ended the stream.");
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            return new(NetworkFailure.ConnectionLost, true, null, "The stream broke.");
        }
    }

    /// <summary>Cuts the next whole line off, without its end; null: there is none yet.</summary>
    private static string? TryLine(ref ReadOnlySequence<byte> buffer)
    {
        if (buffer.PositionOf((byte)'\n') is not { } end)
            return null;
        var line = Encoding.UTF8.GetString(buffer.Slice(0, end)).TrimEnd('\r');
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return line;
    }
}
