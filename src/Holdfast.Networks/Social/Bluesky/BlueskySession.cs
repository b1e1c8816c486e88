using System.Text.Json;
using System.Text.Json.Nodes;

namespace Holdfast.Networks.Social.Bluesky;

/// <summary>Calls in the name of an account. A token that is over is renewed, kept, and only then used.</summary>
internal sealed class BlueskySession(Xrpc xrpc, AccountAccess account)
{
    private const string Refresh = "com.atproto.server.refreshSession";

    public Task<XrpcReply> QueryAsync(string call, CancellationToken cancel, params (string Name, string? Value)[] parameters) =>
        AsAccountAsync(secret => xrpc.QueryAsync(secret.Pds, call, secret.Access, parameters, cancel), cancel);

    public Task<XrpcReply> CallAsync(string call, JsonNode input, IDeparture departure, CancellationToken cancel) =>
        AsAccountAsync(secret => xrpc.CallAsync(secret.Pds, call, secret.Access, input, departure, cancel), cancel);

    public Task<XrpcReply> UploadAsync(OutgoingMedia media, IDeparture departure, CancellationToken cancel) =>
        AsAccountAsync(secret => xrpc.UploadAsync(secret.Pds, "com.atproto.repo.uploadBlob", secret.Access, media, departure, cancel), cancel);

    private async Task<XrpcReply> AsAccountAsync(Func<BlueskySecret, Task<XrpcReply>> call, CancellationToken cancel)
    {
        if (BlueskySecret.Read(account.Secret) is not { } secret)
        {
            return NoSession();
        }

        if (secret.IsOver(xrpc.Now))
        {
            var (renewed, failed) = await RenewAsync(secret, cancel);
            return renewed is null ? failed! : await call(renewed);
        }

        var reply = await call(secret);
        if (reply is not XrpcReply.No { Error: "ExpiredToken" or "InvalidToken" })
        {
            return reply;
        }

        // Refused for its token: nothing was done, so it may be asked again with a good one.
        var (again, refused) = await RenewAsync(secret, cancel);
        return again is null ? refused! : await call(again);
    }

    private async Task<(BlueskySecret? Secret, XrpcReply? Failed)> RenewAsync(BlueskySecret secret, CancellationToken cancel)
    {
        var reply = await xrpc.CallAsync(secret.Pds, Refresh, secret.Refresh, null, SignInDeparture.Free, cancel);
        if (reply is XrpcReply.Ok(var body) && Tokens(body, secret.Pds) is { } renewed)
        {
            await account.RenewAsync(renewed.Write(), cancel);
            return (renewed, null);
        }

        // A lost answer here is no lost post: the server takes the old token once more for a while.
        return (null, reply is XrpcReply.No no ? no with { Maybe = false } : NoSession());
    }

    public static BlueskySecret? Tokens(JsonElement session, Uri pds) =>
        session.Text("accessJwt") is { } access && session.Text("refreshJwt") is { } refresh ? new(access, refresh, pds) : null;

    private static XrpcReply.No NoSession() =>
        new(new(NetworkFailure.SignInNeeded, false, null, "There is no good session for this account: sign in again."), "", Maybe: false);
}
