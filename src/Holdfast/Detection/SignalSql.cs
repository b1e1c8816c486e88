using System.Text.Json;
using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>The statements that keep signals, their posts and topics.</summary>
internal static class SignalSql
{
    // Of the posts only those near the new ones are read: what lies further back can touch nothing new.
    private const string Stored = """
        select s.id, s.kind, s.rule, s.monitor_id, s.source_id, s.topic_id, s.level, s.at_once, s.shadow, s.started_at, s.last_at, s.peak_at,
               s.figures, s.words, s.posts as first, p.posts, p.ats, p.cores
        from signal s
        left join lateral (
          select array_agg(post_id) as posts, array_agg(at) as ats, array_agg(core) as cores
          from signal_post where signal_id = s.id and at >= @from) p on true
        where s.brand_id = @brand and s.merged_into is null and s.last_at >= @from and s.started_at <= @to and s.kind = any(@kinds)
        """;

    private const string LockBlind = "select pg_advisory_xact_lock(hashtextextended('blindness of ' || @brand::text, 0))";

    private const string Insert = """
        insert into signal (id, brand_id, kind, rule, monitor_id, topic_id, source_id, level, started_at, last_at, raised_at,
                            figures, posts, shadow, peak_at, words, at_once)
        values (@id, @brand, @kind, @rule, @monitor, @topic, @source, @level, @started, @last, @now,
                @figures::jsonb, @posts, @shadow, @peak, @words, @atOnce)
        """;

    private const string Grow = """
        update signal set started_at = @started, last_at = @last, figures = @figures::jsonb, posts = @posts, peak_at = @peak, words = @words
        where id = @id
        """;

    private const string SetPosts = "update signal set posts = @posts where id = @id";

    private const string AddPosts = """
        insert into signal_post (signal_id, at, post_id, core)
        select @id, at, post_id, core from unnest(@ats, @posts, @cores) as p (at, post_id, core)
        on conflict (signal_id, at, post_id) do update set core = true where excluded.core and not signal_post.core
        """;

    private const string FirstPosts = "select post_id from signal_post where signal_id = @id order by at, post_id limit @most";

    private const string TakePosts = """
        insert into signal_post (signal_id, at, post_id, core)
        select @id, at, post_id, core from signal_post where signal_id = any(@absorbed)
        on conflict (signal_id, at, post_id) do update set core = true where excluded.core and not signal_post.core
        """;

    private const string Absorb = "update signal set merged_into = @id where id = any(@absorbed)";

    // The posts behind a count: all that were counted from the first window to the last, the earliest.
    private const string Behind = """
        select post_id from mention
        where brand_id = @brand and at >= @from and at < @to and monitors @> array[@monitor]::uuid[]
          and (not @negative or counted_negative)
        order by at, post_id limit @most
        """;

    public static async Task<IReadOnlyList<StoredSignal>> StoredAsync(
        NpgsqlTransaction transaction, Watched watched, MinuteSpan span, IReadOnlyList<SignalKind> kinds, CancellationToken cancel)
    {
        var rows = await transaction.Connection!.QueryAsync<StoredRow>(new CommandDefinition(
            Stored,
            new { brand = watched.Brand.Id, from = span.From, to = span.To, kinds = kinds.Select(kind => kind.ToString()).ToArray() },
            transaction,
            cancellationToken: cancel));
        var windows = watched.Rules.All().ToDictionary(rule => rule.Name, rule => rule.Window);
        return [.. rows.Where(row => windows.ContainsKey(row.Rule)).Select(row => row.ToStored(windows[row.Rule]))];
    }

    public static Task LockBlindAsync(NpgsqlTransaction transaction, BrandId brand, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(LockBlind, new { brand = brand.Value }, transaction, cancellationToken: cancel));

    public static Task InsertAsync(NpgsqlTransaction transaction, Signal signal, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Insert,
            new
            {
                id = signal.Id,
                brand = signal.Brand,
                kind = signal.Kind.ToString(),
                rule = signal.Rule,
                monitor = signal.Monitor?.Value,
                topic = signal.Topic?.Value,
                source = signal.Source?.Value,
                level = (short)signal.Level,
                started = signal.StartedAt,
                last = signal.LastAt,
                now,
                figures = Json.Write(signal.Figures),
                posts = signal.Posts.Select(post => post.Value).ToArray(),
                shadow = signal.Shadow,
                peak = signal.PeakAt ?? signal.LastAt,
                words = signal.TopicWords.ToArray(),
                atOnce = signal.AtOnce,
            },
            transaction,
            cancellationToken: cancel));

    public static Task GrowAsync(NpgsqlTransaction transaction, Signal signal, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Grow,
            new
            {
                id = signal.Id,
                started = signal.StartedAt,
                last = signal.LastAt,
                figures = Json.Write(signal.Figures),
                posts = signal.Posts.Select(post => post.Value).ToArray(),
                peak = signal.PeakAt ?? signal.LastAt,
                words = signal.TopicWords.ToArray(),
            },
            transaction,
            cancellationToken: cancel));

    public static Task SetPostsAsync(NpgsqlTransaction transaction, SignalId id, IReadOnlyList<PostId> posts, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            SetPosts, new { id, posts = posts.Select(post => post.Value).ToArray() }, transaction, cancellationToken: cancel));

    public static Task AddPostsAsync(NpgsqlTransaction transaction, SignalId id, SignalRun run, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            AddPosts,
            new
            {
                id,
                ats = run.Posts.Select(post => post.At).ToArray(),
                posts = run.Posts.Select(post => post.Post.Value).ToArray(),
                cores = run.Posts.Select(run.Cores.Contains).ToArray(),
            },
            transaction,
            cancellationToken: cancel));

    public static async Task<IReadOnlyList<PostId>> FirstPostsAsync(NpgsqlTransaction transaction, SignalId id, CancellationToken cancel) =>
        [.. await transaction.Connection!.QueryAsync<PostId>(
            new CommandDefinition(FirstPosts, new { id, most = Signal.MaxPosts }, transaction, cancellationToken: cancel))];

    public static async Task AbsorbAsync(NpgsqlTransaction transaction, SignalId id, IReadOnlyList<SignalId> absorbed, CancellationToken cancel)
    {
        var parameters = new { id, absorbed = absorbed.Select(one => one.Value).ToArray() };
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(TakePosts, parameters, transaction, cancellationToken: cancel));
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(Absorb, parameters, transaction, cancellationToken: cancel));
    }

    public static async Task<IReadOnlyList<PostId>> BehindAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, BrandId brand, IPulseRule rule, SignalRun run, CancellationToken cancel) =>
        [.. await connection.QueryAsync<PostId>(new CommandDefinition(
            Behind,
            new
            {
                brand,
                from = rule.BehindFrom(run),
                to = run.LastAt.AddMinutes(1),
                monitor = run.Subject.Monitor!.Value.Value,
                negative = rule.Metric == Metric.Negative,
                most = Signal.MaxPosts,
            },
            transaction,
            cancellationToken: cancel))];

    private sealed record StoredRow
    {
        public SignalId Id { get; init; }

        public string Kind { get; init; } = "";

        public string Rule { get; init; } = "";

        public Guid? MonitorId { get; init; }

        public Guid? SourceId { get; init; }

        public Guid? TopicId { get; init; }

        public short Level { get; init; }

        public bool AtOnce { get; init; }

        public bool Shadow { get; init; }

        public DateTimeOffset StartedAt { get; init; }

        public DateTimeOffset LastAt { get; init; }

        public DateTimeOffset PeakAt { get; init; }

        public string Figures { get; init; } = "[]";

        public string[] Words { get; init; } = [];

        public Guid[] First { get; init; } = [];

        public Guid[]? Posts { get; init; }

        public DateTimeOffset[]? Ats { get; init; }

        public bool[]? Cores { get; init; }

        public StoredSignal ToStored(TimeSpan window)
        {
            var posts = (Posts ?? []).Zip(Ats ?? [], (post, at) => new PostAt(at, new(post))).ToList();
            var cores = posts.Zip(Cores ?? []).Where(pair => pair.Second).Select(pair => pair.First).ToList();
            var figures = JsonSerializer.Deserialize<List<Figure>>(Figures, Json.Options) ?? [];
            var subject = new Subject(
                Enum.Parse<SignalKind>(Kind), Rule, (Level)Level, window, AtOnce, Shadow,
                MonitorId is { } monitor ? new(monitor) : null, SourceId is { } source ? new(source) : null);
            var peak = new Finding(
                subject, PeakAt, figures.Count > 0 ? figures[0].Value : 0, figures, [], Words.Length > 0 ? new(cores, Words) : null);
            posts.Sort();
            return new(Id, TopicId is { } topic ? new(topic) : null, Array.ConvertAll(First, post => new PostId(post)), new(subject, StartedAt, LastAt, peak, posts, cores.ToHashSet()));
        }
    }
}

/// <summary>A signal as it is stored, with those of its posts that new ones can touch.</summary>
internal sealed record StoredSignal(SignalId Id, TopicId? Topic, IReadOnlyList<PostId> First, SignalRun Run);
