using Holdfast.Core.Brands;
using Holdfast.Core.Drills;

namespace Holdfast.Detection;

/// <summary>A curve of the library as a history: the invented brand's posts, read as all posts are, the event marked with the truth.</summary>
internal static class CurveHistory
{
    private static readonly Brand Aurelka = new(new(new Guid(1, 0, 0, new byte[8])), "Aurelka", ["aurelka"], ["en", "pl"], "Europe/Warsaw");

    /// <summary>Shown before the event begins.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(24);

    public static BacktestInput Of(CurveFamily family, int seed, CancellationToken cancel)
    {
        var curve = CurveLibrary.Make(family, seed);
        var mark = new MarkedStretch(curve.BeganAt, curve.EndedAt, curve.IsCrisis ? Verdict.Real : Verdict.FalseAlarm, curve.BeganAt);
        return PostsHistory.Of(Aurelka, null, curve.Posts, cancel) with { Marks = [mark], ShownFrom = curve.BeganAt - Before };
    }
}
