using Holdfast.Core.Brands;
using Holdfast.Core.Detection;

namespace Holdfast.Core.Situations;

/// <summary>A person says that there is a situation, how grave, and why.</summary>
public sealed record Declaration(BrandId Brand, string? Title, Level Level, string? Reason);
