using System.Data.Common;
using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Publishing;

namespace Holdfast.Publishing;

/// <summary>Posts as the calendar and the list show them.</summary>
internal static class CalendarSql
{
    public const int PageLength = 60;

    private const string Columns = """
        p.id, p.set_id as set, p.account_id as account, p.network, a.handle, left(p.text, 280) as text, p.state, p.held_because as held, p.due_at,
        p.outcome, p.network_ref ->> 'url' as url, jsonb_array_length(p.media) as pictures, p.purpose
        """;

    private const string Between = $"""
        select {Columns} from scheduled_post p join account a on a.id = p.account_id
        where p.brand_id = @brand and p.purpose <> 'Deletion' and p.due_at >= @from and p.due_at < @to and p.state <> 'Dropped' and (@account::uuid is null or p.account_id = @account)
        order by p.due_at, p.set_id, p.network limit 5000
        """;

    // By key: time, then id.
    private const string Listed = $"""
        select {Columns} from scheduled_post p join account a on a.id = p.account_id
        where p.brand_id = @brand and p.purpose <> 'Deletion' and p.state = any(@states) and (@account::uuid is null or p.account_id = @account) and p.due_at is not null
          and (@from::timestamptz is null or p.due_at >= @from) and (@after::timestamptz is null or (p.due_at, p.id) > (@after, @afterId))
        order by p.due_at, p.id limit @limit
        """;

    private const string LatestFirst = $"""
        select {Columns} from scheduled_post p join account a on a.id = p.account_id
        where p.brand_id = @brand and p.purpose <> 'Deletion' and p.state = any(@states) and (@account::uuid is null or p.account_id = @account) and p.due_at is not null
          and (@after::timestamptz is null or (p.due_at, p.id) < (@after, @afterId))
        order by p.due_at desc, p.id desc limit @limit
        """;

    private const string Untimed = $"""
        select {Columns} from scheduled_post p join account a on a.id = p.account_id
        where p.brand_id = @brand and p.purpose <> 'Deletion' and p.state = any(@states) and (@account::uuid is null or p.account_id = @account) and p.due_at is null
        order by p.id desc limit 500
        """;

    private const string Counts = """
        select state, count(*) as posts, count(*) filter (where due_at is null) as untimed from scheduled_post
        where brand_id = @brand and purpose <> 'Deletion' group by state
        """;

    public static async Task<List<CalendarRow>> BetweenAsync(
        DbConnection connection, BrandId brand, DateTimeOffset from, DateTimeOffset to, Guid? account, CancellationToken cancel) =>
        (await connection.QueryAsync<CalendarRow>(new CommandDefinition(Between, new { brand, from, to, account }, cancellationToken: cancel))).AsList();

    /// <param name="from">Not before this; null: from the first there is.</param>
    /// <param name="after">The last one seen, by its time and id.</param>
    public static async Task<List<CalendarRow>> ListedAsync(
        DbConnection connection, CalendarQuery query, DateTimeOffset? from, (DateTimeOffset At, Guid Id)? after, bool latestFirst, CancellationToken cancel) =>
        (await connection.QueryAsync<CalendarRow>(new CommandDefinition(latestFirst ? LatestFirst : Listed, new
        {
            query.Brand,
            states = Names(query),
            query.Account,
            from,
            after = after?.At,
            afterId = after?.Id,
            limit = PageLength + 1,
        }, cancellationToken: cancel))).AsList();

    /// <summary>Drafts that have no time yet.</summary>
    public static async Task<List<CalendarRow>> UntimedAsync(DbConnection connection, CalendarQuery query, CancellationToken cancel) =>
        (await connection.QueryAsync<CalendarRow>(new CommandDefinition(
            Untimed, new { query.Brand, states = Names(query), query.Account }, cancellationToken: cancel))).AsList();

    public static async Task<IReadOnlyDictionary<PostState, (long Posts, long Untimed)>> CountsAsync(DbConnection connection, BrandId brand, CancellationToken cancel) =>
        (await connection.QueryAsync<CountRow>(new CommandDefinition(Counts, new { brand }, cancellationToken: cancel)))
            .ToDictionary(row => row.State, row => (row.Posts, row.Untimed));

    private static List<string> Names(CalendarQuery query) => [.. query.States.Select(state => state.ToString())];

    private sealed record CountRow
    {
        public PostState State { get; init; }
        public long Posts { get; init; }
        public long Untimed { get; init; }
    }
}

/// <summary>Which posts of a brand.</summary>
internal sealed record CalendarQuery(BrandId Brand, IReadOnlyList<PostState> States, Guid? Account);

/// <summary>One account's version of a post, in a line.</summary>
public sealed record CalendarRow
{
    public ScheduledPostId Id { get; init; }
    public Guid Set { get; init; }
    public AccountId Account { get; init; }
    public string Network { get; init; } = "";
    public string Handle { get; init; } = "";
    public string Text { get; init; } = "";
    public PostState State { get; init; }
    public HeldBecause? Held { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public string? Outcome { get; init; }
    public string? Url { get; init; }
    public int Pictures { get; init; }
    public PostPurpose Purpose { get; init; }

    /// <summary>Only what has not left can be moved.</summary>
    public bool Movable => State is PostState.Draft or PostState.AwaitingApproval or PostState.Scheduled or PostState.Held;
}
