using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Bluesky;
using Holdfast.Networks.Tests.AtProto;
using Holdfast.Testing;

namespace Holdfast.Networks.Tests.Social.Bluesky;

public sealed class BlueskySessionTests : IDisposable
{
    private readonly AtProtoServer _server;
    private readonly NetworkHttp _http = new(TimeProvider.System);
    private readonly BlueskyPublisher _bluesky;

    public BlueskySessionTests(AtProtoServer server) => (_server, _bluesky) = (server, new BlueskyPublisher(_http));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signing_in_says_who_we_are_and_keeps_no_password()
    {
        var (handle, password) = await _server.NewAccountAsync();
        var signedIn = (await _bluesky.SignInAsync(new(await _server.AddressAsync(), $" @{handle} ", password), Cancel)).Value!;
        Assert.Equal(handle, signedIn.Handle);
        Assert.StartsWith("did:plc:", signedIn.NetworkId);
        Assert.DoesNotContain(password, signedIn.Secret);
        Assert.DoesNotContain("eyJ", $"{signedIn} {BlueskySecret.Read(signedIn.Secret)}");
    }

    [Fact]
    public async Task A_wrong_password_is_said_plainly()
    {
        var (handle, _) = await _server.NewAccountAsync();
        var failure = (await _bluesky.SignInAsync(new(await _server.AddressAsync(), handle, "wrong"), Cancel)).Failure!;
        Assert.Equal((NetworkFailure.SignInNeeded, false, "The handle or the app password is wrong."), (failure.Kind, failure.Retryable, failure.Detail));
    }

    [Fact]
    public async Task Too_many_tries_are_asked_to_wait()
    {
        var (handle, _) = await _server.NewAccountAsync();
        Failure? failure = null;
        for (var i = 0; i < 40 && failure?.Kind != NetworkFailure.RateLimited; i++)
        {
            failure = (await _bluesky.SignInAsync(new(await _server.AddressAsync(), handle, "wrong"), Cancel)).Failure;
        }

        Assert.Equal((NetworkFailure.RateLimited, true), (failure!.Kind, failure.Retryable));
        Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task A_token_near_its_end_is_renewed_and_kept_before_it_is_used()
    {
        var kept = new List<string>();
        var account = await _server.SignedInAsync(_http, kept);
        var before = BlueskySecret.Read(account.Secret)!;
        using var later = new NetworkHttp(new FakeTime(TimeProvider.System.GetUtcNow().AddHours(3)));
        var outcome = await new BlueskyPublisher(later).SendAsync(account, Post("three hours later"), Departure.Free(), Cancel);
        Assert.IsType<SendOutcome.Sent>(outcome);
        Assert.Equal(account.Secret, Assert.Single(kept));
        Assert.NotEqual(before.Refresh, BlueskySecret.Read(account.Secret)!.Refresh);
    }

    [Fact]
    public async Task A_token_that_the_server_calls_expired_is_renewed_and_the_gate_is_asked_again()
    {
        var kept = new List<string>();
        var account = await _server.SignedInAsync(_http);
        account = AtProtoServer.Access(new(account.NetworkId, account.Handle, null, ""), account.Server, (BlueskySecret.Read(account.Secret)! with { Access = Expired(account) }).Write(), kept);
        using var slow = new NetworkHttp(new FakeTime(TimeProvider.System.GetUtcNow().AddHours(-3)));
        var gate = Departure.Free();
        Assert.IsType<SendOutcome.Sent>(await new BlueskyPublisher(slow).SendAsync(account, Post("our clock is wrong"), gate, Cancel));
        Assert.Single(kept);
        Assert.Equal(2, gate.Asked);
    }

    [Fact]
    public async Task A_renewed_token_that_cannot_be_kept_is_not_used()
    {
        var account = await _server.SignedInAsync(_http);
        var broken = new AccountAccess(account.Server, account.NetworkId, account.Handle, account.Secret, (_, _) => throw new InvalidOperationException("no database"));
        using var later = new NetworkHttp(new FakeTime(TimeProvider.System.GetUtcNow().AddHours(3)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => new BlueskyPublisher(later).SendAsync(broken, Post("not kept"), Departure.Free(), Cancel));
        Assert.Empty(await _server.PostsAsync(account));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"Access":"a","Refresh":"b","Pds":"http://127.0.0.1:9"}""", NetworkFailure.Unreachable)]
    public async Task What_is_no_session_asks_for_a_new_sign_in(string secret, NetworkFailure kind = NetworkFailure.SignInNeeded)
    {
        var account = new AccountAccess(new("http://127.0.0.1:9"), "did:plc:x", "x.test", secret, (_, _) => Task.CompletedTask);
        var failure = Assert.IsType<SendOutcome.Rejected>(await _bluesky.SendAsync(account, Post("no session"), Departure.Free(), Cancel)).Failure;
        Assert.Equal(kind, failure.Kind);
    }

    [Fact]
    public async Task A_session_that_was_ended_asks_for_a_new_sign_in()
    {
        var account = await _server.SignedInAsync(_http);
        var ended = AtProtoServer.Access(new(account.NetworkId, account.Handle, null, ""), account.Server, (BlueskySecret.Read(account.Secret)! with { Access = Expired(account), Refresh = Expired(account) }).Write());
        var failure = Assert.IsType<SendOutcome.Rejected>(await _bluesky.SendAsync(ended, Post("ended"), Departure.Free(), Cancel)).Failure;
        Assert.Equal((NetworkFailure.SignInNeeded, false), (failure.Kind, failure.Retryable));
    }

    public void Dispose() => _http.Dispose();

    private static OutgoingPost Post(string text) => new(text, text, null, null, [], new(), TimeProvider.System.GetUtcNow());

    // Signed with the server's own key, so that it is refused for its age and for nothing else.
    private string Expired(AccountAccess account)
    {
        var end = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeSeconds();
        var head = Part("""{"typ":"at+jwt","alg":"HS256"}""");
        var body = Part($$"""{"scope":"com.atproto.appPass","aud":"did:web:localhost","sub":"{{account.NetworkId}}","iat":{{end - 7200}},"exp":{{end}}}""");
        return $"{head}.{body}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_server.JwtSecret), Encoding.ASCII.GetBytes($"{head}.{body}")))}";
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
