using Holdfast.Brands;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Plans;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Plans;
using Holdfast.Publishing;
using Holdfast.Situations;
using Npgsql;

namespace Holdfast.Responses;

/// <summary>Reads what the pages of answering show.</summary>
internal sealed class AnswerBoard(Store store, BrandDesk brands, TimeProvider time)
{
    public const int Shown = 25;

    /// <summary>What a situation may have begun with is looked for this long before it was opened.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromDays(2);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    /// <param name="which"><c>mine</c>, <c>done</c>, else all that waits.</param>
    public async Task<AnswerView> QueueAsync(string? which, PersonId me, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var all = await brands.AllAsync(cancel);
        await using var connection = await store.OpenAsync(cancel);
        return new AnswerView(
            which == "done" ? await AnswerSql.EndedAsync(connection, Shown, cancel) : await AnswerSql.OpenAsync(connection, which == "mine" ? me : null, Shown, now, cancel),
            await AnswerSql.CountsAsync(connection, now, cancel),
            await AnswerSql.StatementsAsync(connection, null, null, now - Remembered, cancel),
            all,
            now);
    }

    /// <summary>Null where there is no such post in the queue.</summary>
    public async Task<ReplyView?> ReplyAsync(BrandId brand, PostId post, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        if (await AnswerSql.OneAsync(connection, brand, post, cancel) is not { } row)
        {
            return null;
        }

        var accounts = await AnswerSql.AccountsAsync(connection, null, brand, cancel);
        return new ReplyView(
            row,
            [.. accounts.Where(each => each.Account.Network == row.Network)],
            await AnswerSql.PeopleAsync(connection, cancel),
            await FrozenAsync(connection, brand, cancel),
            await CommunitySql.OfPostAsync(connection, brand, post, cancel),
            time.GetUtcNow());
    }

    public async Task<StatementView?> StatementAsync(StatementId id, CancellationToken cancel)
    {
        var all = await brands.AllAsync(cancel);
        await using var connection = await store.OpenAsync(cancel);
        if (await StatementSql.ReadAsync(connection, id, cancel) is not { } statement || all.FirstOrDefault(each => each.Id == statement.Brand) is not { } brand)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (statement.State is StatementState.InReview or StatementState.Waiting)
        {
            var plan = (await PlanSql.InForceAsync(connection, null, brand.Id, now, cancel)).Plan;
            statement = ApprovalRules.Now(statement, plan, await StatementSql.CommandersAsync(connection, null, cancel));
        }

        var (situation, origin, post) = await OriginAsync(connection, statement.Situation, brand.Id, cancel);
        return new StatementView(
            statement,
            ApprovalStanding.Of(statement, now),
            brand,
            situation,
            await AnswerSql.AccountsAsync(connection, null, brand.Id, cancel),
            await AnswerSql.PeopleAsync(connection, cancel),
            await ApprovalLinkSql.OfAsync(connection, id, cancel),
            await AnswerSql.PostsOfAsync(connection, id, cancel),
            origin,
            post,
            await StuckSql.BecauseAsync(connection, null, id, cancel),
            await FrozenAsync(connection, brand.Id, cancel),
            now);
    }

    public async Task<FirstAnswerView?> FirstAnswerAsync(SituationId id, CancellationToken cancel)
    {
        var all = await brands.AllAsync(cancel);
        await using var connection = await store.OpenAsync(cancel);
        var entries = await TimelineSql.EntriesAsync(connection, id, cancel);
        if (entries.Count == 0)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var situation = Situation.From(id, entries);
        var brand = all.First(each => each.Id == situation.Brand);
        var (_, origin, post) = await OriginAsync(connection, id, brand.Id, cancel);
        var ready = new List<(StatementRow, Statement, bool)>();
        foreach (var row in await AnswerSql.StatementsAsync(connection, brand.Id, null, now - Remembered, cancel))
        {
            if ((row.Situation == id || row.Situation is null) && await StatementSql.ReadAsync(connection, row.Id, cancel) is { } statement)
            {
                ready.Add((row, statement, await MayGoAsync(connection, statement, situation, now, cancel)));
            }
        }

        return new FirstAnswerView(
            situation, brand, origin!, post, await AnswerSql.AccountsAsync(connection, null, brand.Id, cancel), ready,
            await OriginSql.FirstsAsync(connection, brand.Id, situation.OpenedAt - Before, Shown, cancel), await FrozenAsync(connection, brand.Id, cancel), now);
    }

    public async Task<IReadOnlyList<Brand>> BrandsAsync(CancellationToken cancel) => await brands.AllAsync(cancel);

    public async Task<IReadOnlyList<AnswerAccount>> AccountsAsync(BrandId brand, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await AnswerSql.AccountsAsync(connection, null, brand, cancel);
    }

    public async Task<Answering> AnsweringAsync(BrandId brand, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return (await PlanSql.InForceAsync(connection, null, brand, time.GetUtcNow(), cancel)).Plan.Answering;
    }

    private static async Task<bool> FrozenAsync(NpgsqlConnection connection, BrandId brand, CancellationToken cancel) =>
        (await GateSql.ReadAsync(connection, null, cancel)).MayHold(brand);

    /// <summary>Whether a prepared text could go out in this situation as it is, with the approvals it has.</summary>
    private static async Task<bool> MayGoAsync(NpgsqlConnection connection, Statement statement, Situation situation, DateTimeOffset now, CancellationToken cancel)
    {
        if (statement.Situation is not null)
        {
            return StatementDecisions.MayGo(statement, now);
        }

        var plan = (await PlanSql.InForceAsync(connection, null, situation.Brand, now, cancel)).Plan;
        var there = statement with { State = StatementState.InReview, Steps = ApprovalRules.Steps(plan, situation.Level, statement.Writers, []) };
        return StatementDecisions.MayGo(there, now);
    }

    private static async Task<(Situation? Situation, Origin? Origin, QueueRow? Post)> OriginAsync(
        NpgsqlConnection connection, SituationId? id, BrandId brand, CancellationToken cancel)
    {
        if (id is not { } about)
        {
            return (null, null, null);
        }

        var origin = await OriginSql.ReadAsync(connection, null, about, cancel);
        var post = origin.Post is { } first ? await AnswerSql.OneAsync(connection, brand, first, cancel) : null;
        return (Situation.From(about, await TimelineSql.EntriesAsync(connection, about, cancel)), origin, post);
    }
}
