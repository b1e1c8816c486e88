using System.Net;
using Holdfast.Database;
using Holdfast.Escalation;
using Holdfast.Situations;
using Holdfast.Testing.Database;
using Microsoft.AspNetCore.Builder;
using static Holdfast.App.Tests.Escalation.EscalationHouse;

namespace Holdfast.App.Tests.Escalation;

/// <summary>The link of a page, over real HTTP.</summary>
public sealed class LinkPageTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("holdfast-link-").FullName;
    private Installation? _installation;
    private WebApplication? _app;
    private HttpClient? _client;

    private HttpClient Client => _client ?? throw new InvalidOperationException("The server was not started.");

    public async ValueTask InitializeAsync()
    {
        _installation = await Installation.OpenAsync(DataFolder.Choose(_folder), database.ConnectionString, TimeProvider.System, Cancel);
        // The tests are the workers here: others would find a situation of yesterday cooled down.
        _app = Serve.Build(_installation, ["http://127.0.0.1:0"], more: builder =>
        {
            Type[] workers = [typeof(AttemptWorker), typeof(EscalationWorker), typeof(WatchWorker), typeof(SituationWorker)];
            foreach (var worker in builder.Services.Where(s => workers.Contains(s.ImplementationType)).ToList())
            {
                builder.Services.Remove(worker);
            }
        });
        await _app.StartAsync(Cancel);
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = true }) { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }

        if (_installation is not null)
        {
            await _installation.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Looking_changes_nothing_pressing_takes_it_and_the_page_says_which()
    {
        var house = await NewAsync(database);
        house.Time.Advance(TimeProvider.System.GetUtcNow() - Noon);
        var situation = await house.DeclareAsync();
        await house.WorkAsync();
        var path = "/a/" + LinkIn((await house.OutboxAsync())[0].Body);

        // A scanner that opens every link, twice.
        foreach (var _ in new[] { 1, 2 })
        {
            Assert.Contains("cancelled flights", await Client.GetStringAsync(path, Cancel), StringComparison.Ordinal);
            using var head = await Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Cancel);
        }

        Assert.Equal("Running", await house.StateAsync(situation));
        using var taken = await Client.PostAsync(path, null, Cancel);
        Assert.Contains("You have it.", await taken.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("Acknowledged", await house.StateAsync(situation));

        await house.Desk.AcknowledgeAsync(await house.PageAsync(situation), house.Marek, Cancel);
        using var again = await Client.PostAsync(path, null, Cancel);
        Assert.Contains("This link was used already. Marek has it.", await again.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_link_says_so_calmly()
    {
        var house = await NewAsync(database);
        house.Time.Advance(TimeProvider.System.GetUtcNow() - Noon - TimeSpan.FromHours(25));
        await house.DeclareAsync();
        await house.WorkAsync();
        using var answer = await Client.GetAsync("/a/" + LinkIn((await house.OutboxAsync())[0].Body), Cancel);
        Assert.Contains("older than a day", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    public async Task A_link_that_is_none_is_answered_calmly(string token)
    {
        using var looked = await Client.GetAsync("/a/" + token, Cancel);
        Assert.Equal(HttpStatusCode.Gone, looked.StatusCode);
        var page = await looked.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("not one of ours", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        using var pressed = await Client.PostAsync("/a/" + token, null, Cancel);
        Assert.Equal(HttpStatusCode.Gone, pressed.StatusCode);
    }

    [Theory]
    [InlineData("/outbox")]
    [InlineData("/settings/mail")]
    public async Task What_is_not_for_strangers_leads_to_the_sign_in(string path)
    {
        _ = await NewAsync(database);
        using var answer = await Client.GetAsync(path, Cancel);
        Assert.Equal("/sign-in", answer.RequestMessage!.RequestUri!.AbsolutePath);
    }
}
