using System.Text.RegularExpressions;
using Holdfast.Database;
using Holdfast.Testing.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.App.Tests.Shell;

public sealed partial class ChangesApiTests
{
    private const string Brand = "brand:0190a000-0000-7000-8000-000000000001";
    private const string Situation = "situation:0190a000-0000-7000-8000-000000000002";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_happens_between_a_page_and_its_stream_is_told_as_the_stream_opens_and_only_once()
    {
        await using var host = await AppHost.StartOpenAsync();
        await host.Services.GetRequiredService<Changes>().Listening;
        using var client = host.NewClient();
        using var browser = new FormClient(client);
        await browser.EnterAsync(await host.BeginAsync());
        var mark = Mark().Match((await browser.GetAsync("/me")).Text).Groups[1].Value;

        await NotifyAsync(host, Brand);
        var (topic, id) = await FirstAsync(client, mark, null);
        Assert.Equal(Brand, topic);

        await NotifyAsync(host, Situation);
        Assert.Equal(Situation, (await FirstAsync(client, mark, id)).Topic);
    }

    /// <summary>The first topic that a new stream tells, and the id it may be asked again with.</summary>
    private static async Task<(string Topic, string Id)> FirstAsync(HttpClient client, string since, string? last)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/changes?topics={Brand},{Situation}&since={since}");
        request.Headers.Add("Last-Event-ID", last);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
        string? topic = null;
        while (await lines.ReadLineAsync(Cancel) is { } line)
        {
            topic ??= line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : null;
            if (topic is not null && line.StartsWith("id: ", StringComparison.Ordinal))
            {
                return (topic, line[4..]);
            }
        }

        throw new InvalidOperationException("The stream ended before it told anything.");
    }

    /// <summary>Returns when the node has heard it.</summary>
    private static async Task NotifyAsync(AppHost host, string topic)
    {
        var heard = new TaskCompletionSource();
        using var ears = host.Services.GetRequiredService<Changes>().Subscribe(topic, _ => heard.TrySetResult());
        await host.Store.InTransactionAsync(transaction => Changes.NotifyAsync(transaction, topic), Cancel);
        await heard.Task.WaitAsync(Cancel);
    }

    [GeneratedRegex("<meta name=\"since\" content=\"([^\"]+)\"")]
    private static partial Regex Mark();
}
