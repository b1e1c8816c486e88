namespace Holdfast.Core.Situations;

/// <summary>One line of a timeline. <paramref name="Seq"/> counts from 1 without gaps; <paramref name="At"/> is whole microseconds, UTC.</summary>
public sealed record TimelineEntry(int Seq, DateTimeOffset At, Actor Who, TimelineEvent Event);
