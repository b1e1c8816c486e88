using System.Globalization;
using Holdfast.Core.Listening;
using Holdfast.Core.Reading;
using Microsoft.AspNetCore.WebUtilities;

namespace Holdfast.Listening;

/// <summary>Which mentions are looked at; stands in the address of the page, so that it can be sent to a colleague.</summary>
public sealed record MentionFilter
{
    public Guid? Brand { get; init; }

    public Guid? Monitor { get; init; }

    public string? Network { get; init; }

    public SentimentClass? Class { get; init; }

    public Intent? Intent { get; init; }

    /// <summary>At least this level: 4 or 5.</summary>
    public int? Risk { get; init; }

    public string? Language { get; init; }

    /// <summary>A query in the grammar of the monitors.</summary>
    public string? Search { get; init; }

    public MentionKey? Before { get; init; }

    /// <summary>What cannot be understood is left out: an old or mistyped address still shows something.</summary>
    public static MentionFilter Read(IQueryCollection query) => new()
    {
        Brand = Guid.TryParse(query["brand"], out var brand) ? brand : null,
        Monitor = Guid.TryParse(query["monitor"], out var monitor) ? monitor : null,
        Network = Text(query["network"], 40),
        Class = Enum.TryParse<SentimentClass>(query["class"], ignoreCase: true, out var @class) && Enum.IsDefined(@class) ? @class : null,
        Intent = Enum.TryParse<Intent>(query["intent"], ignoreCase: true, out var intent) && Enum.IsDefined(intent) ? intent : null,
        Risk = int.TryParse(query["risk"], NumberStyles.None, CultureInfo.InvariantCulture, out var risk) && risk is 4 or 5 ? risk : null,
        Language = Text(query["lang"], 10),
        Search = Text(query["q"], MonitorQuery.MaxLength),
        Before = MentionKey.Read(query["before"]),
    };

    public string Address => QueryHelpers.AddQueryString("/listen", new Dictionary<string, string?>
    {
        ["brand"] = Brand?.ToString(),
        ["monitor"] = Monitor?.ToString(),
        ["network"] = Network,
        ["class"] = Class?.ToString(),
        ["intent"] = Intent?.ToString(),
        ["risk"] = Risk?.ToString(CultureInfo.InvariantCulture),
        ["lang"] = Language,
        ["q"] = Search,
        ["before"] = Before?.ToString(),
    }.Where(p => p.Value is not null).ToDictionary());

    public bool IsNarrow => this with { Brand = null, Before = null } != new MentionFilter();

    private static string? Text(string? value, int most) =>
        value?.Trim() is { Length: > 0 } text && text.Length <= most && !text.Contains('\0') ? text : null;
}

/// <summary>A place in the stream: newest first, then by post and brand, so that no two mentions share it.</summary>
public readonly record struct MentionKey(DateTimeOffset At, Guid Post, Guid Brand)
{
    private const char Divider = '_';

    public static MentionKey? Read(string? text) =>
        text?.Split(Divider) is [var ticks, var post, var brand]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < DateTimeOffset.MaxValue.UtcTicks
        && Guid.TryParse(post, out var postId) && Guid.TryParse(brand, out var brandId)
            ? new MentionKey(new DateTimeOffset(at, TimeSpan.Zero), postId, brandId)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}{Divider}{Post:N}{Divider}{Brand:N}");
}
