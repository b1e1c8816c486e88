using System.Text;
using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Listening;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static Holdfast.App.Tests.Listening.WebhookStage;

namespace Holdfast.App.Tests.Listening;

public sealed class WebhookTests(WebhookStage stage) : IClassFixture<WebhookStage>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delivery_signed_by_openssl_is_stored_before_it_is_answered()
    {
        var (status, body, _) = await stage.DeliverAsync(Post("a1", "Acorn Air lost my bag"), "msg_a1");

        Assert.Equal(200, status);
        Assert.Equal(1, body.GetProperty("accepted").GetInt32());
        Assert.Equal("Accepted", body.GetProperty("items")[0].GetProperty("outcome").GetString());
        Assert.Equal(1, await stage.CountAsync("select count(*) from post p join mention m on m.post_id = p.id where p.network = 'mastodon' and p.network_id = 'a1' and p.handle = 'ann' and p.followers = 12"));
    }

    [Fact]
    public async Task Each_post_of_a_delivery_is_answered_for_itself()
    {
        await stage.DeliverAsync(Post("b1", "Acorn Air is late"), "msg_b0");
        var posts = $$"""{"posts":[{{Post("b1", "Acorn Air is late")}},{{Post("b2", "nothing")}},{{Post("b1", "Acorn Air is very late")}},{"id":"b3","text":"Acorn Air","at":"soon"},7,{{Post("b4", "Acorn Air")}}]}""";

        var (status, body, _) = await stage.DeliverAsync(posts, "msg_b1");

        Assert.Equal(207, status);
        Assert.Equal(["Duplicate", "Unmatched", "Edited", "Rejected", "Rejected", "Accepted"], body.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("outcome").GetString()));
        Assert.Equal("at", body.GetProperty("items")[3].GetProperty("property").GetString());
        Assert.Contains("ISO 8601", body.GetProperty("items")[3].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, await stage.CountAsync("select count(*) from parked where source_id = @source and origin = 'msg_b1' and line in (4, 5)"));
    }

    [Fact]
    public async Task A_delivery_in_which_nothing_is_readable_is_422_and_may_be_mended_under_the_same_id()
    {
        Assert.Equal(422, (await stage.DeliverAsync("""[{"text":"Acorn Air"}]""", "msg_c")).Status);
        Assert.Equal(200, (await stage.DeliverAsync($"[{Post("c1", "Acorn Air")}]", "msg_c")).Status);
    }

    [Fact]
    public async Task A_delivery_sent_again_is_known_and_does_nothing()
    {
        var first = await stage.DeliverAsync(Post("d1", "Acorn Air"), "msg_d");
        var before = await stage.CountAsync("select duplicate from source where id = @source");
        var again = await stage.DeliverAsync(Post("d1", "Acorn Air"), "msg_d", TimeSpan.FromMinutes(4));

        Assert.Equal((200, false), (first.Status, first.Body.GetProperty("repeated").GetBoolean()));
        Assert.Equal((200, true), (again.Status, again.Body.GetProperty("repeated").GetBoolean()));
        Assert.Equal(before, await stage.CountAsync("select duplicate from source where id = @source"));
    }

    [Theory]
    [InlineData(-299, 200)]
    [InlineData(299, 200)]
    [InlineData(-301, 401)]
    [InlineData(301, 401)]
    public async Task A_timestamp_counts_for_five_minutes_both_ways(int age, int status)
    {
        var (answered, body, _) = await stage.DeliverAsync(Post($"e{age}", "Acorn Air"), $"msg_e{age}", TimeSpan.FromSeconds(age));

        Assert.Equal(status, answered);
        if (status == 401)
        {
            Assert.Equal("intake.clock", body.GetProperty("code").GetString());
        }
    }

    [Theory]
    [InlineData("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", null)]
    [InlineData(null, "v1,AAAA")]
    [InlineData(null, "v1,not base64 at all")]
    [InlineData(null, "v2,AAAA")]
    [InlineData(null, "nonsense")]
    public async Task What_is_not_signed_with_the_secret_is_401(string? secret, string? signatures)
    {
        var (status, body, response) = await stage.DeliverAsync(Post("f1", "Acorn Air"), "msg_f", secret: secret, signatures: signatures);

        Assert.Equal((401, "intake.signature"), (status, body.GetProperty("code").GetString()));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(0, await stage.CountAsync("select count(*) from post where network_id = 'f1'"));
        Assert.Equal(1, await stage.CountAsync("select count(*) from source where id = @source and last_error like '%signature%'"));
    }

    [Fact]
    public async Task An_unknown_source_and_a_changed_body_are_401_too()
    {
        Assert.Equal(401, (await stage.DeliverAsync(Post("g1", "Acorn Air"), "msg_g", source: Guid.CreateVersion7())).Status);
        var signed = await OpenSslAsync(stage.Source.Secret, $"msg_g.{stage.Time.GetUtcNow().ToUnixTimeSeconds()}.{Post("g1", "Acorn Air")}");
        Assert.Equal(401, (await stage.DeliverAsync(Post("g2", "Acorn Air"), "msg_g", signatures: $"v1,{signed}")).Status);
    }

    [Fact]
    public async Task One_good_signature_among_several_is_enough()
    {
        var now = stage.Time.GetUtcNow().ToUnixTimeSeconds();
        var signed = await OpenSslAsync(stage.Source.Secret, $"msg_h.{now}.{Post("h1", "Acorn Air")}");

        Assert.Equal(200, (await stage.DeliverAsync(Post("h1", "Acorn Air"), "msg_h", signatures: $"v1a,xyz v1,{new string('A', 43)}= v1,{signed}")).Status);
    }

    [Theory]
    [InlineData("text/plain", "intake.media-type", 415)]
    [InlineData("application/x-www-form-urlencoded", "intake.media-type", 415)]
    public async Task Another_type_than_json_is_415(string type, string code, int expected)
    {
        var (status, body, _) = await stage.DeliverAsync(Post("i1", "Acorn Air"), "msg_i", type: type);
        Assert.Equal((expected, code), (status, body.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("{\"posts\":", "intake.not-json")]
    [InlineData("\"hello\"", "intake.not-posts")]
    [InlineData("{\"posts\":7}", "intake.not-posts")]
    [InlineData("[]", "intake.no-posts")]
    public async Task A_body_that_is_no_list_of_posts_is_422(string content, string code)
    {
        var (status, body, _) = await stage.DeliverAsync(content, $"msg_j{code}{content.Length}");
        Assert.Equal((422, code), (status, body.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_name_that_is_half_a_surrogate_pair_is_left_out_and_the_posts_are_taken()
    {
        var post = Post("surrogate", "Acorn Air");
        var (status, _, _) = await stage.DeliverAsync($$"""{"\ud800 and more":1,"posts":[{"\udc00 and more":{},{{post[1..]}}]}""", "msg_surrogate");
        Assert.Equal(200, status);
        Assert.Equal(1, await stage.CountAsync("select count(*) from post where network_id = 'surrogate'"));
    }

    [Fact]
    public async Task More_than_a_megabyte_or_a_thousand_posts_is_413()
    {
        Assert.Equal(413, (await stage.DeliverAsync(Post("k1", new string('a', 1024 * 1024)), "msg_k1", signatures: "v1,AAAA")).Status);
        Assert.Equal(413, (await stage.DeliverAsync($"[{string.Join(',', Enumerable.Repeat("{}", 1001))}]", "msg_k2")).Status);
    }

    [Fact]
    public async Task A_full_queue_is_429_with_a_time_to_come_back_and_what_waited_is_stored()
    {
        var queue = stage.Services.GetRequiredService<IntakeQueue>();
        var source = new IntakeSource(stage.Source.Source, new HashSet<BrandId>());
        var item = new WebhookBody("x", "test", () => new(Guid.CreateVersion7()), stage.Time.GetUtcNow()).Read(Encoding.UTF8.GetBytes(Post("l0", "nothing"))).Value.Items[0].Item!;
        var waiting = Enumerable.Range(0, 10).Select(_ => new IntakeSubmission(source, [.. Enumerable.Repeat(item, 1_000)])).ToList();
        await using (await StalledAsync())
        {
            Assert.All(waiting, w => Assert.True(queue.TryEnqueue(w)));

            var (status, body, response) = await stage.DeliverAsync(Post("l1", "Acorn Air"), "msg_l");

            Assert.Equal((429, "intake.full"), (status, body.GetProperty("code").GetString()));
            Assert.NotNull(response.Headers.RetryAfter?.Delta);
        }

        await Task.WhenAll(waiting.Select(w => w.Done));
        Assert.Equal(200, (await stage.DeliverAsync(Post("l1", "Acorn Air"), "msg_l")).Status);
    }

    [Fact]
    public async Task A_database_that_does_not_take_it_in_time_is_503_and_sending_again_stores_it_once()
    {
        var queue = stage.Services.GetRequiredService<IntakeQueue>();
        await using (await StalledAsync())
        {
            var delivering = stage.DeliverAsync(Post("n1", "Acorn Air is here"), "msg_n");
            while (queue.Waiting == 0 && !delivering.IsCompleted)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
            }

            // Until the handler waits too: it begins to right after the queue has taken it.
            while (!delivering.IsCompleted)
            {
                stage.Time.Advance(TimeSpan.FromSeconds(5));
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
            }

            var (status, body, response) = await delivering;
            Assert.Equal((503, "intake.unavailable"), (status, body.GetProperty("code").GetString()));
            Assert.NotNull(response.Headers.RetryAfter?.Delta);
        }

        Assert.Equal(200, (await stage.DeliverAsync(Post("n1", "Acorn Air is here"), "msg_n")).Status);
        Assert.Equal(1, await stage.CountAsync("select count(*) from mention m join post p on p.id = m.post_id where p.network_id = 'n1'"));
    }

    [Fact]
    public async Task The_secret_is_sealed_at_rest_and_worth_nothing_once_replaced()
    {
        var old = stage.Source.Secret;
        Assert.Equal(0, await stage.CountAsync($"select count(*) from source where position(convert_to('{old["whsec_".Length..]}', 'UTF8') in secret) > 0"));
        var desk = stage.Services.GetRequiredService<SourceDesk>();
        var other = (await desk.CreateWebhookAsync("Other", "x", [], null, new(Guid.Empty), Cancel)).Value;
        var replaced = (await desk.ReplaceSecretAsync(other.Source, new(Guid.Empty), Cancel)).Value;

        Assert.Equal(401, (await stage.DeliverAsync(Post("m1", "x"), "msg_m1", secret: other.Secret, source: other.Source.Value)).Status);
        Assert.Equal(200, (await stage.DeliverAsync(Post("m1", "x"), "msg_m2", secret: replaced.Secret, source: other.Source.Value)).Status);
        await desk.RetireAsync(other.Source, new(Guid.Empty), Cancel);
        Assert.Equal(401, (await stage.DeliverAsync(Post("m1", "x"), "msg_m3", secret: replaced.Secret, source: other.Source.Value)).Status);
    }

    /// <summary>Holds the row that every batch of the source must count in, so that no batch commits until this is disposed.</summary>
    private async Task<NpgsqlConnection> StalledAsync()
    {
        var connection = await stage.Store.OpenAsync(Cancel);
        await connection.ExecuteAsync("begin; select 1 from source where id = @id for update", new { id = stage.Source.Source });
        return connection;
    }
}
