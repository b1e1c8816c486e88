using Holdfast.Core.Detection;
using Holdfast.Core.People;

namespace Holdfast.Core.Plans;

/// <summary>What someone is there for (BEHAVIOUR 6). Names are stored.</summary>
public enum DutyKind
{
    Lead,
    Social,
    Support,
    PublicRelations,
    Legal,
    Technical,
    Executive,
    Spokesperson,
}

/// <summary>A duty and who holds it, by level.</summary>
/// <param name="Holders">At most one entry a level; an entry holds from its level up to the next entry.</param>
public sealed record Duty(DutyKind Kind, IReadOnlyList<DutyHolders> Holders)
{
    /// <summary>The same first person at every level, without deputies.</summary>
    public static Duty Held(DutyKind kind, PersonId? first) => new(kind, [new(Level.One, first, [])]);
}

/// <summary>Who holds a duty from a level on: the first, and the deputies in the order in which they are called.</summary>
public sealed record DutyHolders(Level Level, PersonId? First, IReadOnlyList<PersonId> Deputies);
