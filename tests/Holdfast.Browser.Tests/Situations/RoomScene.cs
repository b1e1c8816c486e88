using Dapper;
using Holdfast.Brands;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Drills;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Listening;
using Holdfast.People;
using Holdfast.Situations;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.Browser.Tests.Situations;

/// <summary>A room in the middle of its work: a rule opened it, a grave level is proposed, people have written on every board.</summary>
public sealed class RoomScene : Site
{
    private static readonly TimeSpan Before = TimeSpan.FromDays(22);

    private TopicId _topic;

    public string Room => $"/situations/{Id.Value}";

    internal SituationId Id { get; private set; }

    internal PersonId Ania { get; private set; }

    internal SituationDesk Desk => Services.GetRequiredService<SituationDesk>();

    internal async Task ActAsync(PersonId by, Func<Situation, DateTimeOffset, Result<IReadOnlyList<TimelineEvent>>> decide) =>
        Assert.True((await Desk.ActAsync(Id, by, decide, default)).Succeeded(out _));

    internal Task ProposeAsync(int level, string rule, SignalKind kind, double people) =>
        Store.InTransactionAsync(async transaction => await TakeAsync(transaction, kind, rule, level, people, _topic, [], TimeProvider.System.GetUtcNow().AddMinutes(-4)), default);

    protected override async Task FillAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<PeopleDesk>();
        Ania = (await people.BeginAsync(new("Ania Nowak", "ania@example.org", "en", "Europe/Warsaw"), "a long enough sentence", default)).Value.Id;
        await people.InviteAsync(new("Marek Zieliński", "marek@example.org", "pl", "Europe/Warsaw"), Permission.Command, Ania, default);
        var brand = (await Services.GetRequiredService<BrandDesk>().CreateAsync(new("Aurelka", ["aurelka"], ["en", "pl"], "Europe/Warsaw", null), default)).Value;
        await HearAsync(brand.Id);
        await OpenAsync(brand.Id);
        await WorkAsync();
    }

    private async Task HearAsync(BrandId brand)
    {
        var source = new SourceId(Guid.CreateVersion7());
        await using (var connection = await Store.OpenAsync(default))
        {
            await connection.ExecuteAsync("""
                insert into source (id, name, kind, network, created_at, last_post_at) values (@source, 'Bluesky', 'File', 'bluesky', now() - interval '60 days', now());
                insert into source_brand values (@source, @brand)
                """, new { source, brand });
        }

        var now = TimeProvider.System.GetUtcNow();
        var talk = new InventedPublic(7);
        var start = now - InventedPublic.CrisisLength;
        foreach (var batch in talk.Ordinary(now - Before, start).Concat(talk.Crisis(start)).Chunk(500))
        {
            var submission = new IntakeSubmission(new(source, new HashSet<BrandId>()), [.. batch.Select(post => new IntakeItem(post, default, "scene"))]);
            await Services.GetRequiredService<IntakeDesk>().SubmitAsync(submission, default);
            await submission.Done;
        }
    }

    private Task OpenAsync(BrandId brand) => Store.InTransactionAsync(async transaction =>
    {
        var start = TimeProvider.System.GetUtcNow() - InventedPublic.CrisisLength;
        var topic = _topic = new TopicId(Guid.CreateVersion7());
        await transaction.Connection!.ExecuteAsync("""
            insert into topic (id, brand_id, name, terms, first_at, last_at) values (@topic, @brand, 'plastic in the yogurt', '{plastic,yogurt}', @start, now());
            insert into topic_post select @topic, post_id from mention where brand_id = @brand and at >= @start and class = -1
            """, new { topic, brand, start }, transaction);
        var posts = (await transaction.Connection!.QueryAsync<Guid>(
            "select post_id from mention where brand_id = @brand and at >= @start and class = -1 order by at limit 23", new { brand, start }, transaction)).ToArray();
        Id = (await TakeAsync(transaction, SignalKind.SameIssue, "same-issue", 3, 23, topic, posts, start.AddMinutes(20), brand)).Situation!.Value;
        await TakeAsync(transaction, SignalKind.Threshold, "negative-in-an-hour", 2, 41, null, posts[..5], start.AddMinutes(8), brand);
    }, default);

    private async Task WorkAsync()
    {
        var marek = (await (await Store.OpenAsync(default)).QuerySingleAsync<PersonId>("select id from person where name like 'Marek%'"));
        await ActAsync(Ania, (s, _) => SituationDecisions.TakeLead(s, Ania));
        await ActAsync(Ania, (s, _) => SituationDecisions.ChangeLine(s, Board.Known, "Pieces of blue plastic in strawberry yogurt, lot 4417, sold in the south since Monday.", null));
        await ActAsync(Ania, (s, _) => SituationDecisions.ChangeLine(s, Board.Known, "Nobody is known to be hurt.", null));
        await ActAsync(marek, (s, _) => SituationDecisions.ChangeLine(s, Board.Unknown, "Whether other lots of the same line are touched.", null));
        await ActAsync(marek, (s, _) => SituationDecisions.ChangeLine(s, Board.Doing, "The line in Radom stands still; the lab has six samples.", null));
        await ActAsync(Ania, (s, now) => SituationDecisions.AddTask(s, "Answer the first post where it was written", marek, now.AddMinutes(15)));
        await ActAsync(Ania, (s, _) => SituationDecisions.AddTask(s, "Pause the summer campaign", Ania, null));
        await ActAsync(Ania, (s, _) => SituationDecisions.AddTask(s, "Ask retail for the shops that had lot 4417", null, null));
        await ActAsync(Ania, (s, _) => SituationDecisions.TickTask(s, s.Tasks.Keys.Skip(1).First()));
        await ActAsync(Ania, (s, _) => SituationDecisions.Decide(s, "Take lot 4417 off the shelves today", "A recall tomorrow costs more trust than one today costs yogurt"));
        await ActAsync(Ania, (s, now) => SituationDecisions.Promise(s, "Status update to the press office", now.AddMinutes(30), now));
        await ActAsync(marek, (s, _) => SituationDecisions.Note(s, "The radio in Kraków called, I said we call back by the hour."));
        await ActAsync(marek, (s, _) => SituationDecisions.Note(s, "Lot 4471."));
        await ActAsync(marek, (s, _) => SituationDecisions.StrikeThrough(s, s.LastSeq, "digits turned round: it is 4417"));
    }

    private async Task<TakenSignal> TakeAsync(
        Npgsql.NpgsqlTransaction transaction, SignalKind kind, string rule, int level, double seen, TopicId? topic, Guid[] posts, DateTimeOffset started, BrandId? of = null)
    {
        var brand = of ?? new BrandId(await transaction.Connection!.ExecuteScalarAsync<Guid>("select id from brand limit 1", transaction: transaction));
        var signal = new Signal(
            new SignalId(Guid.CreateVersion7()), brand, kind, rule, null, topic, null, (Level)level, started, TimeProvider.System.GetUtcNow(),
            [new("people", seen, "people"), new("limit", level == 2 ? 5 : level == 3 ? 10 : 1, "people"), new("window", 60, "minutes")], [.. posts.Select(post => new PostId(post))]);
        await transaction.Connection!.ExecuteAsync("""
            insert into signal (id, brand_id, kind, rule, topic_id, level, started_at, last_at, peak_at, raised_at, figures, posts)
            values (@Id, @brand, @kind, @rule, @topic, @level, @started, now(), now(), now(), @figures::jsonb, @posts)
            """, new { signal.Id, brand, kind = kind.ToString(), rule, topic, level, started, figures = Json.Write(signal.Figures), posts }, transaction);
        return await Desk.TakeAsync(transaction, signal, TimeProvider.System.GetUtcNow(), default);
    }
}
