using Holdfast.Core.Publishing;

namespace Holdfast.Networks.Social.Mastodon;

/// <summary>Writes to a Mastodon server, and to others that speak its API, in an account's name.</summary>
public sealed class MastodonPublisher : IPublisher, INetworkScheduler
{
    private readonly MastodonHttp _http;
    private readonly MastodonServer _server;
    private readonly MastodonMedia _media;
    private readonly MastodonSearch _search;
    private readonly MastodonScheduler _scheduler;

    public MastodonPublisher(NetworkHttp http, TimeProvider time)
    {
        _http = new MastodonHttp(http);
        _server = new MastodonServer(_http);
        _media = new MastodonMedia(_http, time);
        _search = new MastodonSearch(_http);
        _scheduler = new MastodonScheduler(_http);
    }

    public string Network => "mastodon";

    /// <summary><see cref="SignIn.Password"/> is an access token; whose it is, the server says.</summary>
    public async Task<Outcome<SignedIn>> SignInAsync(SignIn signIn, CancellationToken cancel)
    {
        var token = signIn.Password.Trim();
        // What no header can carry is no token: a line end is what a copy from a page brings along.
        if (token.Length is 0 or > 2_000 || token.Any(c => c is <= ' ' or > '~'))
            return new Failure(NetworkFailure.SignInNeeded, false, null, "This is no access token. It is made on the server under Preferences, Development, New application.");
        var who = await _http.ReadAsync(signIn.Server, "/api/v1/accounts/verify_credentials", token, cancel);
        if (who.Failure is { } failure)
            return failure with { Detail = failure.Kind == NetworkFailure.SignInNeeded ? $"{signIn.Server.Host} does not take this access token. {failure.Detail}" : failure.Detail };
        var json = who.Value!.Json;
        if (json.Text("id") is not { Length: > 0 } id || json.Text("acct") is not { Length: > 0 } name)
            return MastodonHttp.NotUnderstood(signIn.Server);
        var facts = await _server.ReadAsync(signIn.Server, token, cancel);
        return facts.Failure is { } unread ? unread : new SignedIn(id, $"{name}@{facts.Value!.Domain}", json.Text("display_name"), MastodonSecret.Write(token));
    }

    public async Task<Outcome<NetworkLimits>> LimitsAsync(AccountAccess account, CancellationToken cancel)
    {
        var facts = await _server.ReadAsync(account.Server, MastodonSecret.Token(account), cancel);
        return facts.Failure is { } failure ? failure : facts.Value!.Limits;
    }

    public async Task<SendOutcome> SendAsync(AccountAccess account, OutgoingPost post, IDeparture departure, CancellationToken cancel)
    {
        // A server that cannot be asked what it allows decides by itself; nothing is lost by that.
        var facts = (await _server.FactsAsync(account.Server, MastodonSecret.Token(account), cancel)).Value;
        if (facts is not null && MastodonRefusals.Before(post, facts) is { } unfit)
            return new SendOutcome.Rejected(unfit);
        var (seenBy, hidden) = await SeenByAsync(account, post, cancel);
        if (hidden is not null)
            return new SendOutcome.Rejected(hidden);
        var media = await _media.UploadAsync(account, post.Media, departure, cancel);
        if (media.Refused is { } refused)
            return refused;
        using var request = MastodonHttp.Request(HttpMethod.Post, account.Server, "/api/v1/statuses", MastodonSecret.Token(account));
        request.Headers.Add("Idempotency-Key", post.Key);
        request.Content = MastodonStatus.Write(post, seenBy, media.Ids);
        return await _http.WriteAsync(request, departure, cancel) switch
        {
            Exchange.Stopped => new SendOutcome.Stopped(),
            Exchange.NotSent notSent => new SendOutcome.Rejected(notSent.Failure),
            Exchange.Lost lost => new SendOutcome.Unknown(lost.Failure.Detail),
            Exchange.Answered { Answer: var answer } => Published(account, post, answer, facts),
            _ => throw new InvalidOperationException(),
        };
    }

    public Task<FindOutcome> FindAsync(AccountAccess account, OutgoingPost post, CancellationToken cancel) => _search.FindAsync(account, post, cancel);

    /// <summary>What is gone already is as good as deleted.</summary>
    public async Task<SendOutcome> DeleteAsync(AccountAccess account, PostReference post, IDeparture departure, CancellationToken cancel)
    {
        using var request = Status(HttpMethod.Delete, account, post);
        return await _http.WriteAsync(request, departure, cancel) switch
        {
            Exchange.Answered { Answer: var answer } when answer.IsSuccess || MastodonHttp.IsGone(answer) => new SendOutcome.Sent(post),
            Exchange.Answered { Answer: var answer } when answer.MayHaveBeenDone() => new SendOutcome.Unknown(_http.Refusal(answer).Detail),
            Exchange.Answered { Answer: var answer } => new SendOutcome.Rejected(_http.Refusal(answer)),
            Exchange.NotSent notSent => new SendOutcome.Rejected(notSent.Failure),
            Exchange.Lost lost => new SendOutcome.Unknown(lost.Failure.Detail),
            _ => new SendOutcome.Stopped(),
        };
    }

    public async Task<FindOutcome> LookAsync(AccountAccess account, PostReference post, CancellationToken cancel)
    {
        using var request = Status(HttpMethod.Get, account, post);
        var exchange = await _http.AskAsync(request, cancel);
        return exchange is Exchange.Answered { Answer: var answer } && MastodonHttp.IsGone(answer) ? new FindOutcome.NotThere()
            : _http.Trouble(exchange) is { } failure ? new FindOutcome.CannotTell(failure.Detail)
            : new FindOutcome.Found(post);
    }

    public Task<Outcome<IReadOnlyList<NetworkScheduled>>> ListScheduledAsync(AccountAccess account, CancellationToken cancel) => _scheduler.ListAsync(account, cancel);

    public Task<Outcome<Done>> WithdrawAsync(AccountAccess account, string id, IDeparture departure, CancellationToken cancel) => _scheduler.WithdrawAsync(account, id, departure, cancel);

    public Task<Outcome<NetworkScheduled>> PutBackAsync(AccountAccess account, NetworkScheduled scheduled, string key, IDeparture departure, CancellationToken cancel) =>
        _scheduler.PutBackAsync(account, scheduled, key, departure, cancel);

    // What somebody wrote to few is not answered before all: an answer is seen by no more people than what it answers.
    private async Task<(string? SeenBy, Failure? Hidden)> SeenByAsync(AccountAccess account, OutgoingPost post, CancellationToken cancel)
    {
        if (post.ReplyTo is not { } parent || post.Options.Visibility is not null)
            return (post.Options.Visibility, null);
        using var request = Status(HttpMethod.Get, account, parent);
        var exchange = await _http.AskAsync(request, cancel);
        if (_http.Trouble(exchange) is { } failure)
            return (null, exchange is Exchange.Answered { Answer: var answer } ? MastodonRefusals.After(post, failure, (int)answer.Status, MastodonHttp.Said(answer), null) : failure);
        return (MastodonHttp.Json(((Exchange.Answered)exchange).Answer)?.Text("visibility") is ("unlisted" or "private" or "direct") and var visibility ? visibility : null, null);
    }

    private static HttpRequestMessage Status(HttpMethod method, AccountAccess account, PostReference post) =>
        MastodonHttp.Request(method, account.Server, $"/api/v1/statuses/{Uri.EscapeDataString(post.Id)}", MastodonSecret.Token(account));

    private SendOutcome Published(AccountAccess account, OutgoingPost post, Answer answer, MastodonFacts? facts)
    {
        if (answer.IsSuccess)
        {
            return MastodonHttp.Json(answer) is { } json && MastodonStatus.Reference(json) is { } reference
                ? new SendOutcome.Sent(reference)
                : new SendOutcome.Unknown($"{account.Server.Host} took it and answered with something that is not Mastodon's.");
        }

        return answer.MayHaveBeenDone()
            ? new SendOutcome.Unknown(_http.Refusal(answer).Detail)
            : new SendOutcome.Rejected(MastodonRefusals.After(post, _http.Refusal(answer), (int)answer.Status, MastodonHttp.Said(answer), facts));
    }
}
