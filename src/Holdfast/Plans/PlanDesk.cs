using System.Text.Json;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Database;
using Holdfast.People;

namespace Holdfast.Plans;

/// <summary>All that the plan's pages show.</summary>
public sealed record PlanView(
    PlanInForce InForce, IReadOnlyList<PlanPerson> People, IReadOnlyList<PlanVersion> Versions, Readiness Readiness)
{
    public CrisisPlan Plan => InForce.Plan;

    public string NameOf(PersonId person) => People.FirstOrDefault(one => one.Id == person)?.Name ?? "?";
}

/// <summary>Plans are looked at and put in force. A version is never changed; every change is a new one.</summary>
internal sealed class PlanDesk(Store store, TimeProvider time)
{
    public static readonly Refusal ChangedMeanwhile = new(
        "plan.changed-meanwhile", "Someone else has put another version in force meanwhile. Look at it, then make your change again.");

    public async Task<PlanView> LookAsync(BrandId brand, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var inForce = await PlanSql.InForceAsync(connection, null, brand, time.GetUtcNow(), cancel);
        var people = await PlanSql.PeopleAsync(connection, null, cancel);
        var versions = await PlanSql.VersionsAsync(connection, brand, cancel);
        var readiness = Readiness.Of(inForce.Plan, [.. people.Select(person => new Reachable(person.Id, person.ContactConfirmed))]);
        return new(inForce, people, versions, readiness);
    }

    public async Task<PlanInForce?> FindAsync(BrandId brand, int version, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await PlanSql.FindAsync(connection, brand, version, cancel);
    }

    /// <summary>Puts a version in force from now on.</summary>
    /// <param name="basedOn">The version that was looked at when the change was made.</param>
    public Task<Result<int>> PutInForceAsync(BrandId brand, CrisisPlan plan, int basedOn, PersonId by, CancellationToken cancel) =>
        store.InTransactionAsync<Result<int>>(async transaction =>
        {
            var latest = await PlanSql.LatestAsync(transaction, brand, cancel);
            if (latest != basedOn)
            {
                return ChangedMeanwhile;
            }

            var people = await PlanSql.PeopleAsync(transaction.Connection!, transaction, cancel);
            var now = time.GetUtcNow();
            var before = (await PlanSql.InForceAsync(transaction.Connection!, transaction, brand, now, cancel)).Plan;
            IReadOnlyList<Refusal> refusals = [.. PlanCheck.Refusals(plan, people.Select(person => person.Id).ToHashSet()), .. NotByLegal(before, plan, by)];
            if (refusals.Count > 0)
            {
                return Result<int>.Refused(refusals);
            }

            await PlanSql.InsertAsync(transaction, new(Ids.New(time)), brand, latest + 1, plan, by, now, cancel);
            await PeopleSql.AuditAsync(
                transaction, Ids.New(time), by, "plan.put-in-force", FormattableString.Invariant($"{brand.Value} version {latest + 1}"), now, cancel);
            await Changes.NotifyAsync(transaction, $"brand:{brand.Value}");
            return latest + 1;
        }, cancel);

    /// <summary>Words that are said to be approved by legal, and were not before, by somebody who does not hold the legal duty now.</summary>
    private static IEnumerable<Refusal> NotByLegal(CrisisPlan before, CrisisPlan after, PersonId by) => before.Holds(DutyKind.Legal, by) ? [] :
        after.Answering.Templates.Index()
            .Where(each => each.Item.Legal && !(before.Answering.Own(each.Item.Kind, each.Item.Cause) is { Legal: true } was && was.Text == each.Item.Text))
            .Select(each => new Refusal("plan.not-by-legal", "Only who holds the legal duty can say that legal has approved these words.", $"answering.templates[{each.Index}].legal"));

    /// <summary>Reads a plan that was exported, and says where it cannot be read.</summary>
    public static Result<CrisisPlan> Read(string document)
    {
        try
        {
            return JsonSerializer.Deserialize<CrisisPlan>(document, PlanJson.Strict) is { } plan
                ? plan
                : new Refusal("plan.unreadable", "The file holds no plan.", "file");
        }
        catch (JsonException e)
        {
            return new Refusal("plan.unreadable", $"The file is not a plan: {PlanJson.Reason(e)}", "file");
        }
    }

    public static string Write(CrisisPlan plan) => JsonSerializer.Serialize(plan, PlanJson.Strict);
}
