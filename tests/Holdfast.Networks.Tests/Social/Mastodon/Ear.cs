using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Mastodon;

namespace Holdfast.Networks.Tests.Social.Mastodon;

/// <summary>Listens in the background and keeps all that came.</summary>
internal sealed class Ear : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<SourceBatch> _batches = [];
    private readonly SemaphoreSlim _more = new(0);
    private readonly Task _listening;

    public Ear(Town town, MastodonChannel channel, string? cursor = null, bool signedIn = true)
        : this(new MastodonSource(town.Http, town.Time, channel), new SourceRequest(town.Server.Address, signedIn ? town.Account : null, cursor))
    {
    }

    public Ear(MastodonSource source, SourceRequest request) => _listening = ListenAsync(source, request);

    public IReadOnlyList<SourceBatch> Batches
    {
        get
        {
            lock (_batches)
                return [.. _batches];
        }
    }

    public IReadOnlyList<string> Texts => [.. Batches.SelectMany(b => b.Posts).Select(p => p.Post.Text)];

    public string? Cursor => Batches[^1].Cursor;

    /// <summary>Waits until what came satisfies; fails with all of it when it does not in time.</summary>
    public async Task UntilAsync(Func<Ear, bool> satisfied)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!satisfied(this))
        {
            try
            {
                // What is waited for may also be on the server's side, so it is looked at again now and then.
                await _more.WaitAsync(TimeSpan.FromMilliseconds(50), patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"It never came. What came: {string.Join(" | ", Texts)}; trouble: {string.Join(" | ", Batches.Select(b => b.Trouble?.Detail).OfType<string>())}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening;
        _stop.Dispose();
        _more.Dispose();
    }

    private async Task ListenAsync(MastodonSource source, SourceRequest request)
    {
        try
        {
            await foreach (var batch in source.ReadAsync(request, _stop.Token))
            {
                lock (_batches)
                    _batches.Add(batch);
                _more.Release();
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
