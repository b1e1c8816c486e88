using Holdfast.Core.People;

namespace Holdfast.People;

/// <summary>A person as the sign-in framework sees them: what it reads and changes while someone proves who they are.</summary>
internal sealed class Account
{
    public PersonId Id { get; init; }
    public string Name { get; set; } = "";
    public string Mail { get; set; } = "";
    public string? Phone { get; set; }
    public string Language { get; set; } = "en";
    public string TimeZone { get; set; } = "UTC";
    public Permission Permission { get; set; }
    public string? PasswordHash { get; set; }

    /// <summary>In clear only in memory; sealed in the store.</summary>
    public byte[]? TotpSecret { get; set; }

    public long? TotpLastStep { get; set; }

    /// <summary>SHA-256 of the codes that are left.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; set; } = [];

    public int FailedSignIns { get; set; }
    public DateTimeOffset? LockedUntil { get; set; }
    public string SecurityStamp { get; set; } = "";
}
