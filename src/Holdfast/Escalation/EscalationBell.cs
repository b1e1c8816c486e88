using Holdfast.Database;

namespace Holdfast.Escalation;

/// <summary>Rings when a page or an attempt was written on any node.</summary>
internal sealed class EscalationBell(Changes changes, TimeProvider time) : Bell(changes, time, PageBook.Topic, TimeSpan.FromMilliseconds(50));
