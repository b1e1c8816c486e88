using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Holdfast.Networks.Notices.Mail;

/// <summary>Puts TLS over a connection. A certificate that does not hold is never accepted, and the reason is kept in plain words.</summary>
internal sealed class Encryption(MailServer server)
{
    /// <summary>Why the certificate was refused; null where it was not.</summary>
    public string? Refusal { get; private set; }

    public async Task<SslStream> StartAsync(Stream bare, CancellationToken ct)
    {
        var stream = new SslStream(bare, leaveInnerStreamOpen: false);
        try
        {
            await stream.AuthenticateAsClientAsync(Options(), ct).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private SslClientAuthenticationOptions Options() => new()
    {
        TargetHost = server.Host,
        CertificateChainPolicy = server.OwnAuthority is { } pem ? TrustOnly(pem) : null,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            Refusal = errors == SslPolicyErrors.None ? null : Explain(certificate, chain, errors);
            return errors == SslPolicyErrors.None;
        },
    };

    private static X509ChainPolicy TrustOnly(string pem)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.ImportFromPem(pem);
        return policy;
    }

    private string Explain(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "The server showed no certificate.";
        }

        var subject = certificate.Subject;
        var found = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status) ?? X509ChainStatusFlags.NoError;
        if (found.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            return $"The server's certificate ({subject}) has expired or is not valid yet.";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return $"The server's certificate ({subject}) is not for “{server.Host}”.";
        }

        return $"The server's certificate ({subject}) is not signed by an authority that is trusted here ({found}).";
    }
}
