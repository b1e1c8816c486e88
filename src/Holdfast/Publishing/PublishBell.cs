using Holdfast.Database;

namespace Holdfast.Publishing;

/// <summary>Rings when a post or a freeze was written on any node.</summary>
internal sealed class PublishBell(Changes changes, TimeProvider time) : Bell(changes, time, PublishSql.Topic, TimeSpan.FromMilliseconds(20));
