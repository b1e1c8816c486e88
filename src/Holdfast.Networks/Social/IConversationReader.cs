using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;

namespace Holdfast.Networks.Social;

/// <summary>What is said around a post, asked of a network in an account's name; never writes. A network that cannot be asked has none.</summary>
public interface IConversationReader
{
    string Network { get; }

    /// <summary><see cref="NetworkFailure.ReplyGone"/>: the post was deleted, or is hidden from the account.</summary>
    Task<Outcome<Conversation>> ThreadAsync(AccountAccess account, PostReference post, CancellationToken cancel);
}
