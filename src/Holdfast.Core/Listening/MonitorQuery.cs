namespace Holdfast.Core.Listening;

/// <summary>A parsed boolean query (BEHAVIOUR 1). The text is kept as its author wrote it.</summary>
public sealed record MonitorQuery(string Text)
{
    public static Result<MonitorQuery> Parse(string text) => new MonitorQuery(text);
}
