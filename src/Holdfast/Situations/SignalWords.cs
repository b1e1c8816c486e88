using Holdfast.Core.Detection;
using Holdfast.Shell;

namespace Holdfast.Situations;

/// <summary>A signal's rule and figures as a reason: "23 different people said the same within 60 minutes (rule: 10)".</summary>
internal static class SignalWords
{
    public static string Because(SignalKind kind, IReadOnlyList<Figure> figures, Words<RoomPage> T)
    {
        var first = figures.Count > 0 ? Number(figures[0].Value) : "?";
        var limit = Of(figures, "limit");
        var window = Of(figures, "window");
        return kind switch
        {
            SignalKind.SameIssue => T["because.same", first, window ?? "60", limit ?? "?"]
                + (Of(figures, "coordinated") is { } accounts ? T["because.coordinated", accounts] : ""),
            SignalKind.Threshold => limit is null ? T["because.other", first, T[$"kind.{kind}"]] : T["because.threshold", first, limit],
            SignalKind.Spike => T["because.spike", first, Of(figures, "expected") ?? "?", Of(figures, "once in") ?? "?"],
            SignalKind.Forecast => T["because.forecast", Of(figures, "negative") ?? "?", limit ?? "?", Of(figures, "likely after") ?? "?"]
                + (Of(figures, "blind before") is { } blind ? T["because.forecast.blind", blind] : ""),
            SignalKind.Spread => T["because.spread", Of(figures, "elsewhere") ?? first, Of(figures, "usual") ?? "?", Of(figures, "press") ?? "?"],
            SignalKind.RiskWord => T.Count("because.risk", figures.Count > 0 ? (long)figures[0].Value : 1),
            SignalKind.ProminentVoice => T["because.voice", Of(figures, "reach") ?? first],
            SignalKind.Blind => T["because.blind"],
            _ => T["because.other", first, T[$"kind.{kind}"]],
        };
    }

    private static string? Of(IReadOnlyList<Figure> figures, string name) =>
        figures.FirstOrDefault(figure => figure.Name == name) is { } figure ? Number(figure.Value) : null;

    private static string Number(double value) => value.ToString("#,0.#", System.Globalization.CultureInfo.CurrentCulture);
}
