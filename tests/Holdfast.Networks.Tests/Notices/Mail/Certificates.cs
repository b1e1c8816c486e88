using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Holdfast.Networks.Tests.Notices.Mail;

/// <summary>Certificates made on the spot.</summary>
internal static class Certificates
{
    public static X509Certificate2 SelfMade(string name, DateTimeOffset from, DateTimeOffset to)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(from, to);
    }

    public static X509Certificate2 Good(string name)
    {
        var now = TimeProvider.System.GetUtcNow();
        return SelfMade(name, now.AddDays(-1), now.AddDays(30));
    }

    public static X509Certificate2 Expired(string name)
    {
        var now = TimeProvider.System.GetUtcNow();
        return SelfMade(name, now.AddDays(-30), now.AddDays(-1));
    }
}
