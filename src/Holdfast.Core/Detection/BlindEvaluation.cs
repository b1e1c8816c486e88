using Holdfast.Core.Listening;

namespace Holdfast.Core.Detection;

public sealed partial record BlindRule
{
    internal const string Silent = "silent";
    internal const string Missed = "missed";

    /// <summary>The finding of this minute of our clock, or null where the source can be relied on.</summary>
    public Finding? Evaluate(SourceId source, SourceHealth health, DateTimeOffset now)
    {
        if (Off || !health.IsBlind)
        {
            return null;
        }

        var silent = health.Since is { } since ? Math.Max(0, Math.Floor((now - since).TotalMinutes)) : 0;
        List<Figure> figures = [new(Silent, silent, "minutes")];
        if (health.Missed is { } missed)
        {
            figures.Add(new(Missed, Math.Round(missed), "posts"));
        }

        return new(Subject.Of(SignalKind.Blind, this) with { Source = source }, Minutes.Floor(now), silent, figures, []);
    }
}
