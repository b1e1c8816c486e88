using System.Globalization;
using System.Text;
using Holdfast.Brands;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Database;

namespace Holdfast.Listening;

/// <summary>What reaches staff by phone, press, counter or mail goes the same way as everything else.</summary>
internal sealed class HandDesk(Store store, BrandDesk brands, IntakeDesk intake, TimeProvider time)
{
    public async Task<Result<IntakeReceipt>> EnterAsync(HandForm form, CancellationToken cancel)
    {
        var refusals = new List<Refusal>();
        var brand = await brands.FindAsync(new BrandId(form.Brand), cancel);
        var at = brand is null ? null : Instant(form.At, brand.TimeZone);
        var network = form.Network ?? "";
        if (brand is null)
        {
            refusals.Add(SourceRefusals.NoBrand);
        }

        if (!HandForm.Networks.Contains(network))
        {
            refusals.Add(SourceRefusals.NoWay);
        }

        if (at is null || at > time.GetUtcNow().AddMinutes(10))
        {
            refusals.Add(SourceRefusals.NoTime);
        }

        var who = IntakeText.Clean(form.Who ?? "", PostRules.MaxName);
        var text = IntakeText.Clean(form.Text ?? "", Post.MaxTextLength);
        if (text is null)
        {
            refusals.Add(SourceRefusals.NoText);
        }

        if (refusals.Count > 0)
        {
            return Result<IntakeReceipt>.Refused(refusals);
        }

        // Two callers who gave no name are two people.
        var author = new Author(who?.ToLowerInvariant() ?? $"unnamed {form.Id}", who ?? "", who, Voice: network == "press" ? Voice.Press : Voice.Public);
        var post = PostRules.Check(new Post
        {
            Id = new(Ids.New(time)),
            Network = network,
            NetworkId = form.Id.ToString(),
            Author = author,
            Text = text!,
            At = at!.Value,
            Url = IntakeText.Clean(form.Url ?? "", PostRules.MaxUrl),
        });
        if (!post.Succeeded(out var good))
        {
            return Result<IntakeReceipt>.Refused(post.Refusals);
        }

        var source = await store.InTransactionAsync(
            t => SourceSql.FindOrAddAsync(t, new(new(Ids.New(time)), $"By hand: {network}", SourceKind.Hand, network, [], null), time.GetUtcNow()), cancel);
        var item = new IntakeItem(good, Encoding.UTF8.GetBytes(text!), "form", About: brand!.Id);
        return await intake.OfferAsync(new(new(source, new HashSet<BrandId>()), [item]), cancel);
    }

    private static DateTimeOffset? Instant(string? local, string zone) =>
        DateTime.TryParseExact(local, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
        && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var info)
            ? new DateTimeOffset(at, info.GetUtcOffset(at)).ToUniversalTime()
            : null;
}
