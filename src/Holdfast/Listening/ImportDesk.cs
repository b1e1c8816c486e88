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
internal sealed class ImportDesk(Store store, IntakeDesk intake, TimeProvider time)
{
    private const int AtATime = 500;
    private const int Ahead = 8;

    /// <summary>The brand is created with a first monitor where there is none of that name.</summary>
    public Task<ImportTarget> PrepareAsync(string brandName, string network, CancellationToken cancel) =>
        store.InTransactionAsync(async transaction =>
        {
            await ImportSql.AloneAsync(transaction);
            var now = time.GetUtcNow();
            string? query = null;
            if (await ImportSql.FindBrandAsync(transaction, brandName) is not { } brand)
            {
                brand = new BrandId(Ids.New(time));
                var handle = Handle(brandName);
                query = FirstQuery(brandName, handle);
                await ImportSql.AddBrandAsync(transaction, brand, brandName, handle.Length > 0 ? [handle] : [], new(Ids.New(time)), query, now);
                await Changes.NotifyAsync(transaction, "monitors");
                await Changes.NotifyAsync(transaction, $"brand:{brand.Value}");
            }

            var name = $"Files: {network}, {brandName}";
            if (await ImportSql.FindSourceAsync(transaction, name) is not { } source)
            {
                source = new SourceId(Ids.New(time));
                await ImportSql.AddSourceAsync(transaction, source, name, network, brand, now);
            }

            return new ImportTarget(new(source, new HashSet<BrandId> { brand }), brandName, query);
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

    private static string FirstQuery(string name, string handle)
    {
        var words = name.Replace('"', ' ').Trim();
        var quoted = $"\"{words}\"";
        return handle.Length > 0 ? $"{quoted} OR @{handle}" : quoted;
    }
}
