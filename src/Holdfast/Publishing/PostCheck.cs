using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Holdfast.Shell;

namespace Holdfast.Publishing;

/// <summary>What is wrong with a post before anybody sees it; all of it at once.</summary>
internal static class PostCheck
{
    /// <summary>No network takes a tenth of this; it keeps the counting quick whatever is pasted.</summary>
    public const int MostLetters = 50_000;

    private static readonly string[] Visibilities = ["public", "unlisted", "private", "direct"];

    /// <param name="known">The brand's accounts.</param>
    /// <param name="stored">The pictures of the form that are here.</param>
    public static Result<PlannedPost> Check(PostForm form, Brand brand, IReadOnlyList<AccountRow> known, IReadOnlyList<MediaFacts> stored)
    {
        var refusals = new List<Refusal>();
        var accounts = known.Where(account => form.Accounts.Contains(account.Id.Value)).ToList();
        if (accounts.Count == 0)
        {
            refusals.Add(PublishingRefusals.NoAccount);
        }

        var loose = form.Wish == PostWish.Draft;
        foreach (var account in accounts)
        {
            refusals.AddRange(Words(form.TextFor(account.Id.Value), form, account, loose));
        }

        refusals.AddRange(Pictures(form, accounts, stored, loose));
        if (form.Visibility is { } seen && !Visibilities.Contains(seen))
        {
            refusals.Add(PublishingRefusals.Visibility);
        }

        var due = Due(form.Local, form.Second, CalendarDesk.Zone(brand), refusals);
        if (due is null && form.Local is null && (form.Wish is PostWish.Ask or PostWish.Schedule || form.Day is not null))
        {
            refusals.Add(Refusals.NoTime);
        }

        return refusals.Count > 0
            ? Result<PlannedPost>.Refused([.. refusals.Distinct()])
            : new PlannedPost(
                [.. accounts.Select(account => (account, form.TextFor(account.Id.Value)))],
                form.Language is { Length: <= 20 } language ? language : null,
                [.. form.Media.Select(choice => new MediaItem(choice.Id, stored.First(each => each.Id == choice.Id).Type, choice.NothingToTell ? "" : choice.Alt))],
                form.Visibility,
                form.Warning is { } warning ? Shorten(warning) : null,
                due);
    }

    /// <summary>As last read from the server; where that said nothing, what hardly any network refuses.</summary>
    public static NetworkLimits Limits(AccountRow account) =>
        Json.Read<NetworkLimits>(account.Limits) is { Text: not null } limits ? limits : new(new TextRule(TextCount.Graphemes, 300), 4, 1_000_000, 1_000, []);

    public static TextSize Size(string text, AccountRow account, string? warning) =>
        TextSize.Of(text.Length > MostLetters ? text[..MostLetters] : text, Limits(account).Text, warning is null ? null : Shorten(warning));

    /// <summary>The night when the clocks change: a time that is not there is refused with the change, one that is there twice with both.</summary>
    public static DateTimeOffset? Due(DateTime? local, bool? second, TimeZoneInfo zone, List<Refusal> refusals)
    {
        if (local is not { } wanted)
        {
            return null;
        }

        var reading = WallTime.Read(wanted, zone);
        if (reading.Kind == WallTimeKind.Never)
        {
            refusals.Add(PublishingRefusals.NoSuchTime(wanted, WallTime.ChangeOn(DateOnly.FromDateTime(wanted), zone)));
        }
        else if (reading.Kind == WallTimeKind.Twice && second is null)
        {
            refusals.Add(PublishingRefusals.TimeTwice(wanted));
        }

        return reading.Kind == WallTimeKind.Twice && second == true ? reading.Second : reading.First;
    }

    private static IEnumerable<Refusal> Words(string text, PostForm form, AccountRow account, bool loose)
    {
        if (text.Length == 0 && form.Media.Count == 0 && !loose)
        {
            yield return PublishingRefusals.NoText;
        }

        if (text.Length > MostLetters)
        {
            yield return PublishingRefusals.MuchTooLong;
        }
        else if (!loose && Size(text, account, form.Warning) is { Fits: false } size)
        {
            yield return PublishingRefusals.TooLong(size, NetworkMark.Of(account.Network));
        }

        if (!loose && account.State != AccountState.Connected)
        {
            yield return PublishingRefusals.AccountOut(account.Handle);
        }
    }

    private static IEnumerable<Refusal> Pictures(PostForm form, List<AccountRow> accounts, IReadOnlyList<MediaFacts> stored, bool loose)
    {
        if (form.Media.Any(choice => stored.All(each => each.Id != choice.Id)))
        {
            yield return PublishingRefusals.NoPicture;
            yield break;
        }

        foreach (var choice in form.Media.Where(choice => !loose && !choice.NothingToTell && choice.Alt.Length == 0))
        {
            yield return PublishingRefusals.NoAlt(choice.Id);
        }

        foreach (var account in accounts)
        {
            var limits = Limits(account);
            if (form.Media.Count > limits.MaxMedia)
            {
                yield return PublishingRefusals.TooManyPictures(limits.MaxMedia, NetworkMark.Of(account.Network));
            }

            foreach (var choice in form.Media)
            {
                var facts = stored.First(each => each.Id == choice.Id);
                if (facts.Bytes > limits.MaxMediaBytes || (limits.MediaTypes.Count > 0 && !limits.MediaTypes.Contains(facts.Type)))
                {
                    yield return PublishingRefusals.PictureRefused(facts, limits, NetworkMark.Of(account.Network));
                }
                else if (choice.Alt.EnumerateRunes().Count() > limits.MaxAlt)
                {
                    yield return PublishingRefusals.AltTooLong(choice.Id, limits.MaxAlt, NetworkMark.Of(account.Network));
                }
            }
        }
    }

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200];
}
