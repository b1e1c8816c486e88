using System.Text.Json;
using System.Text.Json.Nodes;
using Holdfast.Core.Publishing;

namespace Holdfast.Networks.Social.Bluesky;

/// <summary>
/// Writes to Bluesky. A post is put under a record key that is ours, on condition that nothing stands there: the server does the same
/// put again as nothing at all, so a repeat after a lost answer is harmless (shown against the real server).
/// </summary>
public sealed class BlueskyPublisher(NetworkHttp http) : IPublisher
{
    private const string Put = "com.atproto.repo.putRecord";
    private const string Delete = "com.atproto.repo.deleteRecord";
    private readonly Xrpc _xrpc = new(http);

    public string Network => BlueskyLimits.Network;

    public async Task<Outcome<SignedIn>> SignInAsync(SignIn signIn, CancellationToken cancel)
    {
        var input = new JsonObject { ["identifier"] = signIn.Name.Trim().TrimStart('@'), ["password"] = signIn.Password };
        var reply = await _xrpc.CallAsync(signIn.Server, "com.atproto.server.createSession", null, input, SignInDeparture.Free, cancel);
        if (reply is not XrpcReply.Ok(var body))
        {
            return WhyNot(reply) switch
            {
                { Kind: NetworkFailure.SignInNeeded } wrong => wrong with { Detail = "The handle or the app password is wrong." },
                var failure when reply is XrpcReply.No { Error: "AuthFactorTokenRequired" } => failure with { Kind = NetworkFailure.SignInNeeded, Detail = "This is the account's own password. Make an app password in Bluesky's settings and use that one." },
                var failure => failure,
            };
        }

        var pds = Pds(body) ?? signIn.Server;
        return body.Text("did") is { } did && body.Text("handle") is { } handle && BlueskySession.Tokens(body, pds) is { } secret
            ? new SignedIn(did, handle, null, secret.Write())
            : NotUnderstood("It signed us in, but did not say as whom.");
    }

    public async Task<Outcome<NetworkLimits>> LimitsAsync(AccountAccess account, CancellationToken cancel)
    {
        var pds = BlueskySecret.Read(account.Secret)?.Pds ?? account.Server;
        var reply = await _xrpc.QueryAsync(pds, "com.atproto.server.describeServer", null, [], cancel);
        return reply is XrpcReply.Ok(var body) ? BlueskyLimits.Of(body) : WhyNot(reply);
    }

    public async Task<SendOutcome> SendAsync(AccountAccess account, OutgoingPost post, IDeparture departure, CancellationToken cancel)
    {
        if (BlueskyLimits.Check(post) is { } refused)
        {
            return new SendOutcome.Rejected(refused);
        }

        var session = new BlueskySession(_xrpc, account);
        var (parent, gone) = await BlueskyThread.ParentAsync(session, post.ReplyTo, cancel);
        if (gone is not null)
        {
            return new SendOutcome.Rejected(gone);
        }

        var mentions = await MentionsAsync(session, post.Text, cancel);
        var images = new List<JsonNode>();
        foreach (var media in post.Media)
        {
            var upload = await session.UploadAsync(media, departure, cancel);
            if (upload is XrpcReply.Stopped)
            {
                return new SendOutcome.Stopped();
            }

            // A picture that no post shows is seen by nobody and thrown away by the server: not arrived for sure.
            if (upload is not XrpcReply.Ok(var uploaded) || uploaded.At("blob") is not { } blob)
            {
                return new SendOutcome.Rejected(upload is XrpcReply.No no ? no.Failure : NotUnderstood("It took a picture, but did not say what it is called."));
            }

            images.Add(JsonNode.Parse(blob.GetRawText())!);
        }

        var key = RecordKey.Of(post.Key);
        var input = new JsonObject
        {
            ["repo"] = account.NetworkId,
            ["collection"] = BlueskyRecord.Collection,
            ["rkey"] = key,
            ["record"] = BlueskyRecord.Write(post, parent, mentions, images),
            ["swapRecord"] = null,
        };
        return await session.CallAsync(Put, input, departure, cancel) switch
        {
            XrpcReply.Stopped => new SendOutcome.Stopped(),
            XrpcReply.Ok(var body) => Reference(account, body, parent) is { } sent ? new SendOutcome.Sent(sent) : new SendOutcome.Unknown("It took the post, but did not say where it stands."),
            XrpcReply.No { Error: "InvalidSwap" } no => await TakenAsync(account, post, no, cancel),
            XrpcReply.No { Maybe: true } no => new SendOutcome.Unknown(no.Failure.Detail),
            XrpcReply.No no => new SendOutcome.Rejected(no.Failure),
            var reply => throw new InvalidOperationException($"No such reply: {reply.GetType().Name}"),
        };
    }

    public async Task<FindOutcome> FindAsync(AccountAccess account, OutgoingPost post, CancellationToken cancel)
    {
        var session = new BlueskySession(_xrpc, account);
        var reply = await session.QueryAsync(BlueskyThread.Get, cancel, ("repo", account.NetworkId), ("collection", BlueskyRecord.Collection), ("rkey", RecordKey.Of(post.Key)));
        return reply switch
        {
            XrpcReply.Ok(var body) when body.At("value")?.Text("text") == post.Text && Reference(account, body, BlueskyThread.Root(body)) is { } found => new FindOutcome.Found(found),
            XrpcReply.Ok => new FindOutcome.CannotTell("There is another text under the name that this post would have."),
            XrpcReply.No { Error: "RecordNotFound" } => new FindOutcome.NotThere(),
            _ => new FindOutcome.CannotTell(WhyNot(reply).Detail),
        };
    }

    public async Task<SendOutcome> DeleteAsync(AccountAccess account, PostReference post, IDeparture departure, CancellationToken cancel)
    {
        if (Own(account, post) is not { } uri)
        {
            return new SendOutcome.Rejected(new(NetworkFailure.NotAllowed, false, null, $"It is no post of {account.Handle}, and only our own can be deleted."));
        }

        // The server answers a second time as it did the first: what is gone is gone.
        var input = new JsonObject { ["repo"] = uri.Repo, ["collection"] = uri.Collection, ["rkey"] = uri.Key };
        return await new BlueskySession(_xrpc, account).CallAsync(Delete, input, departure, cancel) switch
        {
            XrpcReply.Ok => new SendOutcome.Sent(post),
            XrpcReply.Stopped => new SendOutcome.Stopped(),
            XrpcReply.No { Maybe: true } no => new SendOutcome.Unknown(no.Failure.Detail),
            var no => new SendOutcome.Rejected(WhyNot(no)),
        };
    }

    public async Task<FindOutcome> LookAsync(AccountAccess account, PostReference post, CancellationToken cancel)
    {
        if (Own(account, post) is not { } uri)
        {
            return new FindOutcome.CannotTell($"It is no post of {account.Handle}.");
        }

        var reply = await new BlueskySession(_xrpc, account).QueryAsync(BlueskyThread.Get, cancel, ("repo", uri.Repo), ("collection", uri.Collection), ("rkey", uri.Key));
        return reply switch
        {
            XrpcReply.Ok => new FindOutcome.Found(post),
            XrpcReply.No { Error: "RecordNotFound" } => new FindOutcome.NotThere(),
            _ => new FindOutcome.CannotTell(WhyNot(reply).Detail),
        };
    }

    private static AtUri? Own(AccountAccess account, PostReference post) => AtUri.TryParse(post.Id, out var uri) && uri.Repo == account.NetworkId ? uri : null;

    // Something stands there already, and not the very same: our own earlier try at another moment, or nothing of ours.
    private async Task<SendOutcome> TakenAsync(AccountAccess account, OutgoingPost post, XrpcReply.No no, CancellationToken cancel) =>
        await FindAsync(account, post, cancel) switch
        {
            FindOutcome.Found(var there) => new SendOutcome.Sent(there),
            FindOutcome.NotThere => new SendOutcome.Rejected(no.Failure),
            FindOutcome.CannotTell(var detail) => new SendOutcome.Unknown(detail),
            _ => new SendOutcome.Unknown(no.Failure.Detail),
        };

    private static async Task<IReadOnlyDictionary<string, string>> MentionsAsync(BlueskySession session, string text, CancellationToken cancel)
    {
        var dids = new Dictionary<string, string>();
        foreach (var handle in Facet.Find(text).Where(f => f.Kind == FacetKind.Mention).Select(f => f.Value).Distinct())
        {
            var reply = await session.QueryAsync("com.atproto.identity.resolveHandle", cancel, ("handle", handle));
            if (reply is XrpcReply.Ok(var body) && body.Text("did") is { } did)
            {
                dids[handle] = did;
            }
        }

        return dids;
    }

    private static PostReference? Reference(AccountAccess account, JsonElement body, PostReference? parent) =>
        AtUri.TryParse(body.Text("uri"), out var uri) && body.Text("cid") is { } cid
            ? new(uri.ToString(), cid, uri.Page(account.Handle), parent?.RootId ?? parent?.Id, parent?.RootId is null ? parent?.Revision : parent.RootRevision)
            : null;

    private static Uri? Pds(JsonElement session) => (session.At("didDoc") ?? default).Items("service")
        .Where(s => s.Text("id")?.EndsWith("#atproto_pds", StringComparison.Ordinal) == true)
        .Select(s => Uri.TryCreate(s.Text("serviceEndpoint"), UriKind.Absolute, out var uri) ? uri : null)
        .FirstOrDefault();

    private static Failure WhyNot(XrpcReply reply) => reply switch
    {
        XrpcReply.No no => no.Failure,
        XrpcReply.Stopped => new(NetworkFailure.NotAllowed, false, null, "It is frozen; nothing was sent."),
        _ => NotUnderstood("It answered with something else than was asked for."),
    };

    private static Failure NotUnderstood(string detail) => new(NetworkFailure.NotUnderstood, false, null, detail);
}
