using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Responses;

/// <summary>The rows of statements and of the words that people gave on them.</summary>
internal static class StatementSql
{
    private const string Columns = """
        select id, brand_id as brand, situation_id as situation, kind, cause, level, versions::text as versions, writers, state, steps::text as steps, ask_expires_at,
          glass::text as glass, released_by, pass_reason
        from statement
        """;

    private const string ReadSql = Columns + " where id = @id";

    private const string LockSql = ReadSql + " for update";

    private const string WaitingSql = "select id, situation_id as situation from statement where state = 'Waiting' order by changed_at limit 50";

    private const string ApprovalsSql = """
        select person_id as person, guest, guest_for, content, granted, reason, at, expires_at from statement_approval where statement_id = @id order by at, id
        """;

    private const string InsertSql = """
        insert into statement (id, brand_id, situation_id, kind, cause, level, versions, writers, state, steps, ask_expires_at, glass, released_by, pass_reason, published_at, created_at, changed_at)
        values (@Id, @Brand, @Situation, @Kind, @Cause, @Level, @Versions::jsonb, @Writers, @State, @Steps::jsonb, @AskExpiresAt, @Glass::jsonb, @ReleasedBy, @PassReason, null, @now, @now)
        """;

    private const string WriteSql = """
        update statement set cause = @Cause, versions = @Versions::jsonb, writers = @Writers, state = @State, steps = @Steps::jsonb, ask_expires_at = @AskExpiresAt,
          glass = @Glass::jsonb, released_by = @ReleasedBy, pass_reason = @PassReason,
          published_at = case when @State = 'Published' then coalesce(published_at, @now) end, changed_at = @now
        where id = @Id
        """;

    private const string ApproveSql = """
        insert into statement_approval (id, statement_id, person_id, guest, guest_for, content, granted, reason, at, expires_at)
        values (@id, @statement, @Person, @Guest, @For, @Content, @Granted, @Reason, @At, @ExpiresAt)
        """;

    private const string BelongsSql = "update scheduled_post set statement_id = @statement where id = @post";

    private const string CommandersSql = "select id from person where left_at is null and permission in ('Command', 'Administer') order by name, id";

    private const string MailsSql = "select id, mail from person where left_at is null and id = any(@people)";

    public static async Task<Statement?> ReadAsync(NpgsqlConnection connection, StatementId id, CancellationToken cancel) =>
        await LoadAsync(connection, null, ReadSql, id, cancel);

    public static Task<Statement?> LockAsync(NpgsqlTransaction transaction, StatementId id, CancellationToken cancel) =>
        LoadAsync(transaction.Connection!, transaction, LockSql, id, cancel);

    public static async Task<IReadOnlyList<(StatementId Id, SituationId Situation)>> WaitingAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        [.. (await connection.QueryAsync<WaitingRow>(Command(WaitingSql, new { }, null, cancel))).Select(row => (row.Id, row.Situation))];

    public static Task InsertAsync(NpgsqlTransaction transaction, Statement statement, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(Command(InsertSql, Parameters(statement, now), transaction, cancel));

    public static Task WriteAsync(NpgsqlTransaction transaction, Statement statement, DateTimeOffset now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(Command(WriteSql, Parameters(statement, now), transaction, cancel));

    public static Task ApproveAsync(NpgsqlTransaction transaction, Guid id, StatementId statement, Approval approval, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(Command(ApproveSql, new
        {
            id,
            statement,
            approval.Person,
            approval.Guest,
            For = approval.GuestFor?.ToString(),
            approval.Content,
            approval.Granted,
            approval.Reason,
            approval.At,
            approval.ExpiresAt,
        }, transaction, cancel));

    public static Task BelongsAsync(NpgsqlTransaction transaction, StatementId statement, ScheduledPostId post, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(Command(BelongsSql, new { statement, post }, transaction, cancel));

    /// <summary>Everyone who may command.</summary>
    public static async Task<IReadOnlyList<PersonId>> CommandersAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken cancel) =>
        (await connection.QueryAsync<PersonId>(new CommandDefinition(CommandersSql, transaction: transaction, cancellationToken: cancel))).AsList();

    public static async Task<IReadOnlyList<(PersonId Person, string Mail)>> MailsAsync(NpgsqlTransaction transaction, IEnumerable<PersonId> people, CancellationToken cancel) =>
        [.. (await transaction.Connection!.QueryAsync<MailRow>(Command(MailsSql, new { people = people.Select(person => person.Value).ToArray() }, transaction, cancel)))
            .Where(row => row.Mail.Length > 0).Select(row => (row.Id, row.Mail))];

    private static async Task<Statement?> LoadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql, StatementId id, CancellationToken cancel)
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row>(Command(sql, new { id }, transaction, cancel));
        return row is null ? null : row.Statement([.. (await connection.QueryAsync<ApprovalRow>(Command(ApprovalsSql, new { id }, transaction, cancel))).Select(each => each.Approval())]);
    }

    private static object Parameters(Statement statement, DateTimeOffset now) => new
    {
        statement.Id,
        statement.Brand,
        statement.Situation,
        Kind = statement.Kind.ToString(),
        Cause = statement.Cause.ToString(),
        Level = (int)statement.Level,
        Versions = Json.Write(statement.Versions),
        Writers = statement.Writers.Select(writer => writer.Value).ToArray(),
        State = statement.State.ToString(),
        Steps = Json.Write(statement.Steps),
        statement.AskExpiresAt,
        Glass = statement.Glass is null ? null : Json.Write(statement.Glass),
        statement.ReleasedBy,
        statement.PassReason,
        now,
    };

    private static CommandDefinition Command(string sql, object parameters, NpgsqlTransaction? transaction, CancellationToken cancel) =>
        new(sql, parameters, transaction, cancellationToken: cancel);

    private sealed record WaitingRow
    {
        public StatementId Id { get; init; }

        public SituationId Situation { get; init; }
    }

    private sealed record MailRow
    {
        public PersonId Id { get; init; }

        public string Mail { get; init; } = "";
    }

    private sealed record ApprovalRow
    {
        public PersonId? Person { get; init; }

        public string? Guest { get; init; }

        public string? GuestFor { get; init; }

        public string Content { get; init; } = "";

        public bool Granted { get; init; }

        public string? Reason { get; init; }

        public DateTimeOffset At { get; init; }

        public DateTimeOffset ExpiresAt { get; init; }

        public Approval Approval() => new(Person, Guest, GuestFor is null ? null : Enum.Parse<DutyKind>(GuestFor), Content, Granted, Reason, At, ExpiresAt);
    }

    private sealed record Row
    {
        public StatementId Id { get; init; }

        public BrandId Brand { get; init; }

        public SituationId? Situation { get; init; }

        public string Kind { get; init; } = "";

        public string Cause { get; init; } = "";

        public short Level { get; init; }

        public string Versions { get; init; } = "";

        public Guid[] Writers { get; init; } = [];

        public string State { get; init; } = "";

        public string Steps { get; init; } = "";

        public DateTimeOffset? AskExpiresAt { get; init; }

        public string? Glass { get; init; }

        public PersonId? ReleasedBy { get; init; }

        public string? PassReason { get; init; }

        public Statement Statement(IReadOnlyList<Approval> approvals) => new(
            Id, Brand, Situation, Enum.Parse<TemplateKind>(Kind), Enum.Parse<CrisisCause>(Cause), (Level)Level,
            Json.Read<List<StatementVersion>>(Versions), [.. Writers.Select(writer => new PersonId(writer))])
        {
            State = Enum.Parse<StatementState>(State),
            Steps = Json.Read<List<ApprovalStep>>(Steps),
            AskExpiresAt = AskExpiresAt,
            Approvals = approvals,
            Glass = Glass is null ? null : Json.Read<BrokenGlass>(Glass),
            ReleasedBy = ReleasedBy,
            PassReason = PassReason,
        };
    }
}
