using System.Net;
using Dapper;
using Holdfast.Brands;
using Holdfast.Core.Brands;
using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Holdfast.Testing.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.App.Tests.Publishing;

/// <summary>The forms as a browser without script sends them, in Polish.</summary>
public sealed class PostPagesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_post_is_refused_in_plain_Polish_kept_as_typed_and_scheduled_once_it_is_good()
    {
        await using var host = await AppHost.StartOpenAsync();
        var (brand, account) = await GivenAsync(host);
        using var browser = new FormClient(host.NewClient());
        await browser.EnterAsync(await host.BeginAsync());

        var text = $"<b>{new string('ż', 298)}";
        var refused = await browser.SendAsync("/posts/new", "/posts", ("brand", $"{brand}"), ("account", $"{account}"), ("text", text), ("dueAt", "2027-03-28"), ("time", "02:30"), ("wish", "schedule"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Za długie o 1 znak", refused.Text, StringComparison.Ordinal);
        Assert.Contains("zegary ją przeskakują", refused.Text, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;żżż", WebUtility.HtmlDecode(refused.Text).Contains("<b>żżż", StringComparison.Ordinal) ? refused.Text.Replace("&#x17C;", "ż", StringComparison.Ordinal) : refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>ż", refused.Text.Replace("&#x17C;", "ż", StringComparison.Ordinal), StringComparison.Ordinal);

        var kept = await browser.SendAsync("/posts/new", "/posts", ("brand", $"{brand}"), ("account", $"{account}"), ("text", "Dzień dobry"), ("dueAt", "2027-03-28"), ("time", "03:30"), ("wish", "schedule"));
        Assert.Equal(HttpStatusCode.Redirect, kept.Status);
        var (status, page, _) = await browser.GetAsync(kept.To!);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Zapisano i zaplanowano.", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("Dzień dobry", WebUtility.HtmlDecode((await browser.GetAsync("/posts?view=month&day=2027-03-01")).Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/posts?brand=x&view=%00&day=0001-01-01&after=1_2&of=9")]
    [InlineData("/posts?view=list&after=9223372036854775807_00000000000000000000000000000000")]
    [InlineData("/posts?view=month&day=2199-12-31")]
    [InlineData("/posts/new?brand=%27&day=9999-99-99")]
    public async Task An_odd_address_is_no_fault(string address)
    {
        await using var host = await AppHost.StartOpenAsync();
        await GivenAsync(host);
        using var browser = new FormClient(host.NewClient());
        await browser.EnterAsync(await host.BeginAsync());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(address)).Status);
    }

    private static async Task<(Guid Brand, Guid Account)> GivenAsync(AppHost host)
    {
        var brand = (await host.Services.GetRequiredService<BrandDesk>().CreateAsync(BrandDraft.Check("Aurelka", "", ["pl"], "Europe/Warsaw").Value, Cancel)).Value;
        var account = Guid.CreateVersion7();
        await using var connection = await host.Store.OpenAsync(Cancel);
        await connection.ExecuteAsync(
            """
            insert into account (id, brand_id, network, server, network_id, handle, secret, limits, state, connected_at)
            values (@account, @Id, 'bluesky', 'https://social.example', 'did:a', 'aurelka.example', '\x01', @limits::jsonb, 'Connected', now())
            """,
            new { account, brand.Id, limits = Json.Write(new NetworkLimits(new TextRule(TextCount.Graphemes, 300), 4, 1_000_000, 1_000, [])) });
        return (brand.Id.Value, account);
    }
}
