using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Escalation;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Responses;
using Holdfast.Database;
using Holdfast.Escalation;
using Holdfast.Plans;
using Npgsql;

namespace Holdfast.Responses;

/// <summary>Tells people what is asked of them: messages written with the decision, sent and retried by escalation's workers.</summary>
internal sealed class ResponseMail(TimeProvider time)
{
    public const string Ask = "statement-ask:";
    public const string Glass = "statement-glass:";
    public const string Guest = "statement-guest:";
    public const string Late = "reply-late:";
    public const string Stuck = "statement-stuck:";
    public const string StuckReply = "reply-stuck:";

    /// <summary>The people of the first step that lacks something.</summary>
    public Task AskAsync(NpgsqlTransaction transaction, Statement statement, DateTimeOffset now, CancellationToken cancel) =>
        TellAsync(transaction, ApprovalStanding.Of(statement, now).Asked.SelectMany(seat => seat.People), Ask + statement.Id.Value, now, cancel);

    /// <summary>Everyone whose approval was passed over.</summary>
    public Task GlassAsync(NpgsqlTransaction transaction, Statement statement, DateTimeOffset now, CancellationToken cancel) =>
        TellAsync(transaction, statement.Steps.SelectMany(step => step.Seats).SelectMany(seat => seat.People), Glass + statement.Id.Value, now, cancel);

    public Task GuestAsync(NpgsqlTransaction transaction, ApprovalLink link, DateTimeOffset now, CancellationToken cancel) =>
        InsertAsync(transaction, new PersonId(link.Id), link.Mail, Guest + link.Id, now, cancel);

    /// <summary>Whoever has the duty now at the level of the post; where nobody has, everyone who may command.</summary>
    public async Task LateAsync(NpgsqlTransaction transaction, ReplyItem item, DateTimeOffset now, CancellationToken cancel) => await TellAsync(
        transaction, await HoldersAsync(transaction, item.Brand, item.Level, now, cancel, item.Duty), Late + Key(item), now, cancel);

    /// <summary>It cannot go out: who wrote it, who let it out, and who leads.</summary>
    public async Task StuckAsync(NpgsqlTransaction transaction, Statement statement, DateTimeOffset now, CancellationToken cancel) => await TellAsync(
        transaction,
        [
            .. statement.Writers, .. statement.ReleasedBy is { } by ? [by] : Array.Empty<PersonId>(),
            .. await HoldersAsync(transaction, statement.Brand, statement.Level, now, cancel, DutyKind.Lead, DutyKind.Social),
        ],
        Stuck + statement.Id.Value, now, cancel);

    /// <summary>The answer cannot leave: who wrote it, and who has the duty.</summary>
    public async Task StuckAsync(NpgsqlTransaction transaction, ReplyItem item, DateTimeOffset now, CancellationToken cancel) => await TellAsync(
        transaction,
        [.. item.EndedBy is { } by ? [by] : Array.Empty<PersonId>(), .. await HoldersAsync(transaction, item.Brand, item.Level, now, cancel, item.Duty, DutyKind.Social)],
        StuckReply + Key(item), now, cancel);

    public static (BrandId Brand, PostId Post)? PostOf(string note, string kind) =>
        note.StartsWith(kind, StringComparison.Ordinal) && note[kind.Length..].Split(':') is [var brand, var post] && Guid.TryParse(brand, out var b) && Guid.TryParse(post, out var p)
            ? (new BrandId(b), new PostId(p))
            : null;

    private static string Key(ReplyItem item) => $"{item.Brand.Value}:{item.Post.Value}";

    private static async Task<IReadOnlyList<PersonId>> HoldersAsync(
        NpgsqlTransaction transaction, BrandId brand, Level level, DateTimeOffset now, CancellationToken cancel, params DutyKind[] duties)
    {
        var plan = (await PlanSql.InForceAsync(transaction.Connection!, transaction, brand, now, cancel)).Plan;
        PersonId[] people = [.. duties.Select(duty => plan.Holders(duty, level)).SelectMany(held => held.First is { } first ? held.Deputies.Prepend(first) : held.Deputies)];
        return people.Length > 0 ? people : await StatementSql.CommandersAsync(transaction.Connection!, transaction, cancel);
    }

    private async Task TellAsync(NpgsqlTransaction transaction, IEnumerable<PersonId> people, string note, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var (person, mail) in await StatementSql.MailsAsync(transaction, people.Distinct(), cancel))
        {
            await InsertAsync(transaction, person, mail, note, now, cancel);
        }
    }

    private async Task InsertAsync(NpgsqlTransaction transaction, PersonId person, string mail, string note, DateTimeOffset now, CancellationToken cancel)
    {
        await AttemptSql.InsertAsync(transaction, null, [new PlannedAttempt(person, PageWay.Mail, mail, 0, 1, now, AttemptCause.Watch)], note, time, cancel);
        await Changes.NotifyAsync(transaction, PageBook.Topic);
    }
}
