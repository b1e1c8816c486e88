using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Holdfast.Database;

/// <summary>Seals the protection keys with the installation's key (AES-256-GCM), which never enters the database.</summary>
internal sealed class ProtectionSeal(InstallationKey key) : IXmlEncryptor
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var sealedBytes = new byte[NonceLength + TagLength + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key.Bytes.Span, TagLength);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength));
        CryptographicOperations.ZeroMemory(plain);
        return new EncryptedXmlInfo(new XElement("sealed", Convert.ToBase64String(sealedBytes)), typeof(Opener));
    }

    /// <summary>Whether a stored protection key was sealed with this installation's key.</summary>
    public static bool Opens(InstallationKey key, XElement stored)
    {
        try
        {
            return stored.Descendants("sealed").FirstOrDefault() is not { } box || Open(key, box) is not null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private static XElement Open(InstallationKey key, XElement box)
    {
        var bytes = Convert.FromBase64String(box.Value);
        var plain = new byte[bytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key.Bytes.Span, TagLength);
        aes.Decrypt(bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength + TagLength), bytes.AsSpan(NonceLength, TagLength), plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }

    /// <summary>Named in the stored XML and made by the framework when it reads that; so its name must stay.</summary>
    internal sealed class Opener(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement) => Open(services.GetRequiredService<InstallationKey>(), encryptedElement);
    }
}
