namespace Holdfast.Core.Detection;

/// <summary>The five levels of BEHAVIOUR 4. At two and below it is not a crisis.</summary>
public enum Level
{
    One = 1,
    Two = 2,
    Three = 3,
    Four = 4,
    Five = 5,
}
