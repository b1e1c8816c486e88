using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Holdfast.Responses;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.Browser.Tests.Responses;

/// <summary>A queue in the middle of the afternoon: posts of several levels, some dealt with, a statement with the approvers, a wish to delete.</summary>
internal sealed record AnsweredScene(PostId Post, StatementId Statement, Guid Sent, string Thanks)
{
    public static async Task<AnsweredScene> EnterAsync(Scene scene, BrandId brand, SituationId situation)
    {
        PersonId marek;
        PostId[] posts;
        await using (var connection = await scene.Store.OpenAsync(default))
        {
            marek = await connection.QuerySingleAsync<PersonId>("select id from person where name like 'Marek%'");
            posts = [.. await connection.QueryAsync<PostId>(
                "select post_id from mention where brand_id = @brand and class = -1 and network = 'bluesky' and not spreads order by at desc limit 9", new { brand })];
            posts[1] = scene.Talk.Post;
            var now = TimeProvider.System.GetUtcNow();
            foreach (var (post, at) in posts.Select((post, at) => (post, at)))
            {
                await connection.ExecuteAsync("""
                    insert into reply_item (brand_id, post_id, situation_id, level, heard_at, duty, clock_at, state)
                    values (@brand, @post, @about, @level, @heard, @duty, @clock, 'Open') on conflict do nothing
                    """, new
                {
                    brand,
                    post,
                    about = at < 4 ? (Guid?)situation.Value : null,
                    level = at < 4 ? 3 : 1,
                    heard = now.AddMinutes(-7 * (at + 1)),
                    duty = at == 1 ? "Lead" : "Social",
                    clock = now.AddMinutes(50 - (7 * at)),
                });
            }
        }

        var replies = scene.Services.GetRequiredService<ReplyDesk>();
        await scene.Services.GetRequiredService<OriginDesk>().SetAsync(situation, posts[0], marek, default);
        await replies.TakeAsync(brand, posts[2], marek, default);
        await replies.AssignAsync(brand, posts[3], scene.Ania, marek, default);
        await replies.AnsweredElsewhereAsync(brand, posts[7], "Called her: the parcel is on its way.", marek, default);
        await replies.LeaveAsync(brand, posts[8], "The same person asked again and got an answer.", marek, default);
        var community = scene.Services.GetRequiredService<CommunityDesk>();
        await community.MarkAsync(brand, posts[5], CommunityKind.Helper, "Explains to others which lot it is.", marek, default);
        await scene.Services.GetRequiredService<DeletionDesk>().AskAsync(brand, posts[6], "It shows the address of one of our drivers.", marek, default);
        return new AnsweredScene(posts[1], await StateAsync(scene, brand, situation, marek), await DeletedAsync(scene, brand, marek),
            CommunityWritePage.Path((await community.AllAsync(default))[0], CommunityAct.Thanked));
    }

    /// <summary>Of two posts of ours one is to go, and two agreed; the other one may be asked for.</summary>
    private static async Task<Guid> DeletedAsync(Scene scene, BrandId brand, PersonId marek)
    {
        await using var connection = await scene.Store.OpenAsync(default);
        var sent = (await connection.QueryAsync<Guid>("""
            update scheduled_post set sent_at = due_at, network_ref = jsonb_build_object('id', '1144' || right(key, 8), 'url', 'https://social.example/@aurelka/1144')
            where brand_id = @brand and network = 'mastodon' and state = 'Sent' returning id
            """, new { brand })).ToList();
        var deletions = scene.Services.GetRequiredService<DeletionDesk>();
        var id = (await deletions.AskAsync(new ScheduledPostId(sent[0]), "Strawberries, today of all days.", marek, default)).Value;
        await deletions.DecideAsync(id, true, "Yes, at once.", null, scene.Ania, default);
        return sent[1];
    }

    private static async Task<StatementId> StateAsync(Scene scene, BrandId brand, SituationId situation, PersonId marek)
    {
        var accounts = await scene.Services.GetRequiredService<AnswerBoard>().AccountsAsync(brand, default);
        var desk = scene.Services.GetRequiredService<StatementDesk>();
        var id = (await desk.BeginAsync(
            new StatementStart(brand, situation, TemplateKind.Holding, CrisisCause.ProductFault),
            [
                .. accounts.Select(account => new StatementVersion(account.Account.Id, "en",
                    "Our strawberry yogurt of lot 4417 has a fault: there are bits of blue plastic in it. We are sorry; your safety comes first. Please do not eat it. Any shop takes it back and pays you. We will write here again at 18:00.")),
                new StatementVersion(null, "pl", "Jogurt truskawkowy z partii 4417 ma wadę: są w nim kawałki niebieskiego plastiku. Przepraszamy, jeśli ktoś się przestraszył."),
            ], marek, default)).Value;
        await desk.SubmitAsync(id, marek, default);
        return id;
    }
}
