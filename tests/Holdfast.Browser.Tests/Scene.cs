using System.Text.RegularExpressions;
using Dapper;
using Holdfast.Brands;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Drills;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Drills.Simulators;
using Holdfast.Listening;
using Holdfast.People;
using Holdfast.Situations;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.Browser.Tests;

/// <summary>A site in the middle of a bad afternoon: one brand in trouble, one calm, one blind, with weeks of ordinary talk before.</summary>
public sealed partial class Scene : Site, IAsyncDisposable
{
    private static readonly TimeSpan Before = TimeSpan.FromDays(29);

    public Guid Brand { get; private set; }

    public Guid Situation { get; private set; }

    public Guid Monitor { get; private set; }

    internal SourceId Source { get; private set; }

    internal TopicId Topic { get; private set; }
    internal Publishing.PlannedScene Planned { get; private set; } = null!;

    internal Responses.AnsweredScene Answered { get; private set; } = null!;

    internal Responses.Talk Talk { get; private set; } = null!;

    internal BrandId Calm { get; private set; }

    internal PersonId Ania { get; private set; }

    /// <summary>The address of a route, its values taken from what there is in this scene.</summary>
    public string Path(string route) => route == "/community/write" ? Answered.Thanks : Slot().Replace(route, slot => (route.TrimStart('/').Split('/')[0], slot.Groups[1].Value.ToLowerInvariant()) switch
    {
        ("brands", "id") or (_, "brand") => Brand.ToString(),
        ("listen", "id") => Monitor.ToString(),
        ("sources", "id") => Source.Value.ToString(),
        ("topics", "id") => Topic.Value.ToString(),
        ("plan", "part") => "rules",
        ("accounts", "id") => Planned.Account.ToString(),
        ("freezes", "id") => Planned.Freeze.ToString(),
        ("posts", "set") => Planned.Set.ToString(),
        ("deletions", "sent") => Answered.Sent.ToString(),
        ("posts", "id") => Planned.File.ToString(),
        ("posts", "post") => Planned.Post.ToString(),
        ("answer", "post") => Answered.Post.Value.ToString(),
        ("statements", "id") => Answered.Statement.Value.ToString(),
        ("situations", "id") or (_, "situation") => Situation.ToString(),
        var (where, name) => throw new InvalidOperationException($"The scene has nothing to put for {{{name}}} of /{where}: give it one, or say in Pages.cs why the page is looked at elsewhere."),
    });

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await Talk.DisposeAsync();
        await DisposeAsync();
    }

    protected override async Task FillAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<PeopleDesk>();
        var ania = (await people.BeginAsync(new("Ania Nowak", "ania@example.org", "en", "Europe/Warsaw"), "a long enough sentence", default)).Value;
        Ania = ania.Id;
        await people.InviteAsync(new("Marek Zieliński", "marek@example.org", "pl", "Europe/Warsaw"), Permission.Command, ania.Id, default);

        var brands = Services.GetRequiredService<BrandDesk>();
        var aurelka = (await brands.CreateAsync(new("Aurelka", ["aurelka"], ["en", "pl"], "Europe/Warsaw", null), default)).Value;
        Calm = (await brands.CreateAsync(new("Southgate", [], ["en"], "Europe/London", null), default)).Value.Id;
        var blind = (await brands.CreateAsync(new("Vistula Bank", [], ["pl"], "Europe/Warsaw", null), default)).Value;
        Brand = aurelka.Id.Value;
        Monitor = (await Services.GetRequiredService<MonitorDesk>().AllAsync(default)).Monitors.First(each => each.BrandId == aurelka.Id).Id.Value;

        Source = new SourceId(await AddSourcesAsync(aurelka.Id, blind.Id));
        await NameDutiesAsync(aurelka.Id);
        var now = TimeProvider.System.GetUtcNow();
        var talk = new InventedPublic(7);
        var start = now - InventedPublic.CrisisLength;
        // The calm brand is spoken of as the other is on ordinary days, by the same people an hour earlier.
        var posts = talk.Ordinary(now - Before, start).Concat(talk.Crisis(start))
            .Concat(new InventedPublic(8).Ordinary(now - Before, now).Select(post => post with
            {
                NetworkId = "s" + post.NetworkId,
                Text = post.Text.Replace("Aurelka", "Southgate", StringComparison.OrdinalIgnoreCase),
            })).ToList();
        var intake = Services.GetRequiredService<IntakeDesk>();
        foreach (var batch in posts.Chunk(500))
        {
            var submission = new IntakeSubmission(new(Source, new HashSet<BrandId>()), [.. batch.Select(post => new IntakeItem(post, default, "scene"))]);
            await intake.SubmitAsync(submission, default);
            await submission.Done;
        }

        Topic = await TopicAsync(aurelka.Id, start);
        Planned = await Publishing.PlannedScene.EnterAsync(this, aurelka.Id);
        var desk = Services.GetRequiredService<SituationDesk>();
        Situation = (await desk.DeclareAsync(
            new Declaration(aurelka.Id, "Plastic in the strawberry yogurt", Level.Three, "Photos are going round."), ania.Id, default)).Value.Value;
        Talk = await Responses.Talk.BeginAsync(this, aurelka.Id);
        // What the scene calls sent was never there; that it is to be deleted stays undone.
        Talk.Server.Faults = request => request.Path.Value!.Contains("/1144", StringComparison.Ordinal) ? Fault.Close : Fault.None;
        Answered = await Responses.AnsweredScene.EnterAsync(this, aurelka.Id, new SituationId(Situation));
    }

    /// <summary>The plan's template, Ania first in every duty; the deputy has not taken up the invitation yet.</summary>
    private async Task NameDutiesAsync(BrandId brand)
    {
        await using var connection = await Store.OpenAsync(default);
        var now = TimeProvider.System.GetUtcNow();
        await connection.ExecuteAsync("""
            insert into plan (id, brand_id, version, in_force_from, document, written_by, written_at)
            values (@id, @brand, 1, @now, @document::jsonb, @Ania, @now)
            """, new { id = Guid.CreateVersion7(), brand, now, document = Json.Write(CrisisPlan.Template(Ania)), Ania });
    }

    private async Task<TopicId> TopicAsync(BrandId brand, DateTimeOffset start)
    {
        await using var connection = await Store.OpenAsync(default);
        var topic = new TopicId(Guid.CreateVersion7());
        await connection.ExecuteAsync("""
            insert into topic (id, brand_id, name, terms, written, uses, first_at, last_at)
            values (@topic, @brand, 'plastic, yogurt, strawberry', '{plastic,yogurt,strawberri}', '{plastic,yogurt,strawberry}', '{40,30,12}', @start, now());
            insert into topic_post select @topic, post_id from mention where brand_id = @brand and at >= @start and class = -1
            """, new { topic, brand, start });
        return topic;
    }

    private async Task<Guid> AddSourcesAsync(BrandId seen, BrandId blind)
    {
        var id = Guid.CreateVersion7();
        await using var connection = await Store.OpenAsync(default);
        await connection.ExecuteAsync("""
            insert into source (id, name, kind, network, expected_within, created_at, last_post_at) values
              (@id, 'Bluesky', 'File', 'bluesky', '1 hour', now() - interval '60 days', now()),
              (@other, 'Mastodon', 'Webhook', 'mastodon', '10 minutes', now() - interval '60 days', now() - interval '22 minutes');
            insert into source_brand values (@id, @seen), (@other, @blind)
            """, new { id, other = Guid.CreateVersion7(), seen = seen.Value, blind = blind.Value });
        return id;
    }

    [GeneratedRegex(@"\{(\w+)(:[^}]*)?\}")]
    private static partial Regex Slot();
}
