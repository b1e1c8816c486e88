namespace Holdfast.People;

/// <summary>The demo's door: anyone who reaches the page may enter as any of its invented people. Closed everywhere else.</summary>
internal sealed record OpenDoor(bool IsOpen);
