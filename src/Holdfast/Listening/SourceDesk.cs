using System.Text;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Database;
using Holdfast.People;
using Microsoft.AspNetCore.DataProtection;

namespace Holdfast.Listening;

/// <summary>How a source delivers. The names are stored.</summary>
internal enum SourceKind
{
    Webhook,
    Network,
    File,
    Hand,
}

/// <summary>A source about to be made; no brands means every brand.</summary>
internal sealed record NewSource(
    SourceId Id, string Name, SourceKind Kind, string Network, IReadOnlyList<BrandId> Brands, TimeSpan? ExpectedWithin);

/// <summary>A webhook's secret, which can be seen this once and never again.</summary>
internal sealed record SourceSecret(SourceId Source, string Name, string Secret);

/// <summary>Sources are made, looked after and retired.</summary>
internal sealed class SourceDesk(Store store, IDataProtectionProvider protection, TimeProvider time)
{
    public const int MaxName = 100;
    private static readonly TimeSpan ShortestExpectation = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestExpectation = TimeSpan.FromDays(31);

    private readonly IDataProtector _seal = protection.CreateProtector("Holdfast.Listening.WebhookSecret.v1");

    public async Task<Result<SourceSecret>> CreateWebhookAsync(
        string? name, string? network, IReadOnlyList<BrandId> brands, TimeSpan? expectedWithin, PersonId by, CancellationToken cancel)
    {
        var refusals = Check(name, network, expectedWithin);
        if (refusals.Count > 0)
        {
            return Result<SourceSecret>.Refused(refusals);
        }

        var secret = WebhookSignature.NewSecret();
        var source = new NewSource(new(Ids.New(time)), name!.Trim(), SourceKind.Webhook, network!.Trim(), brands, expectedWithin);
        return await store.InTransactionAsync<Result<SourceSecret>>(async transaction =>
        {
            if (!await SourceSql.AddAsync(transaction, source, Sealed(secret), time.GetUtcNow()))
            {
                return SourceRefusals.NameTaken;
            }

            await PeopleSql.AuditAsync(transaction, Ids.New(time), by, "source.created", source.Id.Value.ToString(), time.GetUtcNow(), cancel);
            await Changes.NotifyAsync(transaction, "sources");
            return new SourceSecret(source.Id, source.Name, secret);
        }, cancel);
    }

    /// <summary>The old secret is worth nothing from now on.</summary>
    public Task<Result<SourceSecret>> ReplaceSecretAsync(SourceId id, PersonId by, CancellationToken cancel) =>
        store.InTransactionAsync<Result<SourceSecret>>(async transaction =>
        {
            var secret = WebhookSignature.NewSecret();
            if (await SourceSql.ReplaceSecretAsync(transaction, id, Sealed(secret)) is not { } name)
            {
                return SourceRefusals.NotFound;
            }

            await PeopleSql.AuditAsync(transaction, Ids.New(time), by, "source.secret-replaced", id.Value.ToString(), time.GetUtcNow(), cancel);
            return new SourceSecret(id, name, secret);
        }, cancel);

    /// <summary>Nothing more is taken from it; what came stays.</summary>
    public Task RetireAsync(SourceId id, PersonId by, CancellationToken cancel) =>
        store.InTransactionAsync(async transaction =>
        {
            await SourceSql.RetireAsync(transaction, id, time.GetUtcNow());
            await PeopleSql.AuditAsync(transaction, Ids.New(time), by, "source.retired", id.Value.ToString(), time.GetUtcNow(), cancel);
            await Changes.NotifyAsync(transaction, "sources");
        }, cancel);

    public string Opened(byte[] secret) => Encoding.ASCII.GetString(_seal.Unprotect(secret));

    private byte[] Sealed(string secret) => _seal.Protect(Encoding.ASCII.GetBytes(secret));

    internal static List<Refusal> Check(string? name, string? network, TimeSpan? expectedWithin)
    {
        var refusals = new List<Refusal>();
        name = name?.Trim() ?? "";
        if (name.Length is 0 or > MaxName || name.Any(char.IsControl))
        {
            refusals.Add(SourceRefusals.Name);
        }

        if (!PostRules.IsNetwork(network?.Trim() ?? ""))
        {
            refusals.Add(SourceRefusals.Network);
        }

        if (expectedWithin is { } within && (within < ShortestExpectation || within > LongestExpectation))
        {
            refusals.Add(SourceRefusals.Expectation);
        }

        return refusals;
    }
}
