using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;

namespace Holdfast.Escalation;

/// <summary>Where people find this installation.</summary>
/// <param name="Url">Without a slash at its end.</param>
/// <param name="MailDomain">What stands behind the @ of our message ids.</param>
internal sealed record Home(string Url, string MailDomain);

/// <summary>The address that stands in letters: as set by an administrator, else where this server listens.</summary>
internal sealed class PublicAddress(IServer server, IConfiguration configuration)
{
    private const string NoDomain = "holdfast.localdomain";

    public async Task<Home> GetAsync(NpgsqlTransaction transaction, CancellationToken cancel)
    {
        var url = await LetterSql.PublicUrlAsync(transaction.Connection!, transaction, cancel)
            ?? configuration["PublicUrl"]
            ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? "http://localhost";
        var there = Uri.TryCreate(url.TrimEnd('/'), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : new Uri("http://localhost");
        var isName = !IPAddress.TryParse(there.DnsSafeHost, out _) && there.DnsSafeHost.Contains('.', StringComparison.Ordinal);
        return new Home(Reachable(there), isName ? there.IdnHost : NoDomain);
    }

    /// <summary>"Listen on everything" is not an address that a browser can open.</summary>
    private static string Reachable(Uri there)
    {
        var text = there.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return there.Host is "[::]" or "0.0.0.0" or "+" or "*" ? text.Replace(there.Host, "localhost", StringComparison.Ordinal) : text;
    }
}
