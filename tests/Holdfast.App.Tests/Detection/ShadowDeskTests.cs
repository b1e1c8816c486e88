using Dapper;
using Holdfast.Core.Detection;
using Holdfast.Database;
using Holdfast.Detection;
using Holdfast.Escalation;
using Holdfast.Testing;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Detection;

public sealed class ShadowDeskTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    /// <summary>A Monday; the brand's time is UTC + 1.</summary>
    private static readonly DateTimeOffset Monday = new(2026, 3, 9, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_Monday_morning_one_letter_tells_of_the_week_before_whatever_the_nodes()
    {
        var store = database.Store;
        var time = new FakeTime(Monday.AddHours(6));
        var (brand, person) = await BrandAsync(store, time);
        await ShadowAsync(store, brand, Monday.AddDays(-3));
        ShadowDesk[] nodes = [new(store, time), new(store, time), new(store, time)];
        await Task.WhenAll(nodes.Select(node => node.LookAsync(Cancel)));
        Assert.Empty(await NotesAsync(store, brand, person));

        time.Advance(TimeSpan.FromHours(2));
        await Task.WhenAll(nodes.Select(node => node.LookAsync(Cancel)));
        await nodes[0].LookAsync(Cancel);
        var note = Assert.Single(await NotesAsync(store, brand, person));

        await using var connection = await store.OpenAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        var home = new Home("https://holdfast.example", "holdfast.example");
        var letter = (await new ShadowLetters().WriteAsync(transaction, new(note, new(person), false), home, time.GetUtcNow(), Cancel))!;
        Assert.Contains("forecast", letter.Text, StringComparison.Ordinal);
        Assert.Contains($"https://holdfast.example/brands/{brand}/backtest#shadow", letter.Text, StringComparison.Ordinal);
        Assert.Null(await new ShadowLetters().WriteAsync(transaction, new("worker:x", new(person), false), home, time.GetUtcNow(), Cancel));
    }

    [Fact]
    public async Task A_week_in_which_no_rule_in_shadow_spoke_is_not_told()
    {
        var store = database.Store;
        var time = new FakeTime(Monday.AddHours(9));
        var (brand, person) = await BrandAsync(store, time);
        await ShadowAsync(store, brand, Monday.AddHours(3));
        await ShadowAsync(store, brand, Monday.AddDays(-12));
        await new ShadowDesk(store, time).LookAsync(Cancel);
        Assert.Empty(await NotesAsync(store, brand, person));
    }

    private static async Task<(Guid Brand, Guid Person)> BrandAsync(Store store, FakeTime time)
    {
        var (brand, person) = (Ids.New(time), Ids.New(time));
        await using var connection = await store.OpenAsync(Cancel);
        await connection.ExecuteAsync(
            """
            insert into brand (id, name, time_zone, created_at) values (@brand, @name, 'Europe/Warsaw', @at);
            insert into person (id, name, mail, permission, security_stamp, created_at) values (@person, 'Ania', @mail, 'Command', 's', @at);
            """,
            new { brand, person, name = $"Lumo {brand}", mail = $"{person}@example.org", at = Monday });
        return (brand, person);
    }

    private static async Task ShadowAsync(Store store, Guid brand, DateTimeOffset at)
    {
        await using var connection = await store.OpenAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        var signal = new Signal(
            new(Ids.New(new FakeTime(at))), new(brand), SignalKind.Forecast, "forecast", null, null, null, Level.Three, at, at.AddMinutes(10), [new("limit", 11, "posts")], [])
        { Shadow = true };
        await SignalSql.InsertAsync(transaction, signal, at, Cancel);
        await transaction.CommitAsync(Cancel);
    }

    private static async Task<IReadOnlyList<string>> NotesAsync(Store store, Guid brand, Guid person)
    {
        await using var connection = await store.OpenAsync(Cancel);
        return [.. await connection.QueryAsync<string>(
            "select note from attempt where note like @notes and person_id = @person and way = 'Mail'", new { notes = $"{ShadowDesk.Week}{brand}:%", person })];
    }
}
