namespace Holdfast.Core.Detection;

/// <summary>A source that is dead, failing or oddly silent (BEHAVIOUR 1, Blindness). Judged by our clock, not by event time.</summary>
public sealed partial record BlindRule(string Name, Level Level, TimeSpan Window, bool Shadow = false, bool Off = false) : IRule
{
    /// <summary>Our own choice: a source that comes and goes within a quarter of an hour is one signal.</summary>
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromMinutes(15);

    /// <summary>Our own choice: someone must reconnect it (level 2), but a dead source is not a crisis of the brand.</summary>
    public static BlindRule Default { get; } = new("blind", Level.Two, DefaultWindow);
}
