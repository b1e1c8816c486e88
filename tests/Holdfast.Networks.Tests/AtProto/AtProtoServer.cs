using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Bluesky;
using Holdfast.Networks.Tests.Social;

[assembly: AssemblyFixture(typeof(Holdfast.Networks.Tests.AtProto.AtProtoServer))]

namespace Holdfast.Networks.Tests.AtProto;

/// <summary>Bluesky's own server on loopback, started with the first test that needs it; ./test fetches it.</summary>
public sealed class AtProtoServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly SemaphoreSlim _starting = new(1);
    private readonly HttpClient _client = new();
    private readonly ConcurrentDictionary<string, string> _lists = [];
    private readonly RawServer _appView;
    private Process? _process;
    private Uri? _address;
    private string _jwtSecret = "";
    private int _accounts;

    /// <summary>Behind the server stands what makes Bluesky's lists of what servers hold. It cannot be had here: its answers are written by the tests from its documentation.</summary>
    public AtProtoServer() => _appView = new(request =>
        _lists.TryGetValue(request.Line.Split(' ')[1].Split('?')[0], out var body) ? RawServer.Ok(body) : RawServer.Says("404 Not Found", """{"error":"NotFound","message":"Post not found"}""", "content-type: application/json\r\n"));

    internal string JwtSecret => _jwtSecret;

    /// <summary>What was asked of the lists, with the parameters.</summary>
    internal IEnumerable<string> Asked => _appView.Requests.Select(r => r.Line);

    internal void Lists(string call, string body) => _lists[$"/xrpc/{call}"] = body;

    /// <summary>Skips the test, with the reason, where the server is not on this machine.</summary>
    internal async Task<Uri> AddressAsync()
    {
        await _starting.WaitAsync();
        try
        {
            return _address ??= await StartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>A new account and an app password of it.</summary>
    internal async Task<(string Handle, string Password)> NewAccountAsync()
    {
        var server = await AddressAsync();
        var handle = $"user{Interlocked.Increment(ref _accounts)}.test";
        var account = await PostAsync(new(server, "/xrpc/com.atproto.server.createAccount"), null, new { handle, email = $"{handle}@example.test", password = "the-account-s-own" });
        var made = await PostAsync(
            new(server, "/xrpc/com.atproto.server.createAppPassword"), account.GetProperty("accessJwt").GetString(), new { name = "holdfast" });
        return (handle, made.GetProperty("password").GetString()!);
    }

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

    /// <summary>What the server holds, without our code in between.</summary>
    internal async Task<IReadOnlyList<JsonElement>> PostsAsync(AccountAccess account)
    {
        var list = await _client.GetFromJsonAsync<JsonElement>(
            new Uri(await AddressAsync(), $"/xrpc/com.atproto.repo.listRecords?repo={account.NetworkId}&collection=app.bsky.feed.post"));
        return [.. list.GetProperty("records").EnumerateArray()];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _appView.DisposeAsync();
        if (_process is not null)
        {
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }

            _process.Dispose();
        }
    }

    private async Task<Uri> StartAsync()
    {
        var packages = Environment.GetEnvironmentVariable("HOLDFAST_ATPROTO");
        var node = packages is null ? null : Directory.EnumerateFiles(Path.Combine(packages, "node_modules"), "node", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 }).FirstOrDefault();
        Assert.SkipWhen(node is null, "The AT Protocol server is not on this machine; ./test fetches it where npm is to be had.");
        var start = new ProcessStartInfo(node!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "AtProto", "server.mjs"));
        start.ArgumentList.Add(packages!);
        start.ArgumentList.Add(JsonSerializer.Serialize(new { bskyAppViewUrl = _appView.Address.ToString().TrimEnd('/'), bskyAppViewDid = "did:web:appview.test" }));
        start.Environment["LOG_ENABLED"] = "false";
        _process = Process.Start(start)!;
        var errors = _process.StandardError.ReadToEndAsync();
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        if (line is null)
        {
            throw new InvalidOperationException($"The AT Protocol server did not start: {await errors}");
        }

        // Nobody reads what it says later, and a full pipe would stop it.
        _ = _process.StandardOutput.ReadToEndAsync();
        var ready = JsonSerializer.Deserialize<JsonElement>(line);
        _jwtSecret = ready.GetProperty("jwtSecret").GetString()!;
        return new(ready.GetProperty("pds").GetString()!);
    }

    private async Task<JsonElement> PostAsync(Uri address, string? token, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using var answer = await _client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
