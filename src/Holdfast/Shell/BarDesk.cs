using Holdfast.Database;
using Holdfast.Freezing;

namespace Holdfast.Shell;

/// <summary>What the parts around a page show: the banners, what is frozen, and what the freeze's sheet offers.</summary>
/// <param name="Situation">The one whose page it is.</param>
/// <param name="Brand">Of that situation; null where there is none.</param>
internal sealed record Bar(
    IReadOnlyList<BarSql.UnansweredRow> Unanswered,
    IReadOnlyList<BarSql.StillRow> Still,
    IReadOnlyList<FreezeLine> Standing,
    IReadOnlyList<BarSql.ScopeChoice> Choices,
    BarSql.DueCounts Due,
    Guid? Situation,
    Guid? Brand);

/// <summary>Reads the bar once a request, whichever of its parts asks first.</summary>
internal sealed class BarDesk(Store store, TimeProvider time)
{
    private Task<Bar>? _bar;

    public Task<Bar> OfAsync(HttpContext context) => _bar ??= ReadAsync(SituationOf(context.Request.Path), context.RequestAborted);

    private async Task<Bar> ReadAsync(Guid? situation, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await BarSql.ReadAsync(connection, situation, time.GetUtcNow(), cancel);
    }

    private static Guid? SituationOf(PathString path) =>
        path.Value?.Split('/') is ["", "situations", var text, ..] && Guid.TryParse(text, out var id) ? id : null;
}
