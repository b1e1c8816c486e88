using Holdfast.Brands;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Npgsql;

namespace Holdfast.Publishing;

/// <summary>Posts are written, planned, moved and dropped. Each version's state changes behind the gate, by the desk of publishing.</summary>
internal sealed class PostDesk(Store store, PublishDesk publish, TimeProvider time)
{
    /// <summary>Keeps what the composer's form says: all versions or, where one is refused, none.</summary>
    /// <param name="set">The posts that are changed; null: new ones.</param>
    /// <returns>The set, to look at.</returns>
    public async Task<Result<Guid>> SaveAsync(Guid? set, PostForm form, PersonId by, CancellationToken cancel)
    {
        var ready = await ReadyAsync(set, form, cancel);
        if (!ready.Succeeded(out var planned))
        {
            return Result<Guid>.Refused(ready.Refusals);
        }

        return await store.InRepeatedTransactionAsync(transaction => KeepWholeAsync(transaction, set, form.Wish, planned, by, cancel), cancel);
    }

    /// <summary>New posts as part of another transaction, which must not have locked any post before it comes here; it goes on also where they are refused.</summary>
    public async Task<Result<Guid>> AddAsync(NpgsqlTransaction transaction, PostForm form, PersonId by, CancellationToken cancel)
    {
        var ready = await ReadyAsync(null, form, cancel);
        return ready.Succeeded(out var planned) ? await KeepWholeAsync(transaction, null, form.Wish, planned, by, cancel) : Result<Guid>.Refused(ready.Refusals);
    }

    /// <summary>To another day at the same time of day, or to another time: the post and those that were due with it.</summary>
    public async Task<Result<Guid>> MoveAsync(ScheduledPostId id, DateTime? to, bool? second, PersonId by, CancellationToken cancel)
    {
        var refusals = new List<Refusal>();
        await using var connection = await store.OpenAsync(cancel);
        if (await PostSetSql.OneAsync(connection, id, cancel) is not { } post || await BrandSql.FindAsync(connection, post.Brand, cancel) is not { } brand)
        {
            return Refusals.NotFound;
        }

        var due = PostCheck.Due(to, second, CalendarDesk.Zone(brand), refusals);
        if (due is null || refusals.Count > 0)
        {
            return due is null ? Refusals.NoTime : Result<Guid>.Refused(refusals);
        }

        var all = await PostSetSql.DueWithAsync(connection, id, cancel);
        var moved = await EachAsync(all, (each, gate, now) => Moved(each, due.Value, gate, now), by, cancel);
        return moved.Succeeded(out _) ? post.Set : Result<Guid>.Refused(moved.Refusals);
    }

    /// <summary>Nothing is deleted: what was dropped can still be read.</summary>
    public async Task<Result<int>> DropAsync(Guid set, PersonId by, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var open = (await PostSetSql.OfSetAsync(connection, set, cancel)).Where(row => row.IsOpen).Select(row => row.Id).ToList();
        return open.Count == 0 ? Refusals.NotFound : await EachAsync(open, (post, _, _) => PostDecisions.Drop(post), by, cancel);
    }

    /// <summary>The instant that the clocks of the brand show at the same time of another day.</summary>
    public async Task<DateTime?> SameTimeOnAsync(ScheduledPostId id, DateOnly day, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await PostSetSql.OneAsync(connection, id, cancel) is { DueAt: { } due } post && await BrandSql.FindAsync(connection, post.Brand, cancel) is { } brand
            ? day.ToDateTime(TimeOnly.FromDateTime(WallTime.Show(due, CalendarDesk.Zone(brand))))
            : null;
    }

    /// <summary>The posts it was written with; null where there is no such post.</summary>
    public async Task<Guid?> SetOfAsync(ScheduledPostId id, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return (await PostSetSql.OneAsync(connection, id, cancel))?.Set;
    }

    /// <summary>The first refusal takes all of it back.</summary>
    private Task<Result<int>> EachAsync(IReadOnlyList<ScheduledPostId> posts, PostAct act, PersonId by, CancellationToken cancel) =>
        store.InRepeatedTransactionAsync<Result<int>>(async transaction =>
        {
            await PostSetSql.ActsAsAsync(transaction, by, cancel);
            await GateSql.PassAsync(transaction, cancel);
            await transaction.SaveAsync("whole", cancel);
            foreach (var id in posts)
            {
                var acted = await publish.ActAsync(transaction, id, act, cancel);
                if (!acted.Succeeded(out _))
                {
                    await transaction.RollbackAsync("whole", cancel);
                    return Result<int>.Refused(acted.Refusals);
                }
            }

            return posts.Count;
        }, cancel);

    private async Task<Result<PlannedPost>> ReadyAsync(Guid? set, PostForm form, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        if (await BrandSql.FindAsync(connection, new BrandId(form.Brand), cancel) is not { } brand)
        {
            return PublishingRefusals.NoBrand;
        }

        var accounts = (await AccountSql.AllAsync(connection, cancel)).Where(account => account.Brand == brand.Id).ToList();
        var media = await MediaSql.FactsAsync(connection, brand.Id, [.. form.Media.Select(each => each.Id)], cancel);
        var check = PostCheck.Check(form, brand, accounts, media);
        return check.Succeeded(out var planned) && !form.AllTheSame && form.Wish is PostWish.Schedule or PostWish.Ask
            && check.Succeeded(out planned) && (await PostPreviewDesk.SameAsync(connection, planned, set, cancel)).Count > 0
                ? PublishingRefusals.SaysTheSame
                : check;
    }

    private async Task<Result<Guid>> KeepWholeAsync(NpgsqlTransaction transaction, Guid? set, PostWish wish, PlannedPost planned, PersonId by, CancellationToken cancel)
    {
        await PostSetSql.ActsAsAsync(transaction, by, cancel);
        await GateSql.PassAsync(transaction, cancel);
        await transaction.SaveAsync("whole", cancel);
        var kept = await KeepAsync(transaction, set, wish, planned, by, cancel);
        if (!kept.Succeeded(out _))
        {
            await transaction.RollbackAsync("whole", cancel);
        }

        return kept;
    }

    private async Task<Result<Guid>> KeepAsync(NpgsqlTransaction transaction, Guid? set, PostWish wish, PlannedPost planned, PersonId by, CancellationToken cancel)
    {
        var id = set ?? Ids.New(time);
        var there = set is null ? [] : (await PostSetSql.OfSetAsync(transaction.Connection!, id, cancel)).Where(row => row.IsOpen).ToList();
        foreach (var (account, text) in planned.Versions)
        {
            var options = new PostOptions(account.Network == "mastodon" ? planned.Visibility : null, account.Network == "mastodon" ? planned.Warning : null);
            var before = there.Find(row => row.Account == account.Id);
            var kept = before is null
                ? await AddAsync(transaction, id, wish, planned, account, text, options, by, cancel)
                : await ChangeAsync(transaction, before, wish, planned, text, options, by, cancel);
            if (!kept.Succeeded(out _))
            {
                return Result<Guid>.Refused(kept.Refusals);
            }
        }

        foreach (var gone in there.Where(row => planned.Versions.All(version => version.Account.Id != row.Account)))
        {
            await publish.ActAsync(transaction, gone.Id, (post, _, _) => PostDecisions.Drop(post), cancel);
        }

        return id;
    }

    private Task<Result<ScheduledPost>> AddAsync(
        NpgsqlTransaction transaction, Guid set, PostWish wish, PlannedPost planned, AccountRow account, string text, PostOptions options, PersonId by, CancellationToken cancel)
    {
        var draft = publish.Draft(account.Core(), PostPurpose.Planned, text) with
        {
            Language = planned.Language,
            Media = planned.Media,
            DueAt = planned.DueAt,
            NeedsApproval = account.NeedsApproval || wish == PostWish.Ask,
        };
        return publish.AddAsync(transaction, draft, options, set, by, (post, gate, now) => Wished(post, wish, planned.DueAt, gate, now), cancel);
    }

    private async Task<Result<ScheduledPost>> ChangeAsync(
        NpgsqlTransaction transaction, SetRow before, PostWish wish, PlannedPost planned, string text, PostOptions options, PersonId by, CancellationToken cancel)
    {
        var written = Json.Write(options);
        var others = before.Text != text || before.Language != planned.Language || !before.Pictures.SequenceEqual(planned.Media) || before.Only != options;
        if (others)
        {
            await PostSetSql.WriteExtrasAsync(transaction, before.Id, written, by, time.GetUtcNow(), cancel);
        }

        return await publish.ActAsync(transaction, before.Id, (post, gate, now) =>
        {
            var edit = others ? PostDecisions.Edit(post, new PostEdit(text, planned.Language, planned.Media, post.ReplyTo), gate.InForce) : post;
            return edit.Succeeded(out var edited) ? Wished(edited, wish, planned.DueAt, gate, now) : edit;
        }, cancel);
    }

    private static Result<ScheduledPost> Wished(ScheduledPost post, PostWish wish, DateTimeOffset? due, Gate gate, DateTimeOffset now) => wish switch
    {
        PostWish.Keep => post,
        PostWish.Schedule => PostDecisions.Schedule(post, due, gate.InForce, now),
        PostWish.Ask => Drafted(post, due) with { NeedsApproval = true, Approved = false } is var asked && due < now ? Refusals.TimePast : PostDecisions.Submit(asked),
        _ => Drafted(post, due),
    };

    /// <summary>A draft keeps its time; others keep their state, and Core says whether they may have another time.</summary>
    private static Result<ScheduledPost> Moved(ScheduledPost post, DateTimeOffset due, Gate gate, DateTimeOffset now) => post.State switch
    {
        PostState.Draft => post with { DueAt = due },
        PostState.AwaitingApproval or PostState.Scheduled or PostState.Held => PostDecisions.Schedule(post, due, gate.InForce, now),
        _ => PublishingRefusals.NothingToMove,
    };

    private static ScheduledPost Drafted(ScheduledPost post, DateTimeOffset? due) =>
        (post.State == PostState.Draft ? post : PostDecisions.Unschedule(post).Succeeded(out var draft) ? draft : post) with { DueAt = due };
}
