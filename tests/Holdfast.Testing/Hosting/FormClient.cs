using System.Net;
using System.Text.RegularExpressions;
using Holdfast.Core.People;

namespace Holdfast.Testing.Hosting;

/// <summary>Somebody with a browser without script: reads pages and sends their forms, antiforgery token and cookies included.</summary>
internal sealed partial class FormClient(HttpClient client) : IDisposable
{
    public async Task<(HttpStatusCode Status, string Text, string? To)> GetAsync(string path) => await ReadAsync(await client.GetAsync(path));

    /// <summary>Sends a form of the page at <paramref name="page"/> to <paramref name="action"/>.</summary>
    public async Task<(HttpStatusCode Status, string Text, string? To)> SendAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var (_, text, _) = await GetAsync(page);
        var token = WebUtility.HtmlDecode(Token().Match(text).Groups[1].Value);
        using var form = new FormUrlEncodedContent(
            fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(KeyValuePair.Create("__RequestVerificationToken", token)));
        return await ReadAsync(await client.PostAsync(action, form));
    }

    /// <summary>Signs in by the open door.</summary>
    public Task EnterAsync(PersonId person) => SendAsync("/sign-in", "/sign-in/door", ("person", $"{person.Value}"));

    public void Dispose() => client.Dispose();

    private static async Task<(HttpStatusCode Status, string Text, string? To)> ReadAsync(HttpResponseMessage answer) =>
        (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Location is { IsAbsoluteUri: true } to ? to.PathAndQuery : answer.Headers.Location?.ToString());

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
