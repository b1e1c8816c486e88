using Holdfast.Core.Listening;
using Holdfast.Drills.Simulators.Mastodon;
using Holdfast.Networks.Social.Practice;

namespace Holdfast.Drills;

/// <summary>
/// The networks of the demo, in this process. What the invented public says on the first of them can be answered there: it is said
/// on the simulated server too, and bears the id and the address that it has there.
/// </summary>
internal sealed class DemoNetworks(TimeProvider time) : IAsyncDisposable
{
    private const string Marta = "marta.reads";

    /// <summary>Nobody answers what is older.</summary>
    private static readonly TimeSpan Answerable = TimeSpan.FromDays(2);

    private readonly Lazy<Task<MastodonSimulator>> _mastodon = new(() => OpenAsync(time));
    private readonly Lazy<PracticeServer> _practice = new(() => new PracticeServer(time));
    private readonly Dictionary<string, SimulatedStatus> _said = [];

    public PracticeServer Practice => _practice.Value;

    /// <summary>The id of the post that the crisis begins with.</summary>
    public string? First { get; private set; }

    public Task<MastodonSimulator> MastodonAsync() => _mastodon.Value;

    /// <summary>The public's first network is the one that the brand can answer on, its second one is not.</summary>
    public async Task<Post> SayAsync(Post post)
    {
        if (post.Network != "bluesky")
        {
            return post with { Network = "bluesky" };
        }

        var there = post with { Network = "mastodon", ReplyTo = Said(post.ReplyTo), RepostOf = Said(post.RepostOf) };
        if (post.RepostOf is not null || post.At < time.GetUtcNow() - Answerable)
        {
            return there;
        }

        var mastodon = await MastodonAsync();
        var by = mastodon.World.ByName(post.Author.Handle) ?? mastodon.World.AddAccount(post.Author.Handle, post.Author.Name, post.Author.Followers ?? 0);
        var status = mastodon.World.Say(by, post.Text, post.ReplyTo is { } to ? _said.GetValueOrDefault(to) : null, language: post.Language);
        _said[post.NetworkId] = status;
        First ??= post.Author.Handle == Marta ? MastodonJson.Id(status.Id) : null;
        return there with { NetworkId = MastodonJson.Id(status.Id), Url = $"{mastodon.Address}@{by.Name}/{status.Id}" };
    }

    public async ValueTask DisposeAsync()
    {
        if (_mastodon.IsValueCreated)
        {
            await (await _mastodon.Value).DisposeAsync();
        }

        if (_practice.IsValueCreated)
        {
            await _practice.Value.DisposeAsync();
        }
    }

    private static async Task<MastodonSimulator> OpenAsync(TimeProvider time)
    {
        var mastodon = await MastodonSimulator.StartAsync(time, 0, CancellationToken.None);
        mastodon.Domain = "mastodon.example";
        return mastodon;
    }

    private string? Said(string? id) => id is not null && _said.TryGetValue(id, out var status) ? MastodonJson.Id(status.Id) : id;
}
