using Dapper;
using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Testing.Database;
using Holdfast.Testing.Hosting;
using Npgsql;

namespace Holdfast.App.Tests.Publishing;

/// <summary>This morning's copy knows no freeze, and not what was published since: nothing leaves from it, whoever dies while it is put back.</summary>
public sealed class RestoredTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hf-restored-").FullName;

    private string Copy => Path.Combine(_folder, "this-morning.backup");

    [Fact]
    public async Task Nothing_leaves_from_a_restored_copy_until_a_person_has_lifted_and_decided()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var due = await house.ScheduleAsync();
        var later = await house.ScheduleAsync(TimeSpan.FromDays(30_000));
        var leaving = await house.ScheduleAsync();
        await house.ExecuteAsync("update scheduled_post set state = 'Sending', departed_at = @Noon, lease_until = @Noon where id = @Id", new { PublishingHouse.Noon, leaving.Id });
        await CopyAsync();
        await using var there = await OpenAsync(await EmptyDatabaseAsync());
        await Restore.ReadAsync(there, Copy, replace: false, PublishingHouse.Cancel);

        var restored = house.In(there.Store);
        await restored.WorkAsync();
        var imported = await restored.ScheduleAsync();
        await restored.WorkAsync();
        Assert.Empty(house.Network.Arrivals);
        Assert.Equal(
            [HeldBecause.Restored, HeldBecause.Freeze, HeldBecause.Restored, HeldBecause.Freeze],
            [(await restored.PostAsync(due)).Held, (await restored.PostAsync(later)).Held, (await restored.PostAsync(leaving)).Held, (await restored.PostAsync(imported)).Held]);

        // That nothing left is the freeze's doing: lifted, and decided on, the same post goes.
        var freeze = await IdAsync(there);
        _ = (await restored.Freezes.LiftAsync(freeze, "We looked.", PublishingHouse.Someone, PublishingHouse.Cancel)).Value;
        await restored.WorkAsync();
        Assert.Empty(house.Network.Arrivals);
        _ = (await restored.Desk.ActAsync(due.Id, (held, gate, now) => PostDecisions.Schedule(held, now, gate.InForce, now), PublishingHouse.Cancel)).Value;
        await restored.WorkAsync();
        Assert.Single(house.Network.Arrivals);
    }

    [Fact]
    public async Task Killed_the_moment_the_rows_can_be_seen_they_are_frozen_already()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        await house.ScheduleAsync();
        await CopyAsync();
        var address = await EmptyDatabaseAsync();
        await using var restoring = ProgramProcess.Start(address, "restore", Copy, "--data", Path.Combine(_folder, "there"));
        await RestoringAsync(restoring, address);

        await using var connection = new NpgsqlConnection(address);
        await connection.OpenAsync(PublishingHouse.Cancel);
        while (!await connection.ExecuteScalarAsync<bool>("select to_regclass('public.account') is not null"))
        {
            await Task.Delay(1, PublishingHouse.Cancel);
        }

        var seen = await connection.QuerySingleAsync<(long Scheduled, long Frozen)>(
            """select (select count(*) from scheduled_post where state = 'Scheduled'), (select count(*) from "freeze" where lifted_at is null)""");
        await restoring.KillAsync();
        Assert.Equal((0, 1), seen);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Until PostgreSQL's own program is at it: before that, somebody else's connection would be refused.</summary>
    private static async Task RestoringAsync(ProgramProcess restoring, string address)
    {
        var builder = new NpgsqlConnectionStringBuilder(address);
        await using var outside = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address) { Database = "postgres" }.ConnectionString);
        await outside.OpenAsync(PublishingHouse.Cancel);
        while (!await outside.ExecuteScalarAsync<bool>(
            "select exists (select from pg_stat_activity where datname = @Database and application_name = 'holdfast')", new { builder.Database }))
        {
            Assert.False(restoring.HasExited, restoring.Output);
            await Task.Delay(1, PublishingHouse.Cancel);
        }
    }

    private static async Task<FreezeId> IdAsync(Installation installation)
    {
        await using var connection = await installation.Store.OpenAsync(PublishingHouse.Cancel);
        return await connection.ExecuteScalarAsync<FreezeId>("""select id from "freeze" where placed_by = 'restore'""");
    }

    private static async Task<string> EmptyDatabaseAsync() => await (await TestCluster.GetAsync()).CreateEmptyDatabaseAsync();

    private async Task CopyAsync()
    {
        await using var here = await OpenAsync(database.ConnectionString);
        await Backup.WriteAsync(here, Copy, PublishingHouse.Noon, PublishingHouse.Cancel);
    }

    private Task<Installation> OpenAsync(string address) =>
        Installation.OpenUnpreparedAsync(new DataFolder(Path.Combine(_folder, "there")), address, TimeProvider.System, PublishingHouse.Cancel);
}
