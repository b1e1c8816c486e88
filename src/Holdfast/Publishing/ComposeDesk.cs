using System.Globalization;
using Holdfast.Brands;
using Holdfast.Core.Brands;
using Holdfast.Core.Publishing;
using Holdfast.Database;

namespace Holdfast.Publishing;

/// <summary>Everything the composer shows.</summary>
public sealed record ComposeView(
    Guid? Set,
    IReadOnlyList<Brand> Brands,
    Brand Brand,
    IReadOnlyList<AccountRow> Accounts,
    IReadOnlyList<SetRow> Rows,
    IReadOnlyList<HistoryRow> History,
    PostForm Form,
    PostPreview Preview)
{
    public bool IsOpen => Set is null || Rows.Any(row => row.IsOpen);

    /// <summary>Of several, the one that asks most for a person; null: not kept yet.</summary>
    public SetRow? Worst => Rows.Where(row => row.State != PostState.Dropped).MinBy(row => Urgency.Of(row.State)) ?? (Rows.Count > 0 ? Rows[0] : null);

    public SetRow? Of(AccountRow account) => Rows.FirstOrDefault(row => row.Account == account.Id && row.State != PostState.Dropped);
}

/// <summary>Fills the composer: from what was typed, from what is stored, or with a good beginning.</summary>
internal sealed class ComposeDesk(Store store, PostPreviewDesk previews, TimeProvider time)
{
    // A morning is early enough to be seen and late enough to be looked at once more.
    private static readonly TimeOnly UsualTime = new(9, 0);

    /// <summary>Null where there is no such post, or no brand yet.</summary>
    /// <param name="typed">What a refused form said.</param>
    public async Task<ComposeView?> LookAsync(Guid? set, Guid? brand, DateOnly? day, IFormCollection? typed, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var brands = await BrandSql.AllAsync(connection, cancel);
        var rows = set is { } id ? await PostSetSql.OfSetAsync(connection, id, cancel) : [];
        if ((set is not null && rows.Count == 0) || brands.Count == 0)
        {
            return null;
        }

        var wanted = rows.Count > 0 ? rows[0].Brand.Value : typed is not null && Guid.TryParse(typed["brand"], out var said) ? said : brand;
        var mine = brands.FirstOrDefault(each => each.Id.Value == wanted) ?? brands[0];
        var accounts = (await AccountSql.AllAsync(connection, cancel))
            .Where(account => account.Brand == mine.Id && (account.State != AccountState.Disconnected || rows.Any(row => row.Account == account.Id))).ToList();
        var form = typed is not null ? PostForm.Read(typed) : rows.Count > 0 ? Stored(rows, mine) : Fresh(mine, accounts, day);
        return new ComposeView(
            set,
            brands,
            mine,
            accounts,
            rows,
            set is { } known ? await PostSetSql.HistoryAsync(connection, known, cancel) : [],
            form with { Brand = mine.Id.Value },
            await previews.LookAsync(set, form with { Brand = mine.Id.Value }, cancel));
    }

    private PostForm Fresh(Brand brand, IReadOnlyList<AccountRow> accounts, DateOnly? day)
    {
        var now = WallTime.Show(time.GetUtcNow(), CalendarDesk.Zone(brand));
        var on = day ?? DateOnly.FromDateTime(now).AddDays(TimeOnly.FromDateTime(now) < UsualTime ? 0 : 1);
        return new(
            brand.Id.Value,
            "",
            [.. accounts.Where(account => account.State == AccountState.Connected).Select(account => account.Id.Value)],
            new Dictionary<Guid, string>(),
            brand.Languages.Count > 0 ? brand.Languages[0] : null,
            null,
            null,
            [],
            Day(on),
            Clock(UsualTime),
            null,
            false,
            PostWish.Draft);
    }

    /// <summary>The words that most versions share are those for all.</summary>
    private static PostForm Stored(IReadOnlyList<SetRow> rows, Brand brand)
    {
        var live = rows.Where(row => row.State != PostState.Dropped).ToList();
        live = live.Count > 0 ? live : [.. rows];
        var text = live.GroupBy(row => row.Text).MaxBy(group => group.Count())!.Key;
        var zone = CalendarDesk.Zone(brand);
        var due = live.Select(row => row.DueAt).FirstOrDefault(at => at is not null);
        DateTime? local = due is { } at ? WallTime.Show(at, zone) : null;
        var only = live.FirstOrDefault(row => row.Network == "mastodon")?.Only;
        return new(
            brand.Id.Value,
            text,
            [.. live.Select(row => row.Account.Value)],
            live.Where(row => row.Text != text).ToDictionary(row => row.Account.Value, row => row.Text),
            live[0].Language,
            only?.Visibility,
            only?.Warning,
            [.. live[0].Pictures.Select(item => new MediaChoice(item.Id, item.Alt, item.Alt.Length == 0))],
            local is { } shown ? Day(DateOnly.FromDateTime(shown)) : null,
            local is { } clock ? Clock(TimeOnly.FromDateTime(clock)) : null,
            local is { } reads && WallTime.Read(reads, zone) is { Kind: WallTimeKind.Twice } reading ? reading.Second == due : null,
            false,
            PostWish.Draft);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
