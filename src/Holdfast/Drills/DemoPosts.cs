using Holdfast.Core.Plans;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;
using Holdfast.Networks.Social.Practice;
using Holdfast.Publishing;
using Holdfast.Responses;

namespace Holdfast.Drills;

/// <summary>
/// The brand's two accounts, on networks that live in this process, and a month of posts for them: connected, written and planned
/// through the same desks as anybody's.
/// </summary>
internal sealed class DemoPosts(
    DemoCast cast, DemoNetworks networks, AccountDesk accounts, PostDesk posts, StatementDesk statements, DemoTerminal terminal, TimeProvider time) : BackgroundService
{
    private const int Days = 30;
    private static readonly TimeOnly[] Times = [new(7, 30), new(9, 0), new(12, 15), new(16, 40), new(18, 30)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await terminal.Begun.WaitAsync(stoppingToken);
        var mastodon = await networks.MastodonAsync();
        var token = mastodon.World.AddAccount("aurelka", "Aurelka", followers: 48_200).Token;
        var first = await ConnectAsync("mastodon", mastodon.Address, "aurelka", token, stoppingToken);
        var second = await ConnectAsync(PracticePublisher.Name, networks.Practice.Address, "aurelka", "practice", stoppingToken);
        var planned = await PlanAsync([first, second], stoppingToken);
        terminal.Say($"A month of {planned} posts is planned for two accounts; the next leaves in three minutes, unless somebody freezes.");
        await PrepareAsync([first, second], stoppingToken);
    }

    /// <summary>Written on a quiet day by Tom, and approved: it waits for a day that is not.</summary>
    private async Task PrepareAsync(IReadOnlyList<AccountId> there, CancellationToken cancel)
    {
        var start = new StatementStart(cast.Brand.Id, null, TemplateKind.Holding, CrisisCause.ProductFault);
        IReadOnlyList<StatementVersion> versions = [.. there.Select(account => new StatementVersion(account, "en", DemoText.Holding)), new StatementVersion(null, "pl", DemoText.HoldingInPolish)];
        if ((await statements.BeginAsync(start, versions, cast.Tom, cancel)).Succeeded(out var prepared))
        {
            await statements.SubmitAsync(prepared, cast.Tom, cancel);
        }
    }

    private async Task<AccountId> ConnectAsync(string network, Uri server, string name, string password, CancellationToken cancel)
    {
        var form = new AccountForm { Brand = cast.Brand.Id.Value, Network = network, Server = server.ToString(), Name = name, Password = password };
        return (await accounts.ConnectAsync(form, again: null, cast.Ania, cancel)).Value;
    }

    private async Task<int> PlanAsync(IReadOnlyList<AccountId> there, CancellationToken cancel)
    {
        var now = WallTime.Show(time.GetUtcNow(), CalendarDesk.Zone(cast.Brand));
        var planned = 0;
        foreach (var (at, text, wish) in Plan(now))
        {
            var form = new PostForm(
                cast.Brand.Id.Value,
                text.Words,
                [.. (planned % 3 == 0 ? there : [there[planned % 2]]).Select(account => account.Value)],
                new Dictionary<Guid, string>(),
                text.Language,
                null,
                null,
                [],
                at.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                at.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
                false,
                AllTheSame: true,
                wish);
            planned += (await posts.SaveAsync(null, form, wish == PostWish.Ask ? cast.Marek : cast.Ania, cancel)).Succeeded(out _) ? 1 : 0;
        }

        return planned;
    }

    /// <summary>One or two a day by the brand's clocks, and one so soon that it can be watched.</summary>
    private static IEnumerable<(DateTime At, DemoText Text, PostWish Wish)> Plan(DateTime now)
    {
        yield return (now.AddMinutes(3), DemoText.All[0], PostWish.Schedule);
        for (var day = 0; day < Days; day++)
        {
            for (var slot = 0; slot <= day % 2; slot++)
            {
                var at = now.Date.AddDays(day) + Times[((day * 2) + (slot * 3)) % Times.Length].ToTimeSpan();
                if (at > now.AddMinutes(10))
                {
                    yield return (at, DemoText.All[(1 + (day * 2) + slot) % DemoText.All.Count], (day % 9, slot) switch { (4, 0) => PostWish.Ask, (6, 0) => PostWish.Draft, _ => PostWish.Schedule });
                }
            }
        }
    }
}
