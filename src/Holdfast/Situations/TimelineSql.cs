using Dapper;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Situations;

/// <summary>A situation as read for a change, with the seal of its last entry.</summary>
internal sealed record LoadedSituation(Situation State, byte[] LastHash);

/// <summary>Reads timelines and is the only writer of them.</summary>
internal static class TimelineSql
{
    // Not the key: rows that only refer to the situation (a freeze, a post) need not wait for who writes its timeline.
    private const string LockSql = "select id from situation where id = @id for no key update";

    private const string ReadSql = """
        select seq, at, who, kind, body_text as bodytext, hash from timeline_entry where situation_id = @id order by seq
        """;

    private const string InsertSituationSql = """
        insert into situation (id, brand_id, topic_id, title, cause, state, level, opened_at, changed_at, last_seq, last_hash)
        values (@id, @brand, @topic, @title, @cause, @state, @level, @at, @at, 0, @genesis)
        """;

    private const string InsertEntrySql = """
        insert into timeline_entry (situation_id, seq, at, who, kind, body, body_text, previous_hash, hash)
        values (@Situation, @Seq, @At, @Who, @Kind, @BodyText::jsonb, @BodyText, @PreviousHash, @Hash)
        """;

    // cools_at is only ever set for what is live at 3 or below; who changes the level sets it anew.
    private const string ProjectSql = """
        update situation set topic_id = @topic, title = @title, state = @state, level = @level, proposed = @proposed, lead = @lead,
          changed_at = @changedAt, confirm_by = @confirmBy, merged_into = @mergedInto, last_seq = @lastSeq, last_hash = @lastHash,
          cools_at = case when @cools then cools_at end
        where id = @id and last_seq = @expectedSeq
        """;

    /// <summary>
    /// The situation, locked until the transaction ends so that what is decided from it still holds when it is written;
    /// null where there is none.
    /// </summary>
    public static async Task<LoadedSituation?> LoadAsync(NpgsqlTransaction transaction, SituationId id, CancellationToken cancel)
    {
        var found = await transaction.Connection!.ExecuteScalarAsync<Guid?>(new CommandDefinition(LockSql, new { id }, transaction, cancellationToken: cancel));
        return found is null ? null : await ReadAsync(transaction.Connection!, transaction, id, cancel);
    }

    /// <summary>Locks the situation as <see cref="LoadAsync"/> does, for what is written on its timeline later in the transaction.</summary>
    public static Task HoldAsync(NpgsqlTransaction transaction, SituationId id, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(LockSql, new { id }, transaction, cancellationToken: cancel));

    /// <summary>The situation as it is now, for showing.</summary>
    public static async Task<LoadedSituation> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, SituationId id, CancellationToken cancel)
    {
        var situation = Situation.Empty(id);
        var hash = Timeline.Genesis(id);
        foreach (var row in await RowsAsync(connection, transaction, id, cancel))
        {
            situation = situation.Apply(row.Entry());
            hash = row.Hash;
        }

        return new LoadedSituation(situation, hash);
    }

    public static async Task<IReadOnlyList<TimelineEntry>> EntriesAsync(NpgsqlConnection connection, SituationId id, CancellationToken cancel) =>
        [.. (await RowsAsync(connection, null, id, cancel)).Select(row => row.Entry())];

    /// <summary>Adds one entry to a situation that is there already; for parts that report what they did.</summary>
    public static async Task<Situation> AppendAsync(
        NpgsqlTransaction transaction, SituationId id, TimelineEvent e, Actor who, DateTimeOffset now, CancellationToken cancel)
    {
        var loaded = await LoadAsync(transaction, id, cancel) ?? throw new InvalidOperationException($"There is no situation {id.Value}.");
        return (await AppendAsync(transaction, loaded, [e], who, now, cancel)).State;
    }

    /// <summary>Writes the row of a new situation; its first entry follows in the same transaction.</summary>
    public static async Task<LoadedSituation> BeginAsync(
        NpgsqlTransaction transaction, SituationId id, Opened opened, DateTimeOffset now, CancellationToken cancel)
    {
        var genesis = Timeline.Genesis(id);
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(InsertSituationSql, new
        {
            id,
            brand = opened.Brand,
            topic = opened.Topic,
            title = opened.Title,
            cause = opened.Cause.ToString(),
            state = nameof(SituationState.Candidate),
            level = (int)opened.Level,
            at = now,
            genesis,
        }, transaction, cancellationToken: cancel));
        return new LoadedSituation(Situation.Empty(id), genesis);
    }

    /// <summary>
    /// Adds entries to a situation loaded in this transaction and brings its row up to date. Two writers who passed the lock
    /// all the same collide here: on (situation, seq), or on the row's last entry.
    /// </summary>
    public static async Task<LoadedSituation> AppendAsync(
        NpgsqlTransaction transaction, LoadedSituation loaded, IReadOnlyList<TimelineEvent> events, Actor who, DateTimeOffset now, CancellationToken cancel)
    {
        if (events.Count == 0)
        {
            return loaded;
        }

        var situation = loaded.State;
        var hash = loaded.LastHash;
        foreach (var e in events)
        {
            var entry = Timeline.Seal(situation.Id, situation.LastSeq + 1, now, who, e, hash);
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(InsertEntrySql, entry, transaction, cancellationToken: cancel));
            situation = situation.Apply(Timeline.Read(entry));
            hash = entry.Hash;
        }

        await ProjectAsync(transaction, situation, hash, loaded.State.LastSeq, cancel);
        await Changes.NotifyAsync(transaction, $"situation:{situation.Id.Value}");
        await Changes.NotifyAsync(transaction, $"brand:{situation.Brand.Value}");
        return new LoadedSituation(situation, hash);
    }

    private static async Task ProjectAsync(NpgsqlTransaction transaction, Situation situation, byte[] hash, int expectedSeq, CancellationToken cancel)
    {
        var changed = await transaction.Connection!.ExecuteAsync(new CommandDefinition(ProjectSql, new
        {
            id = situation.Id,
            topic = situation.Topic,
            title = situation.Title,
            state = situation.State.ToString(),
            level = (int)situation.Level,
            proposed = (int?)situation.Proposed?.Level,
            lead = situation.Lead,
            changedAt = situation.ChangedAt,
            confirmBy = situation.Proposed?.ConfirmBy,
            mergedInto = situation.MergedInto,
            lastSeq = situation.LastSeq,
            lastHash = hash,
            cools = situation.IsLive && (int)situation.Level is 2 or 3,
            expectedSeq,
        }, transaction, cancellationToken: cancel));
        if (changed != 1)
        {
            throw new InvalidOperationException($"Situation {situation.Id.Value} moved on while it was locked.");
        }
    }

    private static Task<IEnumerable<Row>> RowsAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, SituationId id, CancellationToken cancel) =>
        connection.QueryAsync<Row>(new CommandDefinition(ReadSql, new { id }, transaction, cancellationToken: cancel));

    private sealed record Row
    {
        public int Seq { get; init; }

        public DateTimeOffset At { get; init; }

        public string Who { get; init; } = "";

        public string Kind { get; init; } = "";

        public string BodyText { get; init; } = "";

        public byte[] Hash { get; init; } = [];

        public TimelineEntry Entry() => new(Seq, At, Actor.Parse(Who), TimelineJson.Read(Kind, BodyText));
    }
}
