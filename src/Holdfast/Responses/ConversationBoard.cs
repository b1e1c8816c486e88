using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Holdfast.Publishing;

namespace Holdfast.Responses;

/// <summary>Asks the network what is said around a post, for whoever answers it. What others wrote there is shown and not kept.</summary>
internal sealed class ConversationBoard(Store store, AccountBook book, IEnumerable<IConversationReader> readers, TimeProvider time)
{
    /// <summary>Whoever has to answer cannot wait for longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>Whether this network can be asked, and by which of the accounts; the first one is also the one that answers.</summary>
    public AnswerAccount? Asks(string network, IEnumerable<AnswerAccount> accounts) =>
        readers.Any(reader => reader.Network == network) ? accounts.FirstOrDefault(each => each.Account.Network == network) : null;

    /// <summary>Null where there is no such post in the queue.</summary>
    public async Task<ConversationView?> ReadAsync(BrandId brand, PostId post, CancellationToken cancel)
    {
        QueueRow? row;
        IReadOnlyList<AnswerAccount> accounts;
        await using (var connection = await store.OpenAsync(cancel))
        {
            row = await AnswerSql.OneAsync(connection, brand, post, cancel);
            accounts = await AnswerSql.AccountsAsync(connection, null, brand, cancel);
        }

        if (row is null)
        {
            return null;
        }

        var asks = Asks(row.Network, accounts);
        var said = asks is null ? default : await AskAsync(asks.Account, row, cancel);
        return new ConversationView(row, asks?.Account, [.. accounts.Select(each => each.Account).Where(each => each.Network == row.Network)], said.Value, said.Failure);
    }

    private async Task<Outcome<Conversation>> AskAsync(Account account, QueueRow row, CancellationToken cancel)
    {
        if (await book.OpenAsync(account.Id, cancel) is not { } access)
        {
            return new Failure(NetworkFailure.SignInNeeded, false, null, "The account has to be connected anew.");
        }

        using var clock = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancel);
        try
        {
            return await readers.First(reader => reader.Network == row.Network).ThreadAsync(access, new PostReference(row.NetworkId, Url: row.Url), either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Failure(NetworkFailure.TimedOut, true, null, "It did not answer in time.");
        }
    }
}
