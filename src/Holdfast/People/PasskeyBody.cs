using Microsoft.AspNetCore.Identity;

namespace Holdfast.People;

/// <summary>A passkey as it is stored: the framework's own type cannot be read back from JSON.</summary>
internal sealed record PasskeyBody(
    byte[] CredentialId,
    byte[] PublicKey,
    string? Name,
    DateTimeOffset CreatedAt,
    uint SignCount,
    string[]? Transports,
    bool UserVerified,
    bool BackupEligible,
    bool BackedUp,
    byte[] AttestationObject,
    byte[] ClientDataJson)
{
    public static PasskeyBody From(UserPasskeyInfo info) => new(
        info.CredentialId, info.PublicKey, info.Name, info.CreatedAt, info.SignCount, info.Transports, info.IsUserVerified,
        info.IsBackupEligible, info.IsBackedUp, info.AttestationObject, info.ClientDataJson);

    public UserPasskeyInfo ToInfo() =>
        new(CredentialId, PublicKey, CreatedAt, SignCount, Transports, UserVerified, BackupEligible, BackedUp, AttestationObject, ClientDataJson) { Name = Name };
}
