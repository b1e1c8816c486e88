using System.Net;
using Dapper;
using Holdfast.Brands;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;
using Holdfast.Database;
using Holdfast.Drills.Simulators;
using Holdfast.Drills.Simulators.Mastodon;
using Holdfast.Networks.Social;
using Holdfast.People;
using Holdfast.Publishing;
using Holdfast.Responses;
using Holdfast.Testing;
using Holdfast.Testing.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Account = Holdfast.Core.Publishing.Account;

namespace Holdfast.App.Tests.Responses;

/// <summary>What whoever answers sees of the conversation around a post, in Polish, on a simulated Mastodon server.</summary>
public sealed class ConversationTests : IAsyncLifetime
{
    private MastodonSimulator _mastodon = null!;
    private SimulatedAccount _ours = null!;
    private SimulatedAccount _ola = null!;
    private AppHost _host = null!;
    private FormClient _browser = null!;
    private BrandId _brand;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _mastodon = await MastodonSimulator.StartAsync(TimeProvider.System, 0, Cancel);
        _ours = _mastodon.World.AddAccount("aurelka", "Aurelka");
        _ola = _mastodon.World.AddAccount("ola", "Ola Kern");
        await StartAsync(null);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _host.DisposeAsync();
        await _mastodon.DisposeAsync();
    }

    [Fact]
    public async Task The_page_comes_without_the_network_and_the_conversation_after_it()
    {
        await ConnectAsync();
        var first = _mastodon.World.Say(_ola, "Coś niebieskiego w jogurcie", language: "pl");
        var asked = _mastodon.World.Say(_ola, "@aurelka what is this?", first, language: "en");
        var answer = _mastodon.World.Say(_ours, "@ola We look into it.", asked);
        _mastodon.World.Say(_ola, "<b>Thanks</b>\u202E!", answer, language: "en");
        var path = await HearAsync(MastodonJson.Id(asked.Id));
        var before = await StoredAsync();
        var requests = 0;
        _mastodon.Faults = _ =>
        {
            Interlocked.Increment(ref requests);
            return Fault.None;
        };

        var page = (await _browser.GetAsync(path)).Text;
        Assert.Contains($"hx-get=\"{path}/conversation\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{path}/conversation\"", page, StringComparison.Ordinal);
        Assert.Contains("Pobieranie rozmowy z Mastodon…", page, StringComparison.Ordinal);
        Assert.Equal(0, requests);

        var told = await ReadAsync(path);
        Assert.Equal(2, requests);
        AssertInOrder(told, "1&#xA0;wcześniej · 2&#xA0;odpowiedzi · 1&#xA0;nasz", "Coś niebieskiego", "ten wpis", "what is this?", "nasze", "We look into it.", "odpowiada @aurelka", "&lt;b&gt;Thanks&lt;/b&gt;");
        Assert.Contains("Ten wpis ma już naszą odpowiedź", told, StringComparison.Ordinal);
        Assert.Contains($"href=\"{_mastodon.Address}@ola/{first.Id}\"", told, StringComparison.Ordinal);
        Assert.Contains("<p lang=\"pl\" dir=\"auto\"", told, StringComparison.Ordinal);
        Assert.Equal(before, await StoredAsync());
        Assert.Empty(_mastodon.Arrivals);
    }

    [Fact]
    public async Task Where_nobody_else_has_spoken_it_says_so()
    {
        await ConnectAsync();
        var path = await HearAsync(MastodonJson.Id(_mastodon.World.Say(_ola, "@aurelka hm").Id));
        var told = await ReadAsync(path);
        Assert.Contains("nikt inny jeszcze się nie odezwał", told, StringComparison.Ordinal);
        Assert.DoesNotContain("<ol", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_storm_and_of_an_endless_text_the_beginning_is_shown_and_the_rest_is_said_to_be_there()
    {
        await ConnectAsync();
        var asked = _mastodon.World.Say(_ola, "@aurelka hm");
        for (var i = 0; i < Conversation.MostAnswers + 31; i++)
        {
            _mastodon.World.Say(_ola, i == 0 ? $"{new string('ż', ConversationView.MostText - 1)}🙂 and what nobody reads" : "Me too", asked);
        }

        var told = await ReadAsync(await HearAsync(MastodonJson.Id(asked.Id)));
        Assert.Contains("… i jeszcze 31.", told, StringComparison.Ordinal);
        Assert.Contains("żżż…</p>", told, StringComparison.Ordinal);
        Assert.Contains("71&#xA0;odpowiedzi", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_that_was_deleted_meanwhile_is_plainly_said_to_be_gone()
    {
        await ConnectAsync();
        var asked = _mastodon.World.Say(_ola, "@aurelka hm");
        _mastodon.World.Delete(asked.Id);
        var told = await ReadAsync(await HearAsync(MastodonJson.Id(asked.Id)));
        Assert.Contains("Tego wpisu już tam nie ma.", told, StringComparison.Ordinal);
        Assert.Contains("Odpowiedź nadal można wysłać, ale Mastodon ją odrzuci.", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_refuses_is_named_with_what_can_be_done_and_the_next_try_is_as_good_as_the_first()
    {
        await ConnectAsync();
        var path = await HearAsync(MastodonJson.Id(_mastodon.World.Say(_ola, "@aurelka hm").Id));
        foreach (var (fault, words) in new[]
        {
            (Fault.TooMany(), "Mastodon prosi, by zwolnić."),
            (Fault.Answer(503), "Mastodon ma własne kłopoty."),
            (Fault.Answer(422, """{"error":"We are <i>closed</i>"}"""), "We are &lt;i&gt;closed&lt;/i&gt;"),
            (Fault.Close, "Połączenie z Mastodon zostało przerwane."),
        })
        {
            _mastodon.Faults = _ => fault;
            var refused = await ReadAsync(path);
            AssertInOrder(refused, words, "Spróbuj ponownie");
            Assert.Contains("Odpowiedź i tak można napisać.", refused, StringComparison.Ordinal);
        }

        _mastodon.Faults = _ => Fault.None;
        Assert.Contains("nikt inny", await ReadAsync(path), StringComparison.Ordinal);
        _mastodon.World.Revoke(_ours.Token);
        AssertInOrder(await ReadAsync(path), "Mastodon wymaga ponownego połączenia konta @aurelka@mastodon.example.", "href=\"/accounts\"");
    }

    [Fact]
    public async Task A_network_that_does_not_answer_is_given_up_after_seconds()
    {
        var time = new FakeTime(TimeProvider.System.GetUtcNow());
        await _host.DisposeAsync();
        await StartAsync(time);
        await ConnectAsync();
        var path = await HearAsync(MastodonJson.Id(_mastodon.World.Say(_ola, "@aurelka hm").Id));
        var came = new TaskCompletionSource();
        _mastodon.Faults = _ =>
        {
            came.TrySetResult();
            return Fault.Slow(TimeSpan.FromMinutes(10));
        };
        var asking = ReadAsync(path);
        await came.Task.WaitAsync(Cancel);
        time.Advance(TimeSpan.FromSeconds(8));
        Assert.Contains("Mastodon nie odpowiada na czas.", await asking.WaitAsync(TimeSpan.FromSeconds(20), Cancel), StringComparison.Ordinal);
    }

    [Theory, InlineData("mastodon"), InlineData("practice")]
    public async Task Without_an_account_or_a_network_that_can_be_asked_the_page_has_no_conversation(string network)
    {
        if (network == "practice")
        {
            await ConnectAsync(network);
        }

        var path = await HearAsync("7", network);
        var (status, page, _) = await _browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.DoesNotContain("conversation", page, StringComparison.Ordinal);
        Assert.Contains("nie ma jak zapytać", await ReadAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_cannot_be_opened_any_more_asks_for_a_new_sign_in()
    {
        await ConnectAsync();
        await ExecuteAsync("update account set secret = '\\x00'", new { });
        var told = await ReadAsync(await HearAsync("7"));
        AssertInOrder(told, "wymaga ponownego połączenia konta", "href=\"/accounts\"");
    }

    [Fact]
    public async Task Nobody_reads_it_without_being_signed_in_and_there_is_none_of_a_post_that_nobody_heard()
    {
        await ConnectAsync();
        var path = await HearAsync(MastodonJson.Id(_mastodon.World.Say(_ola, "@aurelka a secret").Id));
        using var stranger = new FormClient(_host.NewClient());
        var (status, text, to) = await stranger.GetAsync($"{path}/conversation");
        Assert.Equal(HttpStatusCode.Redirect, status);
        Assert.StartsWith("/sign-in", to, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync($"/answer/{_brand.Value}/{Guid.CreateVersion7()}/conversation")).Status);
    }

    [Fact]
    public void Ours_is_what_any_account_of_the_brand_said_and_a_number_of_another_server_is_nobody()
    {
        Account[] accounts = [Account("https://a.example", "1", "aurelka@a.example"), Account("https://b.example", "2", "Help@b.example")];
        var asked = Post("q", "7", "ola@a.example");
        var said = Conversation.Of([], asked, [Post("x", "1", "aurelka@a.example", "q"), Post("y", "9", "help@B.example", "q"), Post("z", "2", "jan@a.example", "q")], "1", 0);
        var view = new ConversationView(new QueueRow { Network = "mastodon" }, accounts[0], accounts, said, null);
        Assert.Equal([false, true, true, false], view.Lines.Select(line => line.IsOurs));
        Assert.Equal("x", view.Answered!.NetworkId);
    }

    private static Account Account(string server, string id, string handle) => new(new(Guid.CreateVersion7()), default, "mastodon", server, id, handle, AccountState.Connected);

    private static Post Post(string id, string by, string handle, string? to = null) => new()
    {
        Id = new(Guid.CreateVersion7()),
        Network = "mastodon",
        NetworkId = id,
        Author = new(by, handle),
        Text = id,
        At = DateTimeOffset.UnixEpoch,
        ReplyTo = to,
    };

    private static void AssertInOrder(string text, params string[] parts)
    {
        var at = 0;
        foreach (var part in parts)
        {
            var found = text.IndexOf(part, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"“{part}” is not where it should be:\n{text[at..]}");
            at = found + part.Length;
        }
    }

    private async Task StartAsync(TimeProvider? time)
    {
        _host = await AppHost.StartAsync(time, builder => builder.Services.AddSingleton(new OpenDoor(IsOpen: true)));
        _browser = new FormClient(_host.NewClient());
        await _browser.EnterAsync(await _host.BeginAsync());
        _brand = (await _host.Services.GetRequiredService<BrandDesk>().CreateAsync(BrandDraft.Check("Aurelka", "", ["pl"], "Europe/Warsaw").Value, Cancel)).Value.Id;
    }

    /// <summary>The section as it is put into the page.</summary>
    private async Task<string> ReadAsync(string path)
    {
        var (status, text, _) = await _browser.GetAsync($"{path}/conversation");
        Assert.Equal(HttpStatusCode.OK, status);
        var begin = text.IndexOf("<section id=\"conversation\"", StringComparison.Ordinal);
        return begin < 0 ? text : text[begin..(text.IndexOf("</section>", begin, StringComparison.Ordinal) + 10)];
    }

    private Task ConnectAsync(string network = "mastodon") => ExecuteAsync("""
        insert into account (id, brand_id, network, server, network_id, handle, secret, limits, state, connected_at)
        values (@id, @_brand, @network, @server, @key, 'aurelka@mastodon.example', @secret, @limits::jsonb, 'Connected', now())
        """, new
    {
        id = Guid.CreateVersion7(),
        _brand,
        network,
        server = _mastodon.Address.ToString(),
        key = MastodonJson.Id(_ours.Id),
        secret = _host.Services.GetRequiredService<AccountBook>().Seal($$"""{"token":"{{_ours.Token}}"}"""),
        limits = Json.Write(new NetworkLimits(new TextRule(TextCount.Mastodon, 500), 4, 1, 1, [])),
    });

    /// <returns>The page where it is answered.</returns>
    private async Task<string> HearAsync(string key, string network = "mastodon")
    {
        var post = Guid.CreateVersion7();
        await ExecuteAsync("""
            insert into post (id, network, network_id, author_id, handle, text, at, received_at, search)
            values (@post, @network, @key, 'ola', 'ola', '@aurelka hm', now(), now(), '');
            insert into mention (brand_id, post_id, monitors, at, network, author, reach, language, sentiment, class, intent, copy_key)
            values (@_brand, @post, '{}', now(), @network, 'ola', 900, 'en', -1, -1, 2, 0);
            insert into reply_item (brand_id, post_id, level, heard_at, duty, state) values (@_brand, @post, 1, now(), 'Social', 'Open') on conflict do nothing
            """, new { post, network, key, _brand });
        return $"/answer/{_brand.Value}/{post}";
    }

    private async Task<long> StoredAsync()
    {
        await using var connection = await _host.Store.OpenAsync(Cancel);
        return await connection.ExecuteScalarAsync<long>("select (select count(*) from post) + (select count(*) from mention)");
    }

    private async Task ExecuteAsync(string sql, object parameters)
    {
        await using var connection = await _host.Store.OpenAsync(Cancel);
        await connection.ExecuteAsync(sql, parameters);
    }
}
