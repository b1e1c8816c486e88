using Holdfast.Brands;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Drills;
using Holdfast.Core.Plans;
using Holdfast.Database;
using Holdfast.Plans;

namespace Holdfast.Detection;

/// <summary>All that the page shows of a back-test.</summary>
/// <param name="Dial">What the slider turns; null where the plan has nothing to turn.</param>
/// <param name="Delays">Minutes to detect against alarms a month; empty where the rule is no threshold, or there is no history.</param>
public sealed record BacktestView(
    BacktestQuestion Question, PlanView Plan, BacktestReport Report, IReadOnlyList<Dial> Dials, Dial? Dial, double Number, IReadOnlyList<DelayPoint> Delays)
{
    public BacktestSet InForce => Report.Against ?? Report.Tried;

    /// <summary>From the first minute that is known to the last: what is usual is learnt from it.</summary>
    public int DaysHeard => Report.Input is { Span: { } span, History: ReadHistory history }
        ? (int)(span.To - history.Pulses.Where(pulse => pulse.Minutes.Count > 0).Select(pulse => pulse.Minutes[0].Minute).DefaultIfEmpty(span.From).Min()).TotalDays
        : 0;

    /// <summary>Null while nothing is turned.</summary>
    public BacktestSet? Tried => Report.Against is null ? null : Report.Tried;
}

/// <summary>Back-tests for pages: run beside the request, remembered for minutes, so that turning a slider computes only what it changes.</summary>
internal sealed class BacktestRuns(Store store, BacktestDesk desk, BrandDesk brands, PlanDesk plans, TimeProvider time) : IDisposable
{
    /// <summary>A history in memory is large; what is younger is not in it.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShadowReach = TimeSpan.FromDays(28);
    private const int MostHistories = 4;
    private const int MostRuns = 64;

    private readonly Remembered<HistoryKey, Task<BacktestInput>> _histories = new(MostHistories, Lasts, time);
    private readonly Remembered<(HistoryKey, string Rules), BacktestRun<BacktestSet>> _sets = new(MostRuns, Lasts, time);
    private readonly Remembered<(HistoryKey, string Rule, string Real), Task<IReadOnlyList<DelayPoint>>> _delays = new(MostRuns, Lasts, time);
    private readonly Remembered<(BrandId, int Seed, CurveFamily, string Rules), Task<LibraryRow>> _library = new(MostRuns, Lasts, time);
    private readonly CancellationTokenSource _end = new();

    // One at a time: a back-test may take a whole core, and whoever writes a post needs the other.
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The answer, or how far it is (0…1) where it takes longer than a glance.</summary>
    /// <param name="draft">Rules to compare with those in force instead of turning one number.</param>
    public async Task<(BacktestView? View, double Progress)> AskAsync(BacktestQuestion question, RuleSet? draft, TimeSpan patience, CancellationToken cancel)
    {
        var plan = await plans.LookAsync(question.Brand, cancel);
        var rules = plan.Plan.Rules;
        var dials = Dial.Of(rules);
        var dial = dials.FirstOrDefault(one => one.Rule == question.Rule) ?? (dials.Count > 0 ? dials[0] : null);
        var number = Math.Clamp(question.Number ?? dial?.Number ?? 0, dial?.Least ?? 0, dial?.Most ?? 0);
        var tried = draft ?? (dial is null || number == dial.Number ? null : dial.Turned(rules, number));
        var key = new HistoryKey(question.Brand, question.Curve is null ? question.Days : 0, question.Curve, question.Curve is null ? 0 : question.Seed);
        var history = _histories.Of(key, () => Task.Run(() => ReadAsync(key), _end.Token), task => task.IsFaulted);
        var first = Run(key, history, plan.Plan, rules);
        var second = tried is null ? null : Run(key, history, plan.Plan, tried);
        var view = ViewAsync(question, plan, dials, dial, number, key, history, first, second, cancel);
        try
        {
            return (await view.WaitAsync(patience, time, cancel), 1);
        }
        catch (TimeoutException)
        {
            return (null, second is null ? first.Progress : (first.Progress + second.Progress) / 2);
        }
    }

    /// <summary>What rules in shadow would have done in the last weeks.</summary>
    public async Task<IReadOnlyList<ShadowWeek>> ShadowAsync(Brand brand, CrisisPlan plan, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var runs = await ShadowSql.SignalsAsync(connection, brand.Id, time.GetUtcNow() - ShadowReach, cancel);
        return ShadowWeek.Of(plan, runs, new Watched(brand, plan.Rules).Zone);
    }

    /// <summary>What the plan in force does with each curve of the library, as far as it is known after a moment's patience.</summary>
    public async Task<IReadOnlyList<LibraryRow>> LibraryAsync(BrandId brand, int seed, TimeSpan patience, CancellationToken cancel)
    {
        var plan = (await plans.LookAsync(brand, cancel)).Plan;
        var rules = Json.Write(plan.Rules);
        var rows = CurveLibrary.All
            .Select(family => _library.Of((brand, seed, family, rules), () => OneAtATimeAsync(() => TryAsync(family, seed, plan)), task => task.IsFaulted))
            .ToList();
        await Task.WhenAny(Task.WhenAll(rows), Task.Delay(patience, time, cancel));
        return [.. rows.Where(row => row.IsCompletedSuccessfully).Select(row => row.GetAwaiter().GetResult())];
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _one.Dispose();
    }

    private async Task<BacktestView> ViewAsync(
        BacktestQuestion question, PlanView plan, IReadOnlyList<Dial> dials, Dial? dial, double number, HistoryKey key,
        Task<BacktestInput> history, BacktestRun<BacktestSet> first, BacktestRun<BacktestSet>? second, CancellationToken cancel)
    {
        var input = await history;
        var marks = question.Curve is null ? await MarksAsync(question.Brand, cancel) : input.Marks;
        var inForce = Counted(await first.Done, input, marks);
        var tried = second is null ? null : Counted(await second.Done, input, marks);
        var report = new BacktestReport(input with { Marks = marks }, tried ?? inForce, tried is null ? null : inForce);
        var rule = plan.Plan.Rules.Thresholds.FirstOrDefault(one => one.Name == dial?.Rule);
        var delays = rule is null || input is not { Span: { } span, History: ReadHistory read }
            ? []
            : await _delays.Of(
                (key, Json.Write(rule), string.Join(',', marks.Where(mark => mark.Verdict == Verdict.Real).Select(mark => mark.From.UtcTicks))),
                () => OneAtATimeAsync(() => Task.FromResult(DelayCurve.Of(rule, read.Pulses, span, read.Usual, marks, 1))),
                task => task.IsFaulted);
        return new(question, plan, report, dials, dial, number, delays);
    }

    /// <summary>What people say may have changed since the run: alarms are counted anew.</summary>
    private static BacktestSet Counted(BacktestSet set, BacktestInput input, IReadOnlyList<MarkedStretch> marks) =>
        set with { Alarms = AlarmCount.Of(set.Situations, marks, input.Span is { } span ? TimeSpan.FromMinutes(span.Count).TotalDays : 0) };

    private BacktestRun<BacktestSet> Run(HistoryKey key, Task<BacktestInput> history, CrisisPlan plan, RuleSet rules) =>
        _sets.Of((key, Json.Write(plan with { Rules = rules })), () => new(run => OneAtATimeAsync(async () =>
            await Backtest.RunAsync(await history, plan with { Rules = rules }, "", _end.Token, done => run.Progress = done))), run => run.Done.IsFaulted);

    private async Task<LibraryRow> TryAsync(CurveFamily family, int seed, CrisisPlan plan)
    {
        var input = CurveHistory.Of(family, seed, _end.Token);
        var truth = input.Marks[0];
        var set = await Backtest.RunAsync(input, plan, "", _end.Token);
        // Rules speak of whole minutes: what the first post itself brings about begins before that post.
        var first = set.Situations.FirstOrDefault(one => one.From > truth.From.AddMinutes(-1) && one.From <= truth.To);
        var after = first is null ? (TimeSpan?)null : first.From > truth.From ? first.From - truth.From : TimeSpan.Zero;
        return new(family, truth.Verdict == Verdict.Real, after, first?.Highest);
    }

    private Task<T> OneAtATimeAsync<T>(Func<Task<T>> work) => Task.Run(async () =>
    {
        await _one.WaitAsync(_end.Token);
        try
        {
            return await work();
        }
        finally
        {
            _one.Release();
        }
    }, _end.Token);

    private async Task<BacktestInput> ReadAsync(HistoryKey key) =>
        key.Curve is { } curve ? CurveHistory.Of(curve, key.Seed, _end.Token)
        : await brands.FindAsync(key.Brand, _end.Token) is { } brand ? await desk.ReadAsync(brand, key.Days, _end.Token)
        : throw new InvalidOperationException("The brand is gone.");

    private async Task<IReadOnlyList<MarkedStretch>> MarksAsync(BrandId brand, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await BacktestMarkSql.MarksAsync(connection, brand, cancel);
    }

    private sealed record HistoryKey(BrandId Brand, int Days, CurveFamily? Curve, int Seed);
}

/// <summary>What rules did with a curve of the library.</summary>
/// <param name="After">From the event's first post to the situation; null where there was none.</param>
public sealed record LibraryRow(CurveFamily Family, bool IsCrisis, TimeSpan? After, Level? Level);

/// <summary>Work that says how far it is.</summary>
internal sealed class BacktestRun<T>
{
    private double _progress;

    public BacktestRun(Func<BacktestRun<T>, Task<T>> work) => Done = work(this);

    public Task<T> Done { get; }

    public double Progress
    {
        get => Volatile.Read(ref _progress);
        set => Volatile.Write(ref _progress, value);
    }
}
