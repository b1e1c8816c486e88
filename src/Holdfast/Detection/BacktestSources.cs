using System.Globalization;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Drills;
using Holdfast.Core.Listening;
using Holdfast.Listening;

namespace Holdfast.Detection;

/// <summary>From when to when; null where it was not said.</summary>
internal sealed record AskedSpan(DateTimeOffset? From, DateTimeOffset? To);

/// <summary>Histories for the command that come from elsewhere than the database.</summary>
internal static class BacktestSources
{
    public static async Task<Result<BacktestInput>> PostsAsync(BacktestAsked asked, CancellationToken cancel)
    {
        var named = BrandDraft.Check(
            asked.Brand ?? Path.GetFileName(asked.Posts), asked.Brand is null ? null : Handle(asked.Brand), ["en", "pl"], asked.Zone ?? "UTC");
        var network = (asked.Network ?? "").Trim().ToLowerInvariant();
        if (!named.Succeeded(out var draft) || !PostRules.IsNetwork(network))
        {
            return Result<BacktestInput>.Refused([.. named.Refusals, .. PostRules.IsNetwork(network) ? (Refusal[])[] : [SourceRefusals.Network]]);
        }

        var text = asked.Query ?? (asked.Brand is null ? null : draft.FirstQuery());
        var parsed = text is null ? null : (Result<MonitorQuery>?)MonitorQuery.Parse(text);
        var opened = ImportReader.Open(new(asked.Posts!, network, new Dictionary<string, string>()), TimeProvider.System);
        var brand = new Brand(new(new Guid(1, 0, 0, new byte[8])), draft.Name, draft.Handles, draft.Languages, draft.TimeZone);
        var spanned = Span(asked, TimeZoneInfo.FindSystemTimeZoneById(draft.TimeZone));
        if (!opened.Succeeded(out var reader) || !spanned.Succeeded(out var span) || parsed is { Refusals.Count: > 0 })
        {
            return Result<BacktestInput>.Refused([.. opened.Refusals, .. spanned.Refusals, .. parsed?.Refusals ?? []]);
        }

        var posts = new List<Post>();
        using (reader)
        {
            await foreach (var (item, _) in reader.ReadAsync(cancel))
            {
                if (item is not null && !(item.Post.At < span.From) && !(item.Post.At >= span.To))
                {
                    posts.Add(item.Post);
                }
            }
        }

        return PostsHistory.Of(brand, parsed?.Value, posts, cancel);
    }

    public static Result<BacktestInput> Curve(string name, int seed, CancellationToken cancel) =>
        CurveLibrary.Find(name) is { } family
            ? CurveHistory.Of(family, seed, cancel)
            : new Refusal("backtest.no-such-curve", $"There is no curve {name}. There are: {string.Join(", ", CurveLibrary.Names)}.");

    public static Result<AskedSpan> Span(BacktestAsked asked, TimeZoneInfo zone)
    {
        var (from, to) = (Instant(asked.From, "--from", zone), Instant(asked.To, "--to", zone));
        return from.Succeeded(out var first) && to.Succeeded(out var last)
            ? new AskedSpan(first.At, last.At)
            : Result<AskedSpan>.Refused([.. from.Refusals, .. to.Refusals]);
    }

    private static Result<MaybeInstant> Instant(string? text, string option, TimeZoneInfo zone)
    {
        if (text is null)
        {
            return new MaybeInstant(null);
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            var midnight = day.ToDateTime(TimeOnly.MinValue);
            return new MaybeInstant(new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)));
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new MaybeInstant(at)
            : new Refusal("backtest.bad-time", $"{option} {text} is neither a day (2015-02-22) nor an instant (2015-02-22T10:00Z).");
    }

    private static string Handle(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    private sealed record MaybeInstant(DateTimeOffset? At);
}
