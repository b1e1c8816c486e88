using Dapper;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Listening;
using Holdfast.Testing.Hosting;
using Holdfast.Testing.Social;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.App.Tests.Listening;

public sealed class NetworkSourceTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly PersonId Someone = new(Guid.CreateVersion7(Start));
    private const string Readers = """
        from pg_locks l join network_source n on hashtextextended('listening to ' || n.source_id::text, 0) = (l.classid::bigint << 32) + l.objid::bigint
        where l.locktype = 'advisory' and l.granted and l.database = (select oid from pg_database where datname = current_database())
        """;

    private readonly JetstreamSimulator _stream = new(Start);
    private AppHost _app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_post_from_the_stream_is_stored_and_the_cursor_after_it()
    {
        var source = await ListenAsync();
        var time = _stream.Post("did:plc:ann", "1", "The Acorn Air gate is closed again");
        _stream.Post("did:plc:bob", "2", "nothing about anyone");
        var last = _stream.Post("did:plc:cem", "3", "Acorn Air lost my bag");
        await UntilAsync("select cursor from network_source", c => c == last);
        Assert.Equal(["did:plc:ann", "did:plc:cem"], await ManyAsync("select author_id from post order by at"));
        var row = (await _app.Services.GetRequiredService<SourceBoard>().FindAsync(source, Cancel))!;
        Assert.Equal((2, 1, "BlueskyStream", SourceState.Working), (row.Row.Accepted, row.Row.Unmatched, row.Row.What, row.Health.State));
        Assert.NotEqual(time, last);
    }

    [Fact]
    public async Task A_deleted_post_is_marked_and_kept()
    {
        await ListenAsync();
        _stream.Post("did:plc:ann", "1", "Acorn Air is late");
        _stream.Delete("did:plc:ann", "1");
        await UntilAsync("select author_id from post where deleted_at is not null", a => a == "did:plc:ann");
    }

    [Fact]
    public async Task A_stream_that_is_gone_is_told_and_goes_on_where_it_stopped()
    {
        var source = await ListenAsync();
        var first = _stream.Post("did:plc:ann", "1", "Acorn Air is late");
        await UntilAsync("select cursor from network_source", c => c == first);
        _stream.Refuse("503 Service Unavailable");
        _stream.Drop();
        await UntilAsync("select last_error from source where last_error is not null", e => e?.Contains("503", StringComparison.Ordinal) == true);
        _stream.Post("did:plc:bob", "2", "Acorn Air is later still");
        _stream.Refuse(null);
        await UntilAsync("select author_id from post where author_id = 'did:plc:bob'", a => a is not null);
        Assert.Contains($"cursor={first}", _stream.Requests[^1]);
        await UntilAsync("select coalesce(last_error, 'none') from source", e => e == "none");
        Assert.Equal(SourceState.Working, (await _app.Services.GetRequiredService<SourceBoard>().FindAsync(source, Cancel))!.Health.State);
    }

    [Fact]
    public async Task What_was_stored_before_a_lost_cursor_is_not_stored_twice()
    {
        await ListenAsync();
        var last = _stream.Post("did:plc:ann", "1", "Acorn Air is late");
        await UntilAsync("select cursor from network_source", c => c == last);
        await using (var connection = await _app.Store.OpenAsync(Cancel))
        {
            // As if the node had died between the commit of the posts and that of the cursor.
            await connection.ExecuteAsync("update network_source set cursor = @earlier", new { earlier = (Start.ToUnixTimeMilliseconds() * 1000).ToString(System.Globalization.CultureInfo.InvariantCulture) });
            await connection.ExecuteAsync($"select pg_terminate_backend(l.pid) {Readers}");
        }

        _stream.Post("did:plc:bob", "2", "Acorn Air is later still");
        await UntilAsync("select author_id from post where author_id = 'did:plc:bob'", a => a is not null);
        Assert.Equal(["1", "1"], await ManyAsync("select count(*)::text from post group by network_id"));
    }

    [Fact]
    public async Task Two_nodes_read_a_source_once_and_the_other_takes_over()
    {
        var source = await ListenAsync();
        var first = _stream.Post("did:plc:ann", "1", "Acorn Air is late");
        await UntilAsync("select cursor from network_source", c => c == first);
        var other = ActivatorUtilities.CreateInstance<NetworkReader>(_app.Services);
        await other.RunAsync(source, Cancel).WaitAsync(Patience, Cancel);
        Assert.Single(_stream.Requests);
    }

    [Fact]
    public async Task A_retired_source_is_read_no_more()
    {
        var source = await ListenAsync();
        var first = _stream.Post("did:plc:ann", "1", "Acorn Air is late");
        await UntilAsync("select cursor from network_source", c => c == first);
        await _app.Services.GetRequiredService<SourceDesk>().RetireAsync(source, Someone, Cancel);
        await UntilAsync($"select count(*)::text {Readers}", n => n == "0");
        _stream.Post("did:plc:bob", "2", "Acorn Air is later still");
        Assert.Equal(["did:plc:ann"], await ManyAsync("select author_id from post"));
    }

    [Theory]
    [InlineData("BlueskyStream", "ws://192.0.2.1", null, "source.server")]
    [InlineData("BlueskyAccount", null, null, "source.account")]
    [InlineData("MastodonPublic", "", null, "source.server")]
    [InlineData("MastodonTag", "mastodon.example", "two words", "source.tag")]
    [InlineData("Nonsense", null, null, "source.kind")]
    public async Task What_cannot_be_listened_to_is_refused_beside_its_field(string kind, string? server, string? tag, string code)
    {
        var made = await _app.Services.GetRequiredService<NetworkSourceDesk>().CreateAsync(new() { Kind = kind, Name = "A", Server = server, Tag = tag }, null, Someone, Cancel);
        Assert.Equal([code], made.Refusals.Select(r => r.Code));
    }

    public async ValueTask InitializeAsync()
    {
        _app = await AppHost.StartAsync();
        await _app.Services.GetRequiredService<ImportDesk>().PrepareAsync("Acorn Air", "bluesky", Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _stream.DisposeAsync();
    }

    /// <summary>Returns when the stream is open, so that nothing is said to nobody.</summary>
    private async Task<SourceId> ListenAsync()
    {
        var made = await _app.Services.GetRequiredService<NetworkSourceDesk>().CreateAsync(new() { Kind = "BlueskyStream", Name = "All of Bluesky", Server = _stream.Address.ToString() }, null, Someone, Cancel);
        await _stream.Opened.WaitAsync(Patience, Cancel);
        return made.Value;
    }

    private async Task<IReadOnlyList<string>> ManyAsync(string sql)
    {
        await using var connection = await _app.Store.OpenAsync(Cancel);
        return [.. await connection.QueryAsync<string>(sql)];
    }

    private async Task UntilAsync(string sql, Func<string?, bool> enough)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        await using var connection = await _app.Store.OpenAsync(Cancel);
        while (!enough(await connection.QueryFirstOrDefaultAsync<string?>(sql)))
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
