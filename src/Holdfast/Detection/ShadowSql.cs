using System.Text.Json;
using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.People;
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

    private const string Brands = """
        select distinct s.brand_id from signal s join brand b on b.id = s.brand_id
        where s.shadow and s.raised_at >= @since and b.retired_at is null
        """;

    // Whoever has the lock looks; the others find what it wrote.
    private const string First = """
        select pg_advisory_xact_lock(hashtextextended('shadow report of ' || @brand::text, 0));
        select not exists (select from attempt where note = @note);
        """;

    // Where nobody leads, whoever may command.
    private const string Mails = """
        select id, mail from person
        where left_at is null and mail <> '' and case when cardinality(@people) > 0 then id = any(@people) else permission in ('Command', 'Administer') end
        """;

    public static async Task<IReadOnlyList<BrandId>> BrandsAsync(NpgsqlConnection connection, DateTimeOffset since, CancellationToken cancel) =>
        [.. await connection.QueryAsync<BrandId>(new CommandDefinition(Brands, new { since }, cancellationToken: cancel))];

    /// <summary>Whether nobody wrote this message yet; until the transaction ends nobody else does.</summary>
    public static async Task<bool> FirstAsync(NpgsqlTransaction transaction, BrandId brand, string note, CancellationToken cancel)
    {
        await using var results = await transaction.Connection!.QueryMultipleAsync(
            new CommandDefinition(First, new { brand = brand.Value, note }, transaction, cancellationToken: cancel));
        await results.ReadAsync();
        return await results.ReadSingleAsync<bool>();
    }

    public static async Task<IReadOnlyList<(PersonId Person, string Mail)>> MailsAsync(
        NpgsqlTransaction transaction, IReadOnlyList<PersonId> people, CancellationToken cancel) =>
        [.. (await transaction.Connection!.QueryAsync<MailRow>(new CommandDefinition(
            Mails, new { people = people.Select(person => person.Value).ToArray() }, transaction, cancellationToken: cancel)))
            .Select(row => (row.Id, row.Mail))];

    /// <summary>Empty where nothing ran in shadow.</summary>
    public static async Task<IReadOnlyList<SignalRun>> SignalsAsync(NpgsqlConnection connection, BrandId brand, DateTimeOffset since, CancellationToken cancel) =>
        [.. (await connection.QueryAsync<SignalRow>(new CommandDefinition(Signals, new { brand, since }, cancellationToken: cancel))).Select(row => row.ToRun())];

    private sealed record MailRow
    {
        public PersonId Id { get; init; }

        public string Mail { get; init; } = "";
    }

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
