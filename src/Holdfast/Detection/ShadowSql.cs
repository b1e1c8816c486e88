using System.Text.Json;
using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>What was raised live, in shadow and not, for the weekly report.</summary>
internal static class ShadowSql
{
    private const string Signals = """
        select kind, rule, level, at_once, shadow, started_at, last_at, peak_at, figures::text as figures, words, posts
        from signal
        where brand_id = @brand and merged_into is null and kind <> 'Blind' and last_at >= @since
          and exists (select from signal s where s.brand_id = @brand and s.shadow and s.last_at >= @since)
        """;

    /// <summary>Empty where nothing ran in shadow.</summary>
    public static async Task<IReadOnlyList<SignalRun>> SignalsAsync(NpgsqlConnection connection, BrandId brand, DateTimeOffset since, CancellationToken cancel) =>
        [.. (await connection.QueryAsync<SignalRow>(new CommandDefinition(Signals, new { brand, since }, cancellationToken: cancel))).Select(row => row.ToRun())];

    private sealed record SignalRow
    {
        public string Kind { get; init; } = "";

        public string Rule { get; init; } = "";

        public short Level { get; init; }

        public bool AtOnce { get; init; }

        public bool Shadow { get; init; }

        public DateTimeOffset StartedAt { get; init; }

        public DateTimeOffset LastAt { get; init; }

        public DateTimeOffset PeakAt { get; init; }

        public string Figures { get; init; } = "[]";

        public string[] Words { get; init; } = [];

        public Guid[] Posts { get; init; } = [];

        public SignalRun ToRun()
        {
            var subject = new Subject(Enum.Parse<SignalKind>(Kind), Rule, (Level)Level, TimeSpan.FromHours(1), AtOnce, Shadow);
            var figures = JsonSerializer.Deserialize<List<Figure>>(Figures, Json.Options) ?? [];
            var posts = Array.ConvertAll(Posts, post => new PostAt(StartedAt, new(post)));
            return new(subject, StartedAt, LastAt, new(subject, PeakAt, 0, figures, [], Words.Length > 0 ? new([], Words) : null), posts, new HashSet<PostAt>());
        }
    }
}
