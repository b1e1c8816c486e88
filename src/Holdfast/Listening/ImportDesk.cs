using Holdfast.Brands;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Database;

namespace Holdfast.Listening;

/// <summary>What an import stands on; <paramref name="NewMonitor"/> is the query of the monitor that was made with the brand.</summary>
internal sealed record ImportTarget(IntakeSource Source, string BrandName, string? NewMonitor);

/// <summary>What came of it.</summary>
internal sealed record ImportSummary(long Rows, IReadOnlyDictionary<IntakeVerdict, long> Verdicts, DateTimeOffset? First, DateTimeOffset? Last, string? BrokenOff)
{
    public long this[IntakeVerdict verdict] => Verdicts.GetValueOrDefault(verdict);
}

/// <summary>Takes a file through the same intake as everything else.</summary>
internal sealed class ImportDesk(Store store, BrandDesk brands, IntakeDesk intake, TimeProvider time)
{
    private const int AtATime = 500;
    private const int Ahead = 8;

    /// <summary>The brand is created with a first monitor where there is none of that name.</summary>
    public Task<Result<ImportTarget>> PrepareAsync(string brandName, string network, CancellationToken cancel) =>
        store.InTransactionAsync<Result<ImportTarget>>(async transaction =>
        {
            if (!PostRules.IsNetwork(network))
            {
                return SourceRefusals.Network;
            }

            string? query = null;
            var brand = await BrandSql.FindByNameAsync(transaction.Connection!, brandName, cancel);
            if (brand is null)
            {
                var checkedDraft = BrandDraft.Check(brandName, Handle(brandName), ["en"], "UTC");
                if (!checkedDraft.Succeeded(out var draft))
                {
                    return Result<ImportTarget>.Refused(checkedDraft.Refusals);
                }

                var created = await brands.CreateAsync(transaction, draft, cancel);
                if (!created.Succeeded(out brand))
                {
                    return Result<ImportTarget>.Refused(created.Refusals);
                }

                query = draft.FirstQuery();
            }

            var source = await SourceSql.FindOrAddAsync(
                transaction, new(new(Ids.New(time)), $"Files: {network}, {brand.Name}", SourceKind.File, network, [brand.Id], null), time.GetUtcNow());
            return new ImportTarget(new(source, new HashSet<BrandId> { brand.Id }), brand.Name, query);
        }, cancel);

    public async Task<ImportSummary> RunAsync(ImportReader reader, ImportTarget target, Action<long, double> progress, CancellationToken cancel)
    {
        var verdicts = Enum.GetValues<IntakeVerdict>().ToDictionary(v => v, _ => 0L);
        var waiting = new Queue<IntakeSubmission>();
        var items = new List<IntakeItem>();
        var unreadable = new List<UnreadableItem>();
        (DateTimeOffset? first, DateTimeOffset? last, string? brokenOff) = (null, null, null);

        async Task SettleAsync(int leave)
        {
            while (waiting.Count > leave)
            {
                var submission = waiting.Dequeue();
                foreach (var outcome in (await submission.Done.WaitAsync(cancel)).Outcomes)
                {
                    verdicts[outcome.Verdict]++;
                }

                verdicts[IntakeVerdict.Rejected] += submission.Unreadable.Count;
                progress(verdicts.Values.Sum(), reader.File.Share);
            }
        }

        async Task SubmitAsync()
        {
            var submission = new IntakeSubmission(target.Source, [.. items], [.. unreadable]);
            items.Clear();
            unreadable.Clear();
            await intake.SubmitAsync(submission, cancel);
            waiting.Enqueue(submission);
            await SettleAsync(Ahead);
        }

        try
        {
            await foreach (var (item, bad) in reader.ReadAsync(cancel))
            {
                if (item is not null)
                {
                    items.Add(item);
                    first = first is null || item.Post.At < first ? item.Post.At : first;
                    last = last is null || item.Post.At > last ? item.Post.At : last;
                }
                else
                {
                    unreadable.Add(bad!);
                }

                if (items.Count + unreadable.Count >= AtATime)
                {
                    await SubmitAsync();
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // What was read before is good and is kept.
            brokenOff = e.Message;
        }

        await SubmitAsync();
        await SettleAsync(0);
        return new(verdicts.Values.Sum(), verdicts, first, last, brokenOff);
    }

    private static string Handle(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
