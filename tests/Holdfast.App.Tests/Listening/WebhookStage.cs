using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dapper;
using Holdfast.Brands;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Database;
using Holdfast.Listening;
using Holdfast.Testing;
using Holdfast.Testing.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.App.Tests.Listening;

/// <summary>The whole server on a real port and a real database, with a brand and a webhook that listens for it.</summary>
public sealed class WebhookStage : IAsyncLifetime
{
    private readonly DatabaseFixture _database = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("holdfast-webhook").FullName;
    private Installation? _installation;
    private WebApplication? _app;

    internal FakeTime Time { get; } = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    internal SourceSecret Source { get; private set; } = null!;

    internal Store Store => _database.Store;

    internal string ConnectionString => _database.ConnectionString;

    internal IServiceProvider Services => _app!.Services;

    internal HttpClient Http { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _installation = await Installation.OpenAsync(new DataFolder(_folder), _database.ConnectionString, TimeProvider.System, default);
        _app = Serve.Build(_installation, ["http://127.0.0.1:0"], Time);
        await _app.StartAsync();
        Http.BaseAddress = new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var brand = (await Services.GetRequiredService<BrandDesk>().CreateAsync(BrandDraft.Check("Acorn Air", "acornair", ["en"], "UTC").Value, default)).Value;
        Source = (await Services.GetRequiredService<SourceDesk>().CreateWebhookAsync("Tool", "mastodon", [brand.Id], null, new PersonId(Guid.Empty), default)).Value;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app!.StopAsync();
        await _app.DisposeAsync();
        await _installation!.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal static string Post(string id, string text) =>
        $$"""{"id":"{{id}}","at":"2026-03-02T11:59:00Z","author":{"id":"7","handle":"@ann","followers":12},"text":{{JsonSerializer.Serialize(text)}}}""";

    /// <summary>Signed by a program that is not ours.</summary>
    internal async Task<(int Status, JsonElement Body, HttpResponseMessage Response)> DeliverAsync(
        string body, string id, TimeSpan age = default, string? secret = null, string? signatures = null, string type = "application/json", Guid? source = null)
    {
        var timestamp = (Time.GetUtcNow() - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        signatures ??= $"v1,{await OpenSslAsync(secret ?? Source.Secret, $"{id}.{timestamp}.{body}")}";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/intake/{source ?? Source.Source.Value}") { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", signatures);
        var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length > 0 ? JsonDocument.Parse(text).RootElement : default, response);
    }

    internal static async Task<string> OpenSslAsync(string secret, string text)
    {
        var key = Convert.ToHexStringLower(Convert.FromBase64String(secret["whsec_".Length..]));
        using var openssl = Process.Start(new ProcessStartInfo("openssl", ["dgst", "-sha256", "-mac", "HMAC", "-macopt", $"hexkey:{key}", "-binary"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await openssl.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(text));
        openssl.StandardInput.Close();
        using var signature = new MemoryStream();
        await openssl.StandardOutput.BaseStream.CopyToAsync(signature);
        await openssl.WaitForExitAsync();
        return Convert.ToBase64String(signature.ToArray());
    }

    internal async Task<long> CountAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(default);
        return await connection.QuerySingleAsync<long>(sql, new { source = Source.Source });
    }
}
