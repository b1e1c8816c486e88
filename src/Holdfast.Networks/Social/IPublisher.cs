using Holdfast.Core.Publishing;

namespace Holdfast.Networks.Social;

/// <summary>
/// How one network is written to and asked. Nothing is thrown for what the other side does: an outcome says it. Every request
/// that could change something on the network asks its <see cref="IDeparture"/> first (the folder's HTTP client sees to it).
/// </summary>
public interface IPublisher
{
    /// <summary>Lower case: <c>bluesky</c>.</summary>
    string Network { get; }

    /// <summary>The same key twice makes one post: what the network says it does not have may be sent once more.</summary>
    bool TakesAKeyOnce => true;

    /// <summary>Proves who we are; the password is not kept where the network gives a token for it.</summary>
    Task<Outcome<SignedIn>> SignInAsync(SignIn signIn, CancellationToken cancel);

    /// <summary>What the server allows today, read from it and not assumed.</summary>
    Task<Outcome<NetworkLimits>> LimitsAsync(AccountAccess account, CancellationToken cancel);

    /// <summary>Publishes once. Unknown where the answer was lost after the first byte of the creating request.</summary>
    Task<SendOutcome> SendAsync(AccountAccess account, OutgoingPost post, IDeparture departure, CancellationToken cancel);

    /// <summary>Asks the network whether it has what was sent under this key; never writes.</summary>
    Task<FindOutcome> FindAsync(AccountAccess account, OutgoingPost post, CancellationToken cancel);

    /// <summary>Takes away a post of the account's own, once or again. <see cref="SendOutcome.Sent"/>: it does not stand there any more, whoever took it away.</summary>
    Task<SendOutcome> DeleteAsync(AccountAccess account, PostReference post, IDeparture departure, CancellationToken cancel);

    /// <summary>Asks the network whether a post of the account's own stands there; never writes.</summary>
    Task<FindOutcome> LookAsync(AccountAccess account, PostReference post, CancellationToken cancel);
}

/// <summary>The gate, asked right before a request's first byte. After it said no, nothing may leave for this act.</summary>
public interface IDeparture
{
    /// <summary>True once: what the caller sends now is on record as possibly gone. Throws where nobody can say: then nothing leaves either.</summary>
    Task<bool> MayLeaveAsync(CancellationToken cancel);
}

/// <summary>A network with a scheduler of its own, whose posts would leave whatever we do here.</summary>
public interface INetworkScheduler
{
    Task<Outcome<IReadOnlyList<NetworkScheduled>>> ListScheduledAsync(AccountAccess account, CancellationToken cancel);

    Task<Outcome<Done>> WithdrawAsync(AccountAccess account, string id, IDeparture departure, CancellationToken cancel);

    Task<Outcome<NetworkScheduled>> PutBackAsync(AccountAccess account, NetworkScheduled scheduled, string key, IDeparture departure, CancellationToken cancel);
}

/// <summary>A post on the network's own scheduler. <paramref name="Body"/> is the network's own JSON, so that all of it can be put back.</summary>
public sealed record NetworkScheduled(string Id, DateTimeOffset At, string Text, string Body);
