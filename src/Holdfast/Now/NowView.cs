using Holdfast.Core.Detection;

namespace Holdfast.Now;

/// <summary>All that the first page shows, read at one moment.</summary>
/// <param name="Zone">The viewer's: one sentence about brands in several zones speaks in one time.</param>
public sealed record NowView(IReadOnlyList<BrandNow> Brands, bool HasSources, DateTimeOffset At, string? Zone = null)
{
    public IReadOnlyList<SituationNow> Situations => [.. Brands.SelectMany(brand => brand.Situations)];

    /// <summary>Topics of the server's news that change this page.</summary>
    public string Trigger => string.Join(", ", Brands.Select(brand => $"changed:brand:{brand.Id} from:body").Append("changed:sources from:body"));
}

/// <summary>One brand at a glance.</summary>
/// <param name="Level">Null where the brand is unknown: something that it depends on is blind.</param>
/// <param name="Outlook">Where a rise goes; null where nothing rises.</param>
/// <param name="PulseUntil">Set where nothing was heard for so long that the pulse shown is of the past.</param>
public sealed record BrandNow(
    Guid Id,
    string Name,
    string Zone,
    Level? Level,
    bool Listening,
    PulseNow Pulse,
    DateTimeOffset? PulseUntil,
    IReadOnlyList<SituationNow> Situations,
    IReadOnlyList<BlindNow> Blind,
    IReadOnlyList<string> OnDuty,
    bool Monitored = true,
    Outlook? Outlook = null)
{
    /// <summary>The one that stands highest, or would if its proposal were confirmed.</summary>
    public SituationNow? Worst => Situations.Count > 0 ? Situations[0] : null;
}

/// <summary>Negative mentions in the hour that ends at each quarter, the last one now.</summary>
public sealed record PulseNow(IReadOnlyList<double> Hours, IReadOnlyList<ExpectedBand> Expected, Trend Trend)
{
    public double Last => Hours.Count > 0 ? Hours[^1] : 0;

    public double? Usual => Expected.Count > 0 ? Expected[^1].Usual : null;
}

/// <summary>The last hour against the one before.</summary>
public enum Trend
{
    Steady,
    Rising,
    Falling,
}

public sealed record SituationNow(
    Guid Id, string Title, Level Level, Level? Proposed, DateTimeOffset? ConfirmBy, DateTimeOffset OpenedAt, string? Lead, PageNow? Page,
    IReadOnlyList<PromiseNow> Promises);

/// <summary>What was promised to somebody and is not kept yet.</summary>
public sealed record PromiseNow(string Text, DateTimeOffset Due);

/// <summary>Who is being called for a situation: still unanswered until someone owns it.</summary>
public sealed record PageNow(bool Running, bool Exhausted, DateTimeOffset? NextStepAt, string? Owner);

/// <param name="Since">When it last gave something; null: never.</param>
/// <param name="Error">Why it fails, where it says so; null where it is only silent.</param>
public sealed record BlindNow(Guid SourceId, string Name, DateTimeOffset? Since, string? Error);
