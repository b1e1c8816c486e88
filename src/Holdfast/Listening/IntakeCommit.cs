using Holdfast.Core.Listening;
using Holdfast.Core.Reading;
using Holdfast.Database;
using Npgsql;

namespace Holdfast.Listening;

/// <summary>One batch in one transaction: posts, edits, mentions, copies, pulse, what detection owes, counters, news.</summary>
internal sealed class IntakeCommit(NpgsqlTransaction transaction, TimeProvider time)
{
    private readonly IntakeCounting _counting = new();
    private readonly DateTimeOffset _now = time.GetUtcNow();

    private MonitorSnapshot _monitors = MonitorSnapshot.None;

    public async Task StoreAsync(PreparedBatch batch)
    {
        _monitors = batch.Monitors;
        await IntakeSql.LockBrandsAsync(transaction, batch.Posts.SelectMany(p => p.Mentions).Select(m => m.Brand.Id).Distinct());
        foreach (var round in Rounds(batch.Posts))
        {
            await StoreRoundAsync(round);
        }

        await IntakePulseSql.AddAsync(transaction, _counting.Additions);
        foreach (var removal in _counting.Removals)
        {
            await IntakePulseSql.RemoveAsync(transaction, removal);
        }

        await ParkAsync(batch);
        await CountAsync(batch);
        await TellAsync();
    }

    /// <summary>A post that is twice in a batch is handled as if it had come in two.</summary>
    private static List<List<PreparedPost>> Rounds(IReadOnlyList<PreparedPost> posts)
    {
        var rounds = new List<List<PreparedPost>>();
        var seen = new Dictionary<(string, string), int>();
        foreach (var post in posts)
        {
            var round = seen.GetValueOrDefault(post.Key);
            seen[post.Key] = round + 1;
            if (round == rounds.Count)
            {
                rounds.Add([]);
            }

            rounds[round].Add(post);
        }

        return rounds;
    }

    private async Task StoreRoundAsync(List<PreparedPost> posts)
    {
        var matched = posts.Where(p => p.Mentions.Count > 0).ToList();
        var inserted = matched.Count == 0 ? [] : await IntakeSql.InsertPostsAsync(transaction, matched, _now);
        var rest = posts.Where(p => !inserted.Contains(p.Post.Id)).ToList();
        var known = rest.Count == 0 ? [] : await IntakeSql.KnownAsync(transaction, rest);
        var mentionsOf = known.Count == 0 ? null : await IntakeMentionSql.KnownAsync(transaction, known.Values.Select(k => k.Id));
        var fresh = new List<NewMention>();
        foreach (var post in posts)
        {
            if (inserted.Contains(post.Post.Id))
            {
                post.Settle(IntakeVerdict.Accepted);
                fresh.AddRange(post.Mentions.Select(m => New(post.Post.Id, post, m)));
            }
            else if (known.TryGetValue(post.Key, out var before))
            {
                fresh.AddRange(await MeetAgainAsync(post, before, [.. mentionsOf![before.Id]]));
            }
            else
            {
                post.Settle(IntakeVerdict.Unmatched);
            }
        }

        await StoreMentionsAsync(fresh);
    }

    /// <summary>A post that is stored already: the same, edited, or now also heard for another brand or by another monitor.</summary>
    private async Task<IReadOnlyList<NewMention>> MeetAgainAsync(PreparedPost post, KnownPost known, IReadOnlyList<KnownMention> mentions)
    {
        post.Settle(IntakeVerdict.Duplicate);
        if (known.Text != post.Post.Text)
        {
            if (!await IntakeSql.EditAsync(transaction, known.Id, post.Post, _now))
            {
                return [];
            }

            post.Settle(IntakeVerdict.Edited);
            await RereadAsync(post, known, mentions);
        }

        var fresh = new List<NewMention>();
        foreach (var mention in post.Mentions)
        {
            // Event time is that of the first sight: an edit, or an export that rounds its times, must not move what was counted.
            var again = New(known.Id, post with { Item = post.Item with { Post = post.Post with { At = known.At } } }, mention);
            if (mentions.FirstOrDefault(m => m.Brand == mention.Brand.Id) is { } heard)
            {
                await WidenAsync(again, heard);
            }
            else
            {
                fresh.Add(again);
            }
        }

        if (fresh.Count > 0 && known.Text == post.Post.Text)
        {
            post.Settle(IntakeVerdict.Accepted);
        }

        return fresh;
    }

    /// <summary>The words changed, so they are read again; what the pulse has counted stays counted.</summary>
    private async Task RereadAsync(PreparedPost post, KnownPost known, IReadOnlyList<KnownMention> mentions)
    {
        foreach (var mention in mentions)
        {
            // Also for a brand whose monitors no longer match: what it was heard for is still its mention.
            if (_monitors.Brand(mention.Brand) is { } brand)
            {
                await IntakeMentionSql.RereadAsync(transaction, mention.Brand, known.Id, Reader.Read(post.Post, brand));
            }

            _counting.Touch(mention.Brand, known.At);
        }
    }

    private async Task WidenAsync(NewMention again, KnownMention heard)
    {
        var more = again.Mention.Monitors.Except(heard.Monitors).ToList();
        if (more.Count > 0)
        {
            await IntakeMentionSql.WidenAsync(transaction, heard.Brand, heard.Post, more);
            _counting.Count(again, more, heard.CountedNegative);
        }
    }

    private async Task StoreMentionsAsync(List<NewMention> mentions)
    {
        if (mentions.Count == 0)
        {
            return;
        }

        await SettleCopiesAsync(mentions);
        await IntakeMentionSql.InsertAsync(transaction, mentions);
        mentions.ForEach(m => _counting.Count(m, m.Mention.Monitors, m.CountsNegative));
    }

    /// <summary>Of all with the same text, the earliest in event time is the original, in whatever order they arrive.</summary>
    private async Task SettleCopiesAsync(List<NewMention> mentions)
    {
        mentions.ForEach(m => m.Spreads = m.Post.RepostOf is not null);
        var groups = mentions.Where(m => m.CopyKey != Duplicates.None).GroupBy(m => (m.Brand, m.CopyKey)).ToList();
        var originals = await IntakeMentionSql.OriginalsAsync(transaction, [.. groups.Select(g => g.Key)]);
        foreach (var group in groups)
        {
            var original = originals.GetValueOrDefault(group.Key);
            var earliest = group.Where(m => m.Post.RepostOf is null).Order(NewMention.Earlier).FirstOrDefault();
            if (earliest is not null && original is not null)
            {
                if (earliest.IsEarlierThan(original))
                {
                    await IntakeMentionSql.DemoteAsync(transaction, original);
                    _counting.Demote(original);
                }
                else
                {
                    earliest = null;
                }
            }

            foreach (var mention in group)
            {
                mention.Spreads = mention != earliest;
            }
        }
    }

    private async Task ParkAsync(PreparedBatch batch)
    {
        foreach (var (post, reason) in batch.Poisonous)
        {
            var item = post.Item;
            await IntakeSql.ParkAsync(transaction, Ids.New(time), post.Submission.SourceId, new(item.Raw, item.Origin, item.Line, reason), _now);
            post.Settle(IntakeVerdict.Rejected, reason);
        }

        foreach (var submission in batch.Submissions)
        {
            foreach (var item in submission.Unreadable)
            {
                await IntakeSql.ParkAsync(transaction, Ids.New(time), submission.SourceId, item, _now);
            }

            if (submission.DeliveryId is { } delivery)
            {
                await IntakeSql.RememberAsync(transaction, submission.SourceId, delivery, _now);
            }
        }
    }

    private async Task CountAsync(PreparedBatch batch)
    {
        // In the order of their ids, so that two batches never wait for each other.
        var verdicts = batch.Posts.Concat(batch.Poisonous.Select(p => p.Post)).ToLookup(p => p.Submission.SourceId, p => p.Verdict);
        var unreadable = batch.Submissions.ToLookup(s => s.SourceId, s => s.Unreadable.Count);
        foreach (var source in verdicts.Select(v => v.Key).Union(unreadable.Select(u => u.Key)).OrderBy(s => s.Value))
        {
            var of = verdicts[source].CountBy(v => v).ToDictionary();
            await IntakeSql.CountAsync(
                transaction,
                new(
                    source,
                    of.GetValueOrDefault(IntakeVerdict.Accepted),
                    of.GetValueOrDefault(IntakeVerdict.Duplicate) + of.GetValueOrDefault(IntakeVerdict.Edited),
                    of.GetValueOrDefault(IntakeVerdict.Unmatched),
                    of.GetValueOrDefault(IntakeVerdict.Rejected) + unreadable[source].Sum()),
                _now);
        }
    }

    private async Task TellAsync()
    {
        await Changes.NotifyAsync(transaction, "sources");
        foreach (var (brand, from, to) in _counting.Due)
        {
            await IntakeSql.DueAsync(transaction, brand, from, to, _now);
            await Changes.NotifyAsync(transaction, $"brand:{brand.Value}");
            await Changes.NotifyAsync(transaction, "detection");
        }
    }

    private static NewMention New(PostId id, PreparedPost post, PreparedMention mention) =>
        new(id, post, mention, post.CopyKey);
}
