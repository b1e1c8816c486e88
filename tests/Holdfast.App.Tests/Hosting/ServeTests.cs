using System.Net;
using Dapper;
using Holdfast.Database;
using Holdfast.Testing.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.App.Tests.Hosting;

public sealed class ServeTests(AppFixture app) : IClassFixture<AppFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_answers_anyone(string path)
    {
        using var client = app.Host.NewClient();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(path, UriKind.Relative), Cancel)).StatusCode);
    }

    [Fact]
    public async Task Every_answer_keeps_strangers_scripts_and_frames_out()
    {
        using var client = app.Host.NewClient();

        var headers = (await client.GetAsync(new Uri("/health/live", UriKind.Relative), Cancel)).Headers;

        Assert.Contains("frame-ancestors 'none'", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(headers.Contains("Server"));
    }

    [Fact]
    public async Task What_a_node_has_sealed_another_opens_and_the_database_alone_does_not_tell_the_key()
    {
        var text = app.Host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("cookie");
        await using var connection = await app.Host.Store.OpenAsync(Cancel);
        var keys = await connection.QueryAsync<string>("select xml from protection_key");
        Assert.All(keys, xml => Assert.Contains("<sealed ", xml, StringComparison.Ordinal));
        Assert.All(keys, xml => Assert.DoesNotContain("<masterKey", xml, StringComparison.Ordinal));

        var services = new ServiceCollection().AddLogging();
        services.AddDatabase(app.Host.Services.GetRequiredService<Installation>());
        await using var other = services.BuildServiceProvider();

        Assert.Equal("cookie", other.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(text));
    }
}
