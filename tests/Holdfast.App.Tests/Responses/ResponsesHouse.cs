using Dapper;
using Holdfast.App.Tests.Escalation;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Holdfast.Publishing;
using Holdfast.Responses;
using Holdfast.Testing;
using Holdfast.Testing.Database;
using Microsoft.Extensions.Logging.Abstractions;

namespace Holdfast.App.Tests.Responses;

/// <summary>A brand with two accounts, people and a situation, and everything that answers, on a real PostgreSQL and a clock moved by hand.</summary>
internal sealed class ResponsesHouse
{
    private ResponsesHouse(EscalationHouse house)
    {
        House = house;
        var mail = new ResponseMail(house.Time);
        var publishing = new PublishDesk(house.Store, house.Time);
        Statements = new StatementDesk(house.Store, mail, house.Time);
        Replies = new ReplyDesk(house.Store, publishing, house.Time);
        Releases = new ReleaseDesk(house.Store, Replies, Statements, publishing, house.Time);
        Origins = new OriginDesk(house.Store, house.Time);
        Guests = new GuestDesk(house.Store, Statements, mail, house.Time);
        Community = new CommunityDesk(house.Store, publishing, house.Time);
        Deletions = new DeletionDesk(house.Store, publishing, house.Time);
        Worker = new ResponsesWorker(house.Store, Releases, Deletions, new StuckDesk(house.Store, mail, house.Time), mail, house.Time, NullLogger<ResponsesWorker>.Instance);
    }

    public EscalationHouse House { get; }

    public StatementDesk Statements { get; }

    public ReplyDesk Replies { get; }

    public ReleaseDesk Releases { get; }

    public OriginDesk Origins { get; }

    public GuestDesk Guests { get; }

    public CommunityDesk Community { get; }

    public DeletionDesk Deletions { get; }

    public ResponsesWorker Worker { get; }

    public FakeTime Time => House.Time;

    public BrandId Brand => House.Brand;

    public AccountId Bluesky { get; private set; }

    public AccountId Mastodon { get; private set; }

    public static CancellationToken Cancel => EscalationHouse.Cancel;

    public static async Task<ResponsesHouse> NewAsync(DatabaseFixture database)
    {
        await using (var connection = await database.Store.OpenAsync(Cancel))
        {
            await connection.ExecuteAsync("truncate statement, reply_item, reply_seen, response_origin, deletion, \"freeze\", scheduled_post, account, mention, post cascade");
        }

        var house = new ResponsesHouse(await EscalationHouse.NewAsync(database));
        house.Bluesky = await house.AddAccountAsync("bluesky");
        house.Mastodon = await house.AddAccountAsync("mastodon");
        return house;
    }

    /// <summary>Somebody's post about the brand, heard now.</summary>
    public async Task<PostId> HearAsync(string text = "Where is my parcel?", string network = "bluesky", short intent = 1, short @class = 0, short voice = 0, short risk = 0)
    {
        var id = new PostId(Ids.New(Time));
        await House.ExecuteAsync("""
            insert into post (id, network, network_id, author_id, handle, text, at, received_at, search)
            values (@id, @network, @key, @key, 'anna', @text, @now, @now, '');
            insert into mention (brand_id, post_id, monitors, at, network, author, reach, language, sentiment, class, intent, risk, voice, copy_key)
            values (@Brand, @id, '{}', @now, @network, @key, 100, 'en', 0, @class, @intent, @risk, @voice, 0)
            """, new { id, network, key = id.Value.ToString("N"), text, now = Time.GetUtcNow(), Brand, @class, intent, voice, risk });
        return id;
    }

    /// <summary>A situation whose first post is this one.</summary>
    public async Task<SituationId> BeginAsync(PostId? first = null, Level level = Level.Three)
    {
        var situation = await House.DeclareAsync(level);
        if (first is { } post)
        {
            Ok(await Origins.SetAsync(situation, post, House.Admin, Cancel));
        }

        return situation;
    }

    /// <summary>Marek writes for both accounts.</summary>
    public async Task<StatementId> WriteAsync(SituationId? situation, string text = "Our site is down. We are sorry. We will write again at 15:00.") =>
        (await Statements.BeginAsync(
            new StatementStart(Brand, situation, TemplateKind.Holding, CrisisCause.Outage),
            [new StatementVersion(Bluesky, "en", text), new StatementVersion(Mastodon, "en", text)], House.Marek, Cancel)).Value;

    /// <summary>Marek asks, Ania approves.</summary>
    public async Task<StatementId> ApprovedAsync(SituationId? situation)
    {
        var id = await WriteAsync(situation);
        Ok(await Statements.SubmitAsync(id, House.Marek, Cancel));
        Ok(await ApproveAsync(id, House.Ania));
        return id;
    }

    public async Task<Result<Statement>> ApproveAsync(StatementId id, PersonId by) =>
        await Statements.AnswerAsync(id, by, (await ReadAsync(id)).Content, granted: true, null, Cancel);

    /// <summary>How the plan in force wants it.</summary>
    public Task AnswerByAsync(Answering answering) => House.ExecuteAsync(
        "update plan set document = jsonb_set(document, '{answering}', @answering::jsonb) where brand_id = @Brand", new { Brand, answering = Json.Write(answering) });

    public async Task<Statement> ReadAsync(StatementId id)
    {
        await using var connection = await House.Store.OpenAsync(Cancel);
        return (await StatementSql.ReadAsync(connection, id, Cancel))!;
    }

    public AnswerDraft Answer(string text = "We are looking for it and write to you today.", string? pass = null) => new(Bluesky, text, "en", pass);

    public Task<int> PostsAsync() => House.ScalarAsync<int>("select count(*)::int from scheduled_post", new { });

    /// <summary>The networks took what was due.</summary>
    public Task SentAsync(string state = "Sent") => House.ExecuteAsync("update scheduled_post set state = @state, changed_at = now() where state in ('Scheduled', 'Sending')", new { state });

    /// <summary>The account on Bluesky is connected, lost or wants a new sign-in.</summary>
    public Task AccountAsync(string state) => House.ExecuteAsync("update account set state = @state where id = @Bluesky", new { state, Bluesky });

    public static T Ok<T>(Result<T> result)
    {
        Assert.True(result.Succeeded(out var value), string.Join("; ", result.Refusals.Select(refusal => refusal.Code)));
        return value;
    }

    public static string Refused<T>(Result<T> result)
    {
        Assert.False(result.Succeeded(out _));
        return result.Refusals[0].Code;
    }

    private async Task<AccountId> AddAccountAsync(string network)
    {
        var id = new AccountId(Ids.New(Time));
        await House.ExecuteAsync("""
            insert into account (id, brand_id, network, server, network_id, handle, secret, limits, state, connected_at)
            values (@id, @Brand, @network, 'https://example.org', @key, 'united', '', @limits::jsonb, 'Connected', now())
            """, new { id, Brand, network, key = id.Value.ToString("N"), limits = Json.Write(new NetworkLimits(new TextRule(TextCount.Graphemes, 300), 4, 1, 1, [])) });
        return id;
    }
}
