using System.Security.Cryptography;
using System.Text;
using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Shell;
using Microsoft.AspNetCore.DataProtection;

namespace Holdfast.Freezing;

/// <summary>A certificate with what it takes to check it anywhere: the text that was signed, its signature and the key to it.</summary>
/// <param name="Certificate">The very text; any other byte makes the signature false.</param>
/// <param name="Signature">ECDSA P-256 over SHA-256 of the text in UTF-8, DER, in Base64.</param>
/// <param name="PublicKey">PEM.</param>
internal sealed record SignedCertificate(string Certificate, string Signature, string PublicKey)
{
    public FreezeCertificate Read() => Json.Read<FreezeCertificate>(Certificate);

    /// <summary>Of the signed text; stands on the timelines where this certificate was kept.</summary>
    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Certificate)));

    /// <summary>Whether this text was signed with this key; whose key that is, the reader must know.</summary>
    public bool IsIntact()
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(PublicKey);
            return key.VerifyData(Encoding.UTF8.GetBytes(Certificate), Convert.FromBase64String(Signature), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException)
        {
            return false;
        }
    }
}

/// <summary>Writes and signs certificates. The key is the installation's own, made once and kept sealed.</summary>
internal sealed class CertificateDesk(Store store, SchedulerDesk schedulers, IDataProtectionProvider protection, TimeProvider time)
{
    private const int Words = 120;

    /// <summary>What a freeze does not reach, and what the networks cannot tell: in every certificate, as words of this feature.</summary>
    public static readonly IReadOnlyList<string> Outside =
        ["outside.schedulers", "outside.ads", "outside.tools", "outside.people", "outside.asleep", "outside.bluesky", "outside.mastodon"];

    private readonly IDataProtector _seal = protection.CreateProtector("Holdfast.Publishing.Certificate.v1");

    /// <summary>The freeze as it stands now; null where there is none.</summary>
    public async Task<SignedCertificate?> CertifyAsync(FreezeId id, CancellationToken cancel)
    {
        if (await FreezeView.OfAsync(store, id, cancel) is not { } view)
        {
            return null;
        }

        var text = Json.Write(Write(view, await schedulers.LinesAsync(id, cancel)));
        using var key = await KeyAsync(cancel);
        var signature = key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new SignedCertificate(text, Convert.ToBase64String(signature), key.ExportSubjectPublicKeyInfoPem());
    }

    private FreezeCertificate Write(FreezeView view, IReadOnlyList<CertifiedScheduler> schedulers)
    {
        var words = new Words<CertificateDesk>("en");
        var line = view.Line;
        return new FreezeCertificate(
            FreezeCertificate.ThisFormat,
            line.Id,
            line.Scope ?? "everything",
            line.Reason,
            line.Level,
            line.PlacedBy,
            line.PlacedAt,
            time.GetUtcNow(),
            line.LiftedBy,
            line.LiftedAt,
            [.. view.Held.Select(Certified)],
            [.. view.Left.Select(Certified)],
            [.. view.Stopped.Select(Certified)],
            [.. view.Open.Select(Certified)],
            [.. view.LetThrough.Select(Certified)],
            [.. view.SentBefore.Select(Certified)],
            schedulers,
            [.. Outside.Select(key => words[key])]);
    }

    private static CertifiedPost Certified(FrozenPost post) => new(
        post.Id, post.Account, post.Network, post.DueAt, (post.Deletes ? "[deletion] " : "") + (post.Text.Length <= Words ? post.Text : post.Text[..Words] + "…"), post.State, post.Url);

    private async Task<ECDsa> KeyAsync(CancellationToken cancel)
    {
        var stored = await store.InTransactionAsync(transaction => CertificateSql.KeyAsync(transaction, NewKey, cancel), cancel);
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(_seal.Unprotect(stored), out _);
        return key;
    }

    private byte[] NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return _seal.Protect(key.ExportPkcs8PrivateKey());
    }
}
