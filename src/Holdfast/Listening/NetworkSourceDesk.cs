using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Database;
using Holdfast.People;

namespace Holdfast.Listening;

/// <summary>Sources on networks are made here; they are retired as any other.</summary>
internal sealed class NetworkSourceDesk(Store store, INetworkAccounts accounts, TimeProvider time)
{
    private const int MaxTag = 100;

    public async Task<Result<SourceId>> CreateAsync(NetworkSourceForm form, TimeSpan? expectedWithin, PersonId by, CancellationToken cancel)
    {
        var kind = NetworkKind.Find(form.Kind);
        var refusals = SourceDesk.Check(form.Name, kind?.Network ?? "none", expectedWithin);
        if (kind is null)
        {
            refusals.Add(SourceRefusals.NoKind);
            return Result<SourceId>.Refused(refusals);
        }

        var account = kind.OfAccount ? (await accounts.AllAsync(cancel)).FirstOrDefault(a => a.Id == form.Account && a.Network == kind.Network) : null;
        var server = kind.OfAccount ? account?.Server : Server(form.Server, kind);
        var tag = kind.OfTag ? form.Tag?.Trim().TrimStart('#') : null;
        if (kind.OfAccount && account is null)
        {
            refusals.Add(SourceRefusals.NoAccount);
        }
        else if (server is null)
        {
            refusals.Add(SourceRefusals.NoServer);
        }

        if (kind.OfTag && (tag is null or "" or { Length: > MaxTag } || tag.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '#')))
        {
            refusals.Add(SourceRefusals.NoTag);
        }

        if (refusals.Count > 0)
        {
            return Result<SourceId>.Refused(refusals);
        }

        var source = new NewSource(
            new(Ids.New(time)), form.Name!.Trim(), SourceKind.Network, kind.Network, [.. form.Brands.Select(b => new BrandId(b))], expectedWithin);
        return await store.InTransactionAsync<Result<SourceId>>(async transaction =>
        {
            if (!await SourceSql.AddAsync(transaction, source, null, time.GetUtcNow()))
            {
                return SourceRefusals.NameTaken;
            }

            await NetworkSourceSql.AddAsync(transaction, source.Id, kind.Name, server!, account?.Id, tag);
            await PeopleSql.AuditAsync(transaction, Ids.New(time), by, "source.created", source.Id.Value.ToString(), time.GetUtcNow(), cancel);
            await Changes.NotifyAsync(transaction, "sources");
            return source.Id;
        }, cancel);
    }

    /// <summary>An origin, encrypted unless it is on this machine; null where it is none.</summary>
    private static string? Server(string? typed, NetworkKind kind)
    {
        typed = string.IsNullOrWhiteSpace(typed) ? kind.Server : typed.Trim();
        typed = typed?.Contains("://", StringComparison.Ordinal) == false ? $"https://{typed}" : typed;
        return Uri.TryCreate(typed, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.UserInfo.Length == 0
            && (uri.Scheme is "https" or "wss" || (uri.Scheme is "http" or "ws" && uri.IsLoopback))
            ? uri.GetLeftPart(UriPartial.Authority)
            : null;
    }
}

/// <summary>The form of a new source on a network as it was sent.</summary>
internal sealed class NetworkSourceForm
{
    public string? Kind { get; init; }
    public string? Name { get; init; }
    public string? Server { get; init; }
    public Guid? Account { get; init; }
    public string? Tag { get; init; }
    public string? ExpectedWithin { get; init; }
    public Guid[] Brands { get; init; } = [];
}
