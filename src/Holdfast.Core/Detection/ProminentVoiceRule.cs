namespace Holdfast.Core.Detection;

/// <summary>A negative post by the press, an official, or someone whom many follow (BEHAVIOUR 3.5).</summary>
/// <param name="People">Different ones within the window.</param>
public sealed partial record ProminentVoiceRule(
    string Name, Level Level, long MoreThanFollowers, TimeSpan Window, bool Shadow = false, bool Off = false, int People = 1) : IRule
{
    /// <summary>BEHAVIOUR 3.5: "someone with more than 50,000 followers".</summary>
    public const long DefaultFollowers = 50_000;

    /// <summary>Our own choice: what prominent people say within an hour of each other is one signal.</summary>
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromHours(1);

    public static ProminentVoiceRule Default { get; } = new("prominent-voice", Level.Two, DefaultFollowers, DefaultWindow);

    /// <summary>BEHAVIOUR 3.5, "L3 if it spreads", read as: a second prominent person takes it up within the hour.</summary>
    public static ProminentVoiceRule Spreading { get; } = new("prominent-voices", Level.Three, DefaultFollowers, DefaultWindow, People: 2);
}
