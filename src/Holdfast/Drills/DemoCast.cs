using System.Security.Cryptography;
using Holdfast.Brands;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Database;
using Holdfast.People;
using Holdfast.Plans;

namespace Holdfast.Drills;

/// <summary>The invented people of the demo, their brand, and a complete plan that pages faster than one would in earnest.</summary>
internal sealed record DemoCast(Brand Brand, PersonId Ania, PersonId Marek, PersonId Tom, IReadOnlyDictionary<PersonId, string> Names)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(25);

    public static Task<DemoCast> EnterAsync(Store store, BrandDesk brands, AccountSql accounts, TimeProvider time, CancellationToken cancel) =>
        store.InTransactionAsync(async transaction =>
        {
            var draft = BrandDraft.Check("Aurelka", "@aurelka", ["en", "pl"], "Europe/Warsaw").Value;
            var brand = (await brands.CreateAsync(transaction, draft, cancel)).Value;
            var names = new Dictionary<PersonId, string>();
            var ania = await AddAsync("Ania Nowak", "ania@aurelka.example", "en", Permission.Administer);
            var marek = await AddAsync("Marek Lis", "marek@aurelka.example", "pl", Permission.Command);
            var ola = await AddAsync("Ola Kern", "ola@aurelka.example", "pl", Permission.Command);
            var tom = await AddAsync("Tom Byrne", "tom@aurelka.example", "en", Permission.Respond);
            var ewa = await AddAsync("Ewa Sowa", "ewa@aurelka.example", "pl", Permission.Command);
            await PlanSql.InsertAsync(
                transaction, new PlanId(Ids.New(time)), brand.Id, 1, Plan(ania, marek, ola, tom, ewa), by: null, time.GetUtcNow(), cancel);
            return new DemoCast(brand, ania, marek, tom, names);

            async Task<PersonId> AddAsync(string name, string mail, string language, Permission permission)
            {
                var account = new Account
                {
                    Id = new PersonId(Ids.New(time)),
                    Name = name,
                    Mail = mail,
                    Language = language,
                    TimeZone = "Europe/Warsaw",
                    Permission = permission,
                    SecurityStamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)),
                };
                await accounts.InsertAsync(transaction.Connection!, account, time.GetUtcNow(), cancel);
                names.Add(account.Id, name);
                return account.Id;
            }
        }, cancel);

    private static CrisisPlan Plan(PersonId ania, PersonId marek, PersonId ola, PersonId tom, PersonId ewa)
    {
        var template = CrisisPlan.Template(ania);
        return template with
        {
            Duties = [.. template.Duties.Select(duty => duty.Kind switch
            {
                DutyKind.Lead => Held(duty.Kind, ania, marek),
                DutyKind.PublicRelations or DutyKind.Spokesperson or DutyKind.Social => Held(duty.Kind, ola, marek),
                DutyKind.Support or DutyKind.Technical => Held(duty.Kind, tom),
                DutyKind.Executive => Held(duty.Kind, ewa),
                _ => Held(duty.Kind, marek, ola),
            })],
            Policies = [.. template.Policies.Select(policy => policy with
            {
                Steps = [.. policy.Steps.Select(step => step with { After = step.After == TimeSpan.Zero ? step.After : Soon })],
                RepeatAfter = TimeSpan.FromMinutes(1), // the shortest that a plan may be saved with
            })],
        };
    }

    private static Duty Held(DutyKind kind, PersonId first, params PersonId[] deputies) => new(kind, [new(Core.Detection.Level.One, first, deputies)]);
}
