using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Holdfast.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.Browser.Tests.Publishing;

/// <summary>Two accounts of the brand in trouble, a few weeks of posts in every state, and a freeze that was lifted.</summary>
internal sealed record PlannedScene(Guid Account, Guid Set, Guid Post, Guid Freeze, Guid File)
{
    private static readonly string[] Texts =
    [
        "Strawberries again: our summer yogurt is back in the shops.", "Breakfast in five minutes: oats, pears and a spoon of Aurelka.",
        "Nowy smak tygodnia: gruszka z imbirem. Kto już próbował?", "Meet Zosia, who has tasted every batch since 1998.",
    ];

    private static readonly PostState[] States = [PostState.Draft, PostState.AwaitingApproval, PostState.Scheduled, PostState.Scheduled, PostState.Held, PostState.Scheduled];

    public static async Task<PlannedScene> EnterAsync(Scene scene, BrandId brand)
    {
        var bluesky = await AccountAsync(scene, brand, "bluesky", "aurelka.example", 300);
        var mastodon = await AccountAsync(scene, brand, "mastodon", "aurelka@mastodon.example", 500);
        var today = TimeProvider.System.GetUtcNow().UtcDateTime.Date;
        PlannedScene? planned = null;
        for (var day = -4; day < 24; day++)
        {
            var set = Guid.CreateVersion7();
            var due = new DateTimeOffset(today.AddDays(day).AddHours(8 + (Math.Abs(day) % 9)), TimeSpan.Zero);
            var state = day switch { -2 => PostState.Unknown, < 1 => PostState.Sent, _ => States[day % States.Length] };
            var post = await AddAsync(scene, bluesky, brand, "bluesky", set, due, state, Texts[Math.Abs(day) % Texts.Length]);
            await AddAsync(scene, mastodon, brand, "mastodon", set, due, state, Texts[Math.Abs(day) % Texts.Length]);
            planned = day == 3 ? new PlannedScene(bluesky, set, post, await RehearsedFreezeAsync(scene), await FileAsync(scene, brand)) : planned;
        }

        return planned!;
    }

    /// <summary>Of the calm brand: what it held waits to be decided on.</summary>
    private static async Task<Guid> RehearsedFreezeAsync(Scene scene)
    {
        var account = await AccountAsync(scene, scene.Calm, "bluesky", "southgate.example", 300);
        var now = TimeProvider.System.GetUtcNow();
        await AddAsync(scene, account, scene.Calm, "bluesky", Guid.CreateVersion7(), now.AddMinutes(-20), PostState.Sent, "The garden at Southgate is open until nine tonight.");
        for (var day = 1; day <= 8; day++)
        {
            await AddAsync(scene, account, scene.Calm, "bluesky", Guid.CreateVersion7(), now.AddDays(day), PostState.Scheduled, $"The summer market, day {day}. Bring a friend, a bag and an appetite.");
        }

        var freezes = scene.Services.GetRequiredService<FreezeDesk>();
        var by = Actor.Of(scene.Ania);
        var freeze = (await freezes.PlaceAsync(new FreezeOrder(new FreezeScope.OfBrand(scene.Calm), "A rehearsal."), by, default)).Value.Freeze.Id;
        await freezes.LiftAsync(freeze, "It worked.", by, default);
        return freeze.Value;
    }

    private static async Task<Guid> FileAsync(Scene scene, BrandId brand)
    {
        var plan = "date,time,account,text\n2031-03-10,09:00,bluesky,Strawberries again\n2031-03-11,09:00,nowhere,Nobody is there\n"u8.ToArray();
        return (await scene.Services.GetRequiredService<PlanFileDesk>().ReadAsync(brand.Value, "march.csv", plan, default)).Value;
    }

    private static async Task<Guid> AccountAsync(Scene scene, BrandId brand, string network, string handle, int max)
    {
        var id = Guid.CreateVersion7();
        await using var connection = await scene.Store.OpenAsync(default);
        await connection.ExecuteAsync(
            """
            insert into account (id, brand_id, network, server, network_id, handle, name, secret, limits, state, needs_approval, connected_at)
            values (@id, @brand, @network, 'https://social.example', @handle, @handle, 'Aurelka', @secret, @limits::jsonb, 'Connected', false, now())
            """,
            new
            {
                id,
                brand,
                network,
                handle,
                secret = scene.Services.GetRequiredService<AccountBook>().Seal("{}"),
                limits = Json.Write(new NetworkLimits(new TextRule(TextCount.Graphemes, max), 4, 1_000_000, 1_000, ["image/png", "image/jpeg"])),
            });
        return id;
    }

    private static async Task<Guid> AddAsync(Scene scene, Guid account, BrandId brand, string network, Guid set, DateTimeOffset due, PostState state, string text)
    {
        var id = Guid.CreateVersion7();
        await using var connection = await scene.Store.OpenAsync(default);
        await connection.ExecuteAsync(
            """
            insert into scheduled_post (id, set_id, account_id, brand_id, network, purpose, text, language, state, held_because, due_at, key, sent_at, asked_at, created_at, changed_at)
            values (@id, @set, @account, @brand, @network, 'Planned', @text, 'en', @state, @held, @due, @key, case when @state = 'Sent' then @due end, now() + interval '1 day', now(), now())
            """,
            new { id, set, account, brand, network, text, state = state.ToString(), held = state == PostState.Held ? "Missed" : null, due, key = id.ToString("N") });
        return id;
    }
}
