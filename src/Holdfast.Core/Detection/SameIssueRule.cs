namespace Holdfast.Core.Detection;

/// <summary>Different people complaining about the same thing within a window (BEHAVIOUR 3.2).</summary>
/// <param name="People">How many different people must resemble one post, its own author among them.</param>
public sealed partial record SameIssueRule(
    string Name, Level Level, int People, TimeSpan Window, bool Shadow = false, bool Off = false) : IRule
{
    /// <summary>BEHAVIOUR 3.2: "10 different people complaining about the same thing within 60 minutes". The tenth fires.</summary>
    public const int DefaultPeople = 10;

    /// <summary>BEHAVIOUR 3.2.</summary>
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromMinutes(60);

    public static SameIssueRule Default { get; } = new("same-issue", Level.Three, DefaultPeople, DefaultWindow);
}
