using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Practice;

namespace Holdfast.Publishing;

/// <summary>Accounts are connected, connected again and taken away.</summary>
internal sealed class AccountDesk(Store store, Publishers publishers, AccountBook book, TimeProvider time)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Those that people have accounts on; the practice network is for drills and the demo.</summary>
    public IReadOnlyList<string> Networks => [.. publishers.Networks.Where(network => network != PracticePublisher.Name).Order(StringComparer.Ordinal)];

    public async Task<IReadOnlyList<AccountRow>> AllAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await AccountSql.AllAsync(connection, cancel);
    }

    public async Task<AccountRow?> FindAsync(AccountId id, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await AccountSql.FindAsync(connection, id, cancel);
    }

    /// <summary>Signs in and keeps what the network said. An account that was connected before is that account again.</summary>
    /// <param name="again">The account that is to be connected again; signing in as another one is refused.</param>
    public async Task<Result<AccountId>> ConnectAsync(AccountForm form, AccountId? again, PersonId by, CancellationToken cancel)
    {
        var publisher = publishers.Find(form.Network ?? "");
        if (AccountForm.Check(form, publisher is not null) is { Count: > 0 } refusals)
        {
            return Result<AccountId>.Refused(refusals);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        var server = form.Origin!;
        var signed = await publisher!.SignInAsync(new SignIn(server, form.Name?.Trim() ?? "", form.Password!.Trim()), patience.Token);
        if (signed.Value is not { } who)
        {
            return PublishingRefusals.SignIn(signed.Failure!.Detail);
        }

        if (again is { } id && await FindAsync(id, cancel) is { } before && (before.Network, before.Server, before.NetworkId) != (publisher.Network, Origin(server), who.NetworkId))
        {
            return PublishingRefusals.OtherAccount(before.Handle, who.Handle);
        }

        var access = new AccountAccess(server, who.NetworkId, who.Handle, who.Secret, (_, _) => Task.CompletedTask);
        var limits = await publisher.LimitsAsync(access, patience.Token);
        return limits.Value is { } allowed
            ? await KeepAsync(form, publisher.Network, who with { Secret = access.Secret }, allowed, by, cancel)
            : PublishingRefusals.SignIn(limits.Failure!.Detail);
    }

    public async Task AskForApprovalAsync(AccountId id, bool needsApproval, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await AccountSql.SetApprovalAsync(connection, id, needsApproval, cancel);
    }

    /// <summary>The secret is forgotten and what was scheduled is held; nothing on the network is touched.</summary>
    public Task DisconnectAsync(AccountId id, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync(async transaction =>
        {
            await GateSql.CloseAsync(transaction, cancel);
            await AccountSql.DisconnectAsync(transaction, id, by, time.GetUtcNow(), cancel);
            await AuditAsync(transaction, by, "account.disconnected", id, cancel);
            if (await AccountSql.FindAsync(transaction.Connection!, id, cancel) is { } account)
            {
                await Changes.NotifyAsync(transaction, $"brand:{account.Brand.Value}");
            }
        }, cancel);

    private Task<Result<AccountId>> KeepAsync(AccountForm form, string network, SignedIn who, NetworkLimits limits, PersonId by, CancellationToken cancel) =>
        store.InTransactionAsync<Result<AccountId>>(async transaction =>
        {
            var row = new AccountRow
            {
                Id = new(Ids.New(time)),
                Brand = new BrandId(form.Brand),
                Network = network,
                Server = Origin(form.Origin!),
                NetworkId = who.NetworkId,
                Handle = who.Handle,
                Name = who.DisplayName,
                Limits = Json.Write(limits),
                NeedsApproval = form.NeedsApproval,
            };
            if (await AccountSql.UpsertAsync(transaction, row, book.Seal(who.Secret), time.GetUtcNow(), cancel) is not { } id)
            {
                return PublishingRefusals.OfAnotherBrand(who.Handle);
            }

            await AuditAsync(transaction, by, "account.connected", id, cancel);
            await Changes.NotifyAsync(transaction, $"brand:{form.Brand}");
            return id;
        }, cancel);

    private Task AuditAsync(Npgsql.NpgsqlTransaction transaction, PersonId by, string act, AccountId id, CancellationToken cancel) =>
        People.PeopleSql.AuditAsync(transaction, Ids.New(time), by, act, id.Value.ToString(), time.GetUtcNow(), cancel);

    private static string Origin(Uri server) => server.GetLeftPart(UriPartial.Authority);
}
