namespace Holdfast.Core.People;

public readonly record struct PersonId(Guid Value);

/// <summary>What a person may do; each value includes the ones before it.</summary>
public enum Permission
{
    /// <summary>See everything of the brands they are on.</summary>
    Read,

    /// <summary>Answer, assign, tick tasks, acknowledge pages.</summary>
    Respond,

    /// <summary>Declare, raise, confirm, resolve; change the plan and the monitors.</summary>
    Command,

    /// <summary>People, sources, settings, keys.</summary>
    Administer,
}

/// <summary>Someone who works with Holdfast. <paramref name="Language"/> is that of the interface: <c>en</c> or <c>pl</c>.</summary>
public sealed record Person(
    PersonId Id, string Name, string Mail, string? Phone, string Language, string TimeZone, Permission Permission);
