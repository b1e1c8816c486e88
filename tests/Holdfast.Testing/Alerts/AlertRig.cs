using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using Holdfast.Brands;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Database;
using Holdfast.Escalation;
using Holdfast.Listening;
using Holdfast.Networks.Notices.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.Testing.Alerts;

/// <summary>
/// An installation on a private PostgreSQL that forces everything to disk, with many brands that one person leads, a
/// signed webhook and a mail server: what it takes to see a post become a page in the real program.
/// </summary>
internal sealed class AlertRig : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Installation _installation;
    private SourceSecret? _source;

    private AlertRig(string folder, Installation installation) => (_folder, _installation) = (folder, installation);

    public SmtpSink Sink { get; } = new();

    public Store Store => _installation.Store;

    /// <summary>Each has a word of its own, so that each post begins a situation of its own.</summary>
    public static string BrandName(int number) => $"Zorvex{number}x";

    public static async Task<AlertRig> NewAsync(int brands, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("hf-alert-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // Started by root, PostgreSQL runs as a user of its own, who must be able to pass through here.
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_001_001);
        }

        var rig = new AlertRig(folder, await Installation.OpenAsync(new DataFolder(folder), null, TimeProvider.System, cancel));
        await rig.FurnishAsync(brands, cancel);
        return rig;
    }

    public Task<ServerProcess> StartServerAsync(IReadOnlyDictionary<string, string>? settings = null) =>
        ServerProcess.StartAsync(_folder, _installation.Store.DataSource.ConnectionString, settings ?? new Dictionary<string, string>());

    /// <summary>A signed delivery of one post that by itself asks for level 5.</summary>
    public HttpRequestMessage Post(Uri server, int brand, string id)
    {
        var now = TimeProvider.System.GetUtcNow();
        var body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            id,
            at = now,
            author = new { id = $"author of {id}", handle = $"a{id}", followers = 900 },
            text = $"My {BrandName(brand)} kettle exploded, my mother was badly injured and is in hospital now.",
        }));
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, $"/intake/{_source!.Source.Value}")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(WebhookSignature.Sign(_source.Secret, id, timestamp, body))}");
        return request;
    }

    public async Task<T> ScalarAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Store.OpenAsync(CancellationToken.None);
        return (await connection.QuerySingleAsync<T>(sql, parameters))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Sink.DisposeAsync();
        await _installation.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task FurnishAsync(int brands, CancellationToken cancel)
    {
        await using var app = Serve.Build(_installation, ["http://127.0.0.1:0"]);
        var lead = new PersonId(Ids.New(TimeProvider.System));
        await using (var connection = await Store.OpenAsync(cancel))
        {
            await connection.ExecuteAsync(
                """
                insert into person (id, name, mail, permission, security_stamp, created_at)
                values (@lead, 'Lead', 'lead@localhost', 'Administer', '', now())
                """,
                new { lead });
            var plan = Json.Write(CrisisPlan.Template(lead));
            for (var i = 0; i < brands; i++)
            {
                var brand = (await app.Services.GetRequiredService<BrandDesk>()
                    .CreateAsync(BrandDraft.Check(BrandName(i), "", ["en"], "UTC").Value, cancel)).Value;
                await connection.ExecuteAsync(
                    "insert into plan (id, brand_id, version, in_force_from, document, written_at) values (@id, @Brand, 1, now(), @plan::jsonb, now())",
                    new { id = Ids.New(TimeProvider.System), Brand = brand.Id, plan });
            }
        }

        var services = app.Services;
        _source = (await services.GetRequiredService<SourceDesk>().CreateWebhookAsync("Tool", "mastodon", [], null, lead, cancel)).Value;
        var mail = new MailForm(
            "127.0.0.1", Sink.Port.ToString(CultureInfo.InvariantCulture), MailSecurity.None, "holdfast@localhost", "Holdfast", null, null, null);
        _ = (await services.GetRequiredService<MailSettingsDesk>().SaveAsync(mail, cancel)).Value;
    }
}
