using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Reading;
using Holdfast.Database;

namespace Holdfast.Listening;

/// <summary>What people say about mentions. A correction is kept beside what it replaced: it is also what models learn from.</summary>
internal sealed class MentionDesk(Store store, TimeProvider time)
{
    public static readonly Refusal Gone = new("mention.gone", "This mention is no longer there.");
    public static readonly Refusal BadLanguage = new("mention.language", "A language is two or three letters, or und.", "language");
    public static readonly Refusal BadRisk = new("mention.risk", "A risk is of level 4 or 5, or none.", "risk");

    /// <summary>The pulse and the rules go by the corrected reading at once.</summary>
    public async Task<Result<PostId>> CorrectAsync(BrandId brand, PostId post, Correction correction, PersonId by, CancellationToken cancel)
    {
        if (correction.Language.Length is not (2 or 3) || !correction.Language.All(char.IsAsciiLetterLower))
            return BadLanguage;
        if (correction.Risk is not (0 or 4 or 5))
            return BadRisk;
        return await store.InTransactionAsync<Result<PostId>>(async transaction =>
        {
            await IntakeSql.LockBrandsAsync(transaction, [brand]);
            if (await CorrectionSql.LockAsync(transaction, brand, post, cancel) is not { } heard)
                return Gone;
            var now = time.GetUtcNow();
            var negative = correction.Class == SentimentClass.Negative && !heard.Spreads;
            await CorrectionSql.CorrectAsync(transaction, brand, post, correction, negative, by.Value, cancel);
            await CorrectionSql.KeepAsync(
                transaction, Ids.New(time), brand, post, now, by.Value, Json.Write(heard.Reading), Json.Write(correction), cancel);
            var minute = IntakeCounting.Minute(heard.At);
            if (negative && !heard.CountedNegative)
                await CorrectionSql.CountNegativeAsync(transaction, heard.Monitors, minute, heard.Network, IntakeCounting.Hash(heard.Author), cancel);
            else if (!negative && heard.CountedNegative)
                foreach (var monitor in heard.Monitors)
                    await IntakePulseSql.RemoveAsync(transaction, new PulseRemoval(brand, monitor, minute, heard.Network, heard.Author));
            await IntakeSql.DueAsync(transaction, brand, minute, minute, now);
            await Changes.NotifyAsync(transaction, "detection");
            await Changes.NotifyAsync(transaction, $"brand:{brand.Value}");
            return post;
        }, cancel);
    }
}
