using Holdfast.Core.People;

namespace Holdfast.Core.Situations;

/// <summary>Who wrote an entry: a person, by id, or a named part of the program. Stored as text.</summary>
public readonly record struct Actor
{
    private Actor(string text) => Text = text;

    public string Text { get; }

    /// <summary>A rule that found something.</summary>
    public static Actor Detection { get; } = new("detection");

    /// <summary>A stored deadline that passed.</summary>
    public static Actor Clock { get; } = new("clock");

    public static Actor Escalation { get; } = new("escalation");

    public static Actor Of(PersonId person) => new(person.Value.ToString("D"));

    public static Actor Parse(string text) => new(text);

    /// <summary>The person, or null where a part of the program acted.</summary>
    public PersonId? Person => Guid.TryParseExact(Text, "D", out var id) ? new PersonId(id) : null;

    public override string ToString() => Text;
}
