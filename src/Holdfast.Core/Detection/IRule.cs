namespace Holdfast.Core.Detection;

/// <summary>What every rule of a plan has: a stable name, the level it asks for, and the stretch of event time it looks at.</summary>
public interface IRule
{
    /// <summary>Stable, lower case, unique in its rule set: stored with each signal.</summary>
    string Name { get; }

    Level Level { get; }

    /// <summary>Runs of findings closer than this are one signal.</summary>
    TimeSpan Window { get; }

    /// <summary>Records what it would have done and does nothing.</summary>
    bool Shadow { get; }

    bool Off { get; }
}
