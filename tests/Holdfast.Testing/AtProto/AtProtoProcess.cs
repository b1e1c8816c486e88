using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit.v3;

namespace Holdfast.Testing.AtProto;

/// <summary>Bluesky's own server as a process on loopback; ./test fetches it.</summary>
internal sealed class AtProtoProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly HttpClient _client = new();
    private readonly SemaphoreSlim _telling = new(1);
    private int _accounts;

    private AtProtoProcess(Process process, JsonElement ready)
    {
        _process = process;
        Address = new(ready.GetProperty("pds").GetString()!);
        JwtSecret = ready.GetProperty("jwtSecret").GetString()!;
    }

    public Uri Address { get; }

    public string JwtSecret { get; }

    /// <summary>Skips the test, with the reason, where the server is not on this machine.</summary>
    public static async Task<AtProtoProcess> StartAsync(object settings)
    {
        var packages = Environment.GetEnvironmentVariable("HOLDFAST_ATPROTO");
        var node = packages is null ? null : Directory.EnumerateFiles(Path.Combine(packages, "node_modules"), "node", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 }).FirstOrDefault();
        if (node is null)
        {
            throw new NotHere($"{DynamicSkipToken.Value}The AT Protocol server is not on this machine; ./test fetches it where npm is to be had.");
        }

        var start = new ProcessStartInfo(node, [Path.Combine(AppContext.BaseDirectory, "AtProto", "server.mjs"), packages!, JsonSerializer.Serialize(settings)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LOG_ENABLED"] = "false";
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience)
            ?? throw new InvalidOperationException($"The AT Protocol server did not start: {await errors}");
        return new(process, JsonSerializer.Deserialize<JsonElement>(line));
    }

    /// <summary>A new account and an app password of it.</summary>
    public async Task<(string Handle, string Password)> NewAccountAsync()
    {
        var handle = $"user{Interlocked.Increment(ref _accounts)}.test";
        var account = await PostAsync("com.atproto.server.createAccount", null, new { handle, email = $"{handle}@example.test", password = "the-account-s-own" });
        var made = await PostAsync("com.atproto.server.createAppPassword", account.GetProperty("accessJwt").GetString(), new { name = "holdfast" });
        return (handle, made.GetProperty("password").GetString()!);
    }

    /// <summary>What the server holds of an account, without our code in between.</summary>
    public async Task<IReadOnlyList<JsonElement>> PostsAsync(string did)
    {
        var list = await _client.GetFromJsonAsync<JsonElement>(new Uri(Address, $"/xrpc/com.atproto.repo.listRecords?repo={did}&collection=app.bsky.feed.post"));
        return [.. list.GetProperty("records").EnumerateArray()];
    }

    /// <summary>Until the lists know of everything that was done so far; only where they are made here.</summary>
    public async Task ListedAsync()
    {
        await _telling.WaitAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync();
            await _process.StandardInput.FlushAsync();
            _ = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException("The AT Protocol server ended.");
        }
        finally
        {
            _telling.Release();
        }
    }

    /// <summary>A procedure of the protocol, as somebody else's app calls it.</summary>
    public async Task<JsonElement> PostAsync(string call, string? token, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, $"/xrpc/{call}")) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using var answer = await _client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async ValueTask DisposeAsync()
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
        _client.Dispose();
        _telling.Dispose();
    }

    private sealed class NotHere(string message) : Exception(message);
}
