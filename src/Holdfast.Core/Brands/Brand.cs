namespace Holdfast.Core.Brands;

public readonly record struct BrandId(Guid Value);

/// <summary>A name that is listened for. Handles are without <c>@</c>; the time zone is an IANA name.</summary>
public sealed record Brand(
    BrandId Id,
    string Name,
    IReadOnlyList<string> Handles,
    IReadOnlyList<string> Languages,
    string TimeZone,
    QuietHours? QuietHours = null);

/// <summary>Local times between which pages below level 3 wait; may pass midnight.</summary>
public sealed record QuietHours(TimeOnly From, TimeOnly To);
