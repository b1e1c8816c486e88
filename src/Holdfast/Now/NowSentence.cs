using System.Globalization;
using Holdfast.Core.Detection;
using Holdfast.Shell;

namespace Holdfast.Now;

/// <summary>The state of everything in words that could be read aloud.</summary>
internal static class NowSentence
{
    /// <summary>More names than this are counted instead of named.</summary>
    private const int Named = 3;

    public static string Of(NowView view, Words<NowPage> T)
    {
        if (view.Brands.Count == 0)
        {
            return T["sentence.nothing"];
        }

        var troubled = view.Brands.Where(brand => brand.Worst is not null).ToList();
        var unknown = view.Brands.Where(brand => brand.Worst is null && brand.Level is null).ToList();
        var watched = view.Brands.Where(brand => brand.Level == Level.Two && brand.Worst is null).ToList();
        var unheard = view.Brands.Where(brand => brand.Level == Level.One && brand.Worst is null && !brand.Listening).ToList();
        var calm = view.Brands.Where(brand => brand.Level == Level.One && brand.Worst is null && brand.Listening).ToList();

        IEnumerable<string> clauses =
        [
            .. Clauses(troubled, brand => Trouble(brand, view, T), "sentence.others-troubled", T),
            .. Clauses(unknown, brand => Unknown(brand, view.At, T), "sentence.others-unknown", T),
            .. Clauses(watched, brand => T["sentence.watched", brand.Name], "sentence.others-watched", T),
            .. Clauses(unheard, brand => T["sentence.unheard", brand.Name], "sentence.others-unheard", T),
            .. calm.Count <= Named
                ? calm.Select(brand => T["sentence.calm", brand.Name])
                : [T.Count(troubled.Count + unknown.Count + watched.Count > 0 ? "sentence.others-calm" : "sentence.all-calm", calm.Count)],
        ];
        var states = Capitalised(string.Join("; ", clauses)) + ".";
        return view.Situations.Count == 0 ? states : $"{T.Count("sentence.need", view.Situations.Count)} {states}";
    }

    private static IEnumerable<string> Clauses(List<BrandNow> brands, Func<BrandNow, string> say, string others, Words<NowPage> T) =>
        brands.Count <= Named
            ? brands.Select(say)
            : [.. brands.Take(Named - 1).Select(say), T.Count(others, brands.Count - Named + 1)];

    private static string Trouble(BrandNow brand, NowView view, Words<NowPage> T)
    {
        var worst = brand.Worst!;
        var since = Zones.In(view.Zone ?? brand.Zone, worst.OpenedAt);
        var clock = since.ToString(view.At - worst.OpenedAt < TimeSpan.FromHours(20) ? "HH:mm" : "d MMM HH:mm", CultureInfo.CurrentCulture);
        return worst.Proposed is { } proposed
            ? T["sentence.proposed", brand.Name, (int)worst.Level, clock, (int)proposed]
            : T[$"sentence.trouble.{Key(brand.PulseUntil is null ? brand.Pulse.Trend : Trend.Steady)}", brand.Name, (int)worst.Level, clock];
    }

    private static string Unknown(BrandNow brand, DateTimeOffset now, Words<NowPage> T) => brand.Blind[0] switch
    {
        { Error: not null } source => T["sentence.unknown.fails", brand.Name, source.Name],
        { Since: null } source => T["sentence.unknown.never", brand.Name, source.Name],
        { Since: { } since } source when now - since < TimeSpan.FromHours(2) =>
            T.Count("sentence.unknown.minutes", (long)(now - since).TotalMinutes, brand.Name, source.Name),
        { Since: { } since } source => T.Count("sentence.unknown.hours", (long)(now - since).TotalHours, brand.Name, source.Name),
    };

    private static string Key(Trend trend) => trend switch { Trend.Rising => "rising", Trend.Falling => "falling", _ => "steady" };

    private static string Capitalised(string text) => text.Length == 0 ? text : char.ToUpper(text[0], CultureInfo.CurrentCulture) + text[1..];
}
