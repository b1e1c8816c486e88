using System.Collections.Concurrent;
using System.Text.Json;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Bluesky;
using Holdfast.Networks.Tests.Social;
using Holdfast.Testing.AtProto;

[assembly: AssemblyFixture(typeof(Holdfast.Networks.Tests.AtProto.AtProtoServer))]

namespace Holdfast.Networks.Tests.AtProto;

/// <summary>Bluesky's own server on loopback, started with the first test that needs it.</summary>
public class AtProtoServer : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private readonly ConcurrentDictionary<string, string> _lists = [];
    private readonly RawServer _appView;
    private AtProtoProcess? _process;

    /// <summary>Behind the server stands what makes Bluesky's lists; its answers are written by the tests, for what the real one never says.</summary>
    public AtProtoServer() => _appView = new(request =>
        _lists.TryGetValue(request.Line.Split(' ')[1].Split('?')[0], out var body) ? RawServer.Ok(body) : RawServer.Says("404 Not Found", """{"error":"NotFound","message":"Post not found"}""", "content-type: application/json\r\n"));

    internal string JwtSecret => _process!.JwtSecret;

    /// <summary>What was asked of the lists, with the parameters.</summary>
    internal IEnumerable<string> Asked => _appView.Requests.Select(r => r.Line);

    internal void Lists(string call, string body) => _lists[$"/xrpc/{call}"] = body;

    internal async Task<Uri> AddressAsync() => (await ProcessAsync()).Address;

    /// <summary>A new account and an app password of it.</summary>
    internal async Task<(string Handle, string Password)> NewAccountAsync() => await (await ProcessAsync()).NewAccountAsync();

    /// <summary>A new account, signed in.</summary>
    internal async Task<AccountAccess> SignedInAsync(NetworkHttp http, List<string>? kept = null)
    {
        var server = await AddressAsync();
        var (handle, password) = await NewAccountAsync();
        var signedIn = (await new BlueskyPublisher(http).SignInAsync(new(server, handle, password), default)).Value!;
        return Access(signedIn, server, signedIn.Secret, kept);
    }

    /// <summary>The same account by another way: a token of our own making, or a server in between.</summary>
    internal static AccountAccess Access(SignedIn signedIn, Uri server, string secret, List<string>? kept = null) =>
        new(server, signedIn.NetworkId, signedIn.Handle, secret, (renewed, _) =>
        {
            kept?.Add(renewed);
            return Task.CompletedTask;
        });

    internal static AccountAccess Through(AccountAccess account, Uri server) =>
        new(server, account.NetworkId, account.Handle, (BlueskySecret.Read(account.Secret)! with { Pds = server }).Write(), (_, _) => Task.CompletedTask);

    internal async Task<IReadOnlyList<JsonElement>> PostsAsync(AccountAccess account) => await (await ProcessAsync()).PostsAsync(account.NetworkId);

    public async ValueTask DisposeAsync()
    {
        await _appView.DisposeAsync();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _starting.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Skips the test, with the reason, where the server is not on this machine.</summary>
    private protected async Task<AtProtoProcess> ProcessAsync()
    {
        await _starting.WaitAsync();
        try
        {
            return _process ??= await AtProtoProcess.StartAsync(await SettingsAsync());
        }
        finally
        {
            _starting.Release();
        }
    }

    private protected virtual Task<object> SettingsAsync() =>
        Task.FromResult<object>(new { bskyAppViewUrl = _appView.Address.ToString().TrimEnd('/') });
}
