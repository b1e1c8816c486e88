using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Drills;
using Holdfast.Core.Escalation;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Database;
using Holdfast.Escalation;
using Holdfast.Plans;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>
/// Mails what rules in shadow would have done in the week that is over: on Monday morning in the brand's time, to whoever leads at level 3. A
/// week in which they said nothing is not mailed. The messages themselves are the record that it was done, so that of many nodes one does it.
/// </summary>
internal sealed class ShadowDesk(Store store, TimeProvider time)
{
    public const string Week = "shadow-week:";
    private const int Hour = 8;
    private static readonly TimeSpan Reach = TimeSpan.FromDays(28);

    public async Task LookAsync(CancellationToken cancel)
    {
        IReadOnlyList<BrandId> brands;
        await using (var connection = await store.OpenAsync(cancel))
        {
            brands = await ShadowSql.BrandsAsync(connection, time.GetUtcNow() - Reach, cancel);
        }

        foreach (var brand in brands)
        {
            await store.InTransactionAsync(transaction => TellAsync(transaction, brand, cancel), cancel);
        }
    }

    /// <summary>The week of a brand that a message is about.</summary>
    public static (BrandId Brand, DateTimeOffset From)? WeekOf(string note) =>
        note.StartsWith(Week, StringComparison.Ordinal) && note[Week.Length..].Split(':') is [var brand, var from]
            && Guid.TryParse(brand, out var id) && long.TryParse(from, out var second)
            ? (new BrandId(id), DateTimeOffset.FromUnixTimeSeconds(second))
            : null;

    /// <summary>Null where the rules in shadow said nothing in that week.</summary>
    public static async Task<(ShadowWeek? Week, Brand Brand)?> ReadAsync(NpgsqlTransaction transaction, BrandId id, DateTimeOffset from, CancellationToken cancel)
    {
        if (await DetectionSql.BrandAsync(transaction.Connection!, transaction, id, null, from, cancel) is not { } row)
        {
            return null;
        }

        var plan = (await PlanSql.InForceAsync(transaction.Connection!, transaction, id, from + TimeSpan.FromDays(7), cancel)).Plan;
        var watched = new Watched(row.ToBrand(), plan.Rules);
        var runs = await ShadowSql.SignalsAsync(transaction.Connection!, id, from, cancel);
        return (ShadowWeek.Of(plan, runs, watched.Zone).FirstOrDefault(week => week.From == from), watched.Brand);
    }

    private async Task TellAsync(NpgsqlTransaction transaction, BrandId id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (await DetectionSql.BrandAsync(transaction.Connection!, transaction, id, null, now, cancel) is not { } row)
        {
            return;
        }

        var zone = new Watched(row.ToBrand(), RuleSet.Default).Zone;
        var monday = ShadowWeek.Monday(now, zone);
        var from = ShadowWeek.Monday(monday.AddDays(-3), zone);
        var note = $"{Week}{id.Value}:{from.ToUnixTimeSeconds()}";
        if (now < monday.AddHours(Hour)
            || !await ShadowSql.FirstAsync(transaction, id, note, cancel)
            || await ReadAsync(transaction, id, from, cancel) is not { Week: not null })
        {
            return;
        }

        var plan = (await PlanSql.InForceAsync(transaction.Connection!, transaction, id, now, cancel)).Plan;
        var leads = plan.Holders(DutyKind.Lead, Level.Three);
        PersonId[] people = [.. leads.First is { } first ? [first] : Array.Empty<PersonId>(), .. leads.Deputies];
        foreach (var (person, mail) in await ShadowSql.MailsAsync(transaction, people, cancel))
        {
            await AttemptSql.InsertAsync(transaction, null, [new PlannedAttempt(person, PageWay.Mail, mail, 0, 1, now, AttemptCause.Watch)], note, time, cancel);
        }

        await Changes.NotifyAsync(transaction, PageBook.Topic);
    }
}
