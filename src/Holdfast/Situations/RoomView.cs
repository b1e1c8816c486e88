using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Situations;
using Holdfast.Database;

namespace Holdfast.Situations;

/// <summary>All that the room shows, read at one moment.</summary>
/// <param name="Duties">Who holds each duty that the level calls in, by the plan in force.</param>
public sealed record RoomView(
    Situation Situation,
    RoomBrand Brand,
    IReadOnlyList<TimelineEntry> Timeline,
    IReadOnlyList<RoomSignal> Signals,
    IReadOnlyList<RoomMention> Said,
    IReadOnlyList<RoomNetwork> Networks,
    RoomOrigin? Origin,
    IReadOnlyList<RoomSummons> Pages,
    IReadOnlyList<RoomAttempt> Attempts,
    IReadOnlyList<RoomOther> Others,
    IReadOnlyList<RoomPerson> People,
    IReadOnlyList<RoomDuty> Duties,
    DateTimeOffset At)
{
    public const int SaidShown = 20;

    /// <summary>Where the brand's rise goes; null where nothing rises, or the situation is over.</summary>
    public Outlook? Outlook { get; init; }

    public string Topic => $"changed:situation:{Situation.Id.Value} changed:brand:{Brand.Brand.Value}";

    public string Path => $"/situations/{Situation.Id.Value}";

    public RoomSummons? Page => Pages.Count > 0 ? Pages[0] : null;

    /// <summary>The signal that holds the level up, where one does.</summary>
    public RoomSignal? Leading => Situation.LevelByHand is { } hand && hand >= Situation.Level ? null :
        Signals.Where(s => s.InForce >= (int)Situation.Level).MinBy(s => s.Level);

    /// <summary>The signal behind a proposed level.</summary>
    public RoomSignal? Proposing => Situation.Proposed is { } proposal ? Signals.FirstOrDefault(s => s.Rule == proposal.Rule && s.Level == (int)proposal.Level) : null;

    /// <summary>The promise that is owed next.</summary>
    public Promise? Owed => Situation.Promises.Values.Where(p => p.KeptAt is null).MinBy(p => p.Due);

    public string Name(PersonId? person) => People.FirstOrDefault(p => p.Id == person)?.Name ?? "?";
}

public sealed record RoomBrand
{
    public BrandId Brand { get; init; }

    public string Name { get; init; } = "";

    public string Zone { get; init; } = "UTC";

    public DateTimeOffset? CoolsAt { get; init; }
}

/// <param name="Holders">Names, the first before the deputies; empty where nobody holds it.</param>
public sealed record RoomDuty(DutyKind Kind, IReadOnlyList<string> Holders);

public sealed record RoomPerson
{
    public PersonId Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Whether tasks can be given to them.</summary>
    public bool Works { get; init; }
}

public sealed record RoomSignal
{
    public Guid Id { get; init; }

    public SignalKind Kind { get; init; }

    public string Rule { get; init; } = "";

    public short Level { get; init; }

    public short InForce { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset LastAt { get; init; }

    public DateTimeOffset RaisedAt { get; init; }

    public string Figures { get; init; } = "[]";

    public int Posts { get; init; }

    public string? Topic { get; init; }

    public Guid? TopicId { get; init; }

    public string? Monitor { get; init; }

    public IReadOnlyList<Figure> Numbers => Json.Read<Figure[]>(Figures);

    public double? Number(string name) => Numbers.FirstOrDefault(figure => figure.Name == name)?.Value;
}

public sealed record RoomMention
{
    public Guid Post { get; init; }

    public DateTimeOffset At { get; init; }

    public string Network { get; init; } = "";

    public long Reach { get; init; }

    public short Class { get; init; }

    public short Voice { get; init; }

    public bool Spreads { get; init; }

    public bool Coordinated { get; init; }

    public string[] RiskWords { get; init; } = [];

    public string Handle { get; init; } = "";

    public string? Name { get; init; }

    public bool Verified { get; init; }

    public string Text { get; init; } = "";

    public string? Url { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Where it can be opened; an address that is no web address is not made a link.</summary>
    public string? Link => Uri.TryCreate(Url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? Url : null;
}

public sealed record RoomNetwork
{
    public string Network { get; init; } = "";

    public long Mentions { get; init; }

    public long Negative { get; init; }

    public long People { get; init; }

    public DateTimeOffset First { get; init; }
}

public sealed record RoomSummons
{
    public Guid Id { get; init; }

    public string State { get; init; } = "";

    public short Level { get; init; }

    public DateTimeOffset? StepDueAt { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public Guid? Owner { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public int Signals { get; init; }
}

public sealed record RoomAttempt
{
    public Guid Page { get; init; }

    public PersonId Person { get; init; }

    public string Way { get; init; } = "";

    public string State { get; init; } = "";

    public DateTimeOffset DueAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? Outcome { get; init; }

    public bool PossibleRepeat { get; init; }
}

public sealed record RoomOther
{
    public SituationId Id { get; init; }

    public string Title { get; init; } = "";

    public short Level { get; init; }
}

public sealed record RoomOrigin
{
    public DateTimeOffset At { get; init; }

    public string Network { get; init; } = "";

    public string Handle { get; init; } = "";

    public string? Url { get; init; }

    public string Text { get; init; } = "";
}
