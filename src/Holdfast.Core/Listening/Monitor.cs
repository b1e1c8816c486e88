using Holdfast.Core.Brands;

namespace Holdfast.Core.Listening;

public readonly record struct MonitorId(Guid Value);

public readonly record struct SourceId(Guid Value);

/// <summary>A boolean query that a brand listens with.</summary>
public sealed record Monitor(MonitorId Id, BrandId Brand, string Name, MonitorQuery Query);

/// <summary>One hit: the index of the post in its batch, and the monitor it matched.</summary>
public readonly record struct Match(int Post, MonitorId Monitor);
