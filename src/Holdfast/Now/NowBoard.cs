using System.Collections.Concurrent;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.Plans;
using Holdfast.Database;
using Holdfast.Detection;
using Holdfast.Listening;
using Npgsql;

namespace Holdfast.Now;

/// <summary>Reads the first page. What was usual in earlier weeks changes slowly and is kept for a while.</summary>
internal sealed class NowBoard(Store store, SourceBoard sources, TimeProvider time)
{
    /// <summary>After so long without a post the pulse is shown as it last was, with its date: an import of old posts, or a long silence.</summary>
    private static readonly TimeSpan Past = TimeSpan.FromHours(24);
    private static readonly TimeSpan NormKept = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guid, Norm> _norms = new();

    public async Task<NowView> ReadAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var connection = await store.OpenAsync(cancel);
        var rows = await NowSql.BrandsAsync(connection, now);
        var ids = rows.Select(row => row.Id).ToArray();
        var anchors = rows.Select(row => Anchor(row, now)).ToArray();

        var pulse = (await NowSql.PulseAsync(connection, ids, anchors, NowPulse.Quarters)).ToLookup(row => row.Brand);
        await LearnAsync(connection, rows, anchors, now, cancel);
        var promises = (await NowSql.PromisesAsync(connection, ids)).ToLookup(row => row.Situation, row => new PromiseNow(row.Text, row.Due));
        var situations = (await NowSql.SituationsAsync(connection, ids)).ToLookup(row => row.Brand, row => Situation(row, [.. promises[row.Id]]));
        var heard = await sources.AllAsync(cancel);
        var blind = heard.Where(source => source.Health.IsBlind).SelectMany(source => Reaches(source, ids)).ToLookup(each => each.Brand, each => each.Blind);
        var rising = await Outlooks.OfAsync(connection, [.. ids.Where((id, i) => anchors[i] == now).Select(id => new BrandId(id))], now, cancel);
        var duty = await OnDutyAsync(connection, ids, now);

        var brands = rows.Select((row, i) => new BrandNow(
            row.Id,
            row.Name,
            row.Zone,
            LevelOf(row, [.. situations[row.Id]], blind.Contains(row.Id)),
            Listening: row.Monitors > 0 && row.LastPulse is not null,
            NowPulse.Of([.. pulse[row.Id]], _norms[row.Id].Learnt, anchors[i]),
            anchors[i] < now ? anchors[i] : null,
            [.. situations[row.Id]],
            [.. blind[row.Id]],
            duty.GetValueOrDefault(row.Id, []),
            Monitored: row.Monitors > 0,
            rising.GetValueOrDefault(new BrandId(row.Id))));
        return new([.. brands.OrderByDescending(Urgency)], heard.Count > 0, now);
    }

    private static DateTimeOffset Anchor(NowSql.BrandRow row, DateTimeOffset now) =>
        row.LastPulse is { } last && last < now - Past ? last.AddMinutes(1) : now;

    /// <summary>A situation's own level stands even when we are half blind; without one, blind is unknown, never calm.</summary>
    private static Level? LevelOf(NowSql.BrandRow row, SituationNow[] situations, bool blind) => situations switch
    {
        [_, ..] => situations.Max(situation => situation.Level),
        _ when blind => null,
        _ => row.Watch is { } watch ? (Level)Math.Min(watch, (short)Level.Two) : Level.One,
    };

    /// <summary>What needs someone stands first; within the same, by name, so that rows keep their places.</summary>
    private static int Urgency(BrandNow brand) => (brand.Worst, brand.Level) switch
    {
        ({ } worst, _) => 10 + (int)(worst.Proposed ?? worst.Level),
        (_, null) => 9,
        (_, var level) => (int)level,
    };

    private async Task LearnAsync(
        NpgsqlConnection connection, List<NowSql.BrandRow> brands, DateTimeOffset[] anchors, DateTimeOffset now, CancellationToken cancel)
    {
        var stale = brands.Zip(anchors)
            .Where(one => !_norms.TryGetValue(one.First.Id, out var kept) || kept.At < now - NormKept || (kept.Anchor - one.Second).Duration() > NormKept)
            .ToList();
        if (stale.Count == 0)
        {
            return;
        }

        Guid[] ids = [.. stale.Select(one => one.First.Id)];
        var hours = (await NowSql.HoursAsync(connection, ids, [.. stale.Select(one => NowPulse.LearnsFrom(one.Second))], [.. stale.Select(one => one.Second)]))
            .ToLookup(row => row.Brand);
        var blind = await DetectionSql.BlindAsync(connection, null, ids, stale.Min(one => NowPulse.LearnsFrom(one.Second)), now, cancel);
        foreach (var (brand, anchor) in stale)
        {
            var zone = TimeZoneInfo.TryFindSystemTimeZoneById(brand.Zone, out var found) ? found : TimeZoneInfo.Utc;
            var counted = hours[brand.Id].ToDictionary(row => row.Hour, row => row.Negative);
            _norms[brand.Id] = new(now, anchor, NowPulse.Norm(brand.FirstPulse, anchor, zone, counted, blind.GetValueOrDefault(brand.Id, BlindTimes.None)));
        }
    }

    private static async Task<Dictionary<Guid, string[]>> OnDutyAsync(NpgsqlConnection connection, Guid[] brands, DateTimeOffset now)
    {
        var plans = await NowSql.PlansAsync(connection, brands, now);
        var leads = plans.ToDictionary(row => row.Brand, row => Leads(Json.Read<CrisisPlan>(row.Document)));
        var names = await NowSql.NamesAsync(connection, [.. leads.Values.SelectMany(each => each).Distinct()]);
        return leads.ToDictionary(each => each.Key, each => each.Value.Where(names.ContainsKey).Select(id => names[id]).ToArray());
    }

    private static Guid[] Leads(CrisisPlan plan)
    {
        var holders = plan.Holders(DutyKind.Lead, Level.Three);
        return [.. holders.First is { } first ? [first.Value] : Array.Empty<Guid>(), .. holders.Deputies.Select(each => each.Value)];
    }

    private static SituationNow Situation(NowSql.SituationRow row, IReadOnlyList<PromiseNow> promises) => new(
        row.Id, row.Title, (Level)row.Level, (Level?)row.Proposed, row.ConfirmBy, row.OpenedAt, row.Lead,
        row.PageState is null ? null : new(row.PageState == "Running", row.PageState == "Exhausted", row.PageDue, row.PageOwner),
        promises);

    /// <summary>Every brand that a source listens for is blind with it; one that names none listens for all.</summary>
    private static IEnumerable<(Guid Brand, BlindNow Blind)> Reaches(SourceView source, Guid[] brands)
    {
        var blind = new BlindNow(
            source.Row.Id.Value, source.Row.Name, source.Row.LastPostAt, source.Health.State == SourceState.Failing ? source.Row.LastError : null);
        return (source.Row.Brands.Count == 0 ? brands : source.Row.Brands).Select(brand => (brand, blind));
    }

    private sealed record Norm(DateTimeOffset At, DateTimeOffset Anchor, SpikeDetector Learnt);
}
