using Dapper;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Database;
using Holdfast.Testing.Database;

namespace Holdfast.App.Tests.Database;

public sealed class StoreTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed record Row(
        BrandId Id, PostId? Other, MonitorId? None, IReadOnlyList<PostId> Posts, DateTimeOffset At, TimeOnly From, IReadOnlyList<string> Words);

    [Fact]
    public async Task Ids_instants_and_lists_go_in_and_come_out_as_they_are()
    {
        var row = new Row(
            new(Guid.Parse("01900000-0000-7000-8000-000000000001")),
            new PostId(Guid.Parse("01900000-0000-7000-8000-000000000002")),
            null,
            [new(Guid.Parse("01900000-0000-7000-8000-000000000003"))],
            new DateTimeOffset(2015, 2, 22, 23, 30, 0, TimeSpan.FromHours(2)),
            new TimeOnly(22, 30),
            ["zażółć", "b"]);
        await using var connection = await database.Store.OpenAsync(Cancel);

        var read = await connection.QuerySingleAsync<Row>(
            """select @Id as id, @Other as other, @None as none, @Posts as posts, @At as at, @From as "from", @Words as words""", row);

        Assert.Equal(row.Id, read.Id);
        Assert.Equal(row.Other, read.Other);
        Assert.Null(read.None);
        Assert.Equal(row.Posts, read.Posts);
        Assert.Equal(row.At, read.At);
        Assert.Equal(TimeSpan.Zero, read.At.Offset);
        Assert.Equal(row.From, read.From);
        Assert.Equal(row.Words, read.Words);
    }

    [Fact]
    public void Every_id_of_Core_is_known_to_the_store()
    {
        Assert.Contains(typeof(BrandId), IdTypes.All);
        Assert.Contains(typeof(PersonId), IdTypes.All);
        Assert.Contains(typeof(TopicId), IdTypes.All);
        Assert.DoesNotContain(typeof(Core.Listening.Match), IdTypes.All);
    }

    [Fact]
    public void Json_has_plain_ids_and_enums_by_name()
    {
        var person = new Person(new(Guid.Parse("01900000-0000-7000-8000-000000000001")), "Żaneta", "z@example.org", null, "pl", "UTC", Permission.Command);

        var text = Json.Write(person);

        Assert.Contains("\"id\":\"01900000-0000-7000-8000-000000000001\"", text, StringComparison.Ordinal);
        Assert.Contains("\"permission\":\"Command\"", text, StringComparison.Ordinal);
        Assert.Contains("Żaneta", text, StringComparison.Ordinal);
        Assert.Equal(person, Json.Read<Person>(text));
    }

    [Fact]
    public async Task A_transaction_that_throws_leaves_nothing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.Store.InTransactionAsync(async transaction =>
        {
            await transaction.Connection!.ExecuteAsync("insert into setting (name, value) values ('lost', '1')", transaction: transaction);
            throw new InvalidOperationException();
        }, Cancel));

        Assert.Equal(0, await CountAsync("lost"));
    }

    [Fact]
    public async Task The_victim_of_a_deadlock_is_run_again_and_both_get_through()
    {
        await using (var connection = await database.Store.OpenAsync(Cancel))
        {
            await connection.ExecuteAsync("insert into setting (name, value) values ('left', '0'), ('right', '0')");
        }

        // Each takes its first row, waits until the other has too, then wants the other's: PostgreSQL must end one of them.
        var bothHold = new Barrier(2);
        var runs = 0;
        Task Run(string first, string second) => Task.Run(() => database.Store.InRepeatedTransactionAsync(async transaction =>
        {
            var run = Interlocked.Increment(ref runs);
            await AddAsync(first);
            if (run <= 2)
            {
                bothHold.SignalAndWait(Cancel);
            }

            await AddAsync(second);

            Task AddAsync(string name) => transaction.Connection!.ExecuteAsync(
                "update setting set value = to_jsonb(value::int + 1) where name = @name", new { name }, transaction);
        }, Cancel), Cancel);

        await Task.WhenAll(Run("left", "right"), Run("right", "left"));

        Assert.True(runs >= 3, $"{runs} runs: nobody was run again");
        await using var check = await database.Store.OpenAsync(Cancel);
        Assert.Equal([2, 2], await check.QueryAsync<int>("select value::int from setting where name in ('left', 'right')"));
    }

    private async Task<int> CountAsync(string name)
    {
        await using var connection = await database.Store.OpenAsync(Cancel);
        return await connection.ExecuteScalarAsync<int>("select count(*) from setting where name = @name", new { name });
    }
}
