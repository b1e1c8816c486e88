using Dapper;
using Holdfast.Brands;
using Holdfast.Core.Brands;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Practice;
using Holdfast.Publishing;
using Holdfast.Testing.Alerts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.Testing.Publishing;

/// <summary>
/// An installation on a private PostgreSQL that forces everything to disk, two accounts on a practice network that keeps its own
/// log, and the real servers as processes: what it takes to see whether anything leaves.
/// </summary>
internal sealed class FreezeRig : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Installation _installation;
    private readonly WebApplication _parts;
    private readonly List<Account> _accounts = [];
    private BrandId _brand;
    private int _number;

    private FreezeRig(string folder, Installation installation, Func<PracticePost, PracticeWay> ways)
    {
        (_folder, _installation) = (folder, installation);
        Network = new PracticeServer(TimeProvider.System, ways);
        _parts = Serve.Build(installation, []);
    }

    public PracticeServer Network { get; }

    public FreezeDesk Freezes => _parts.Services.GetRequiredService<FreezeDesk>();

    public PublishDesk Desk => _parts.Services.GetRequiredService<PublishDesk>();

    public PlanFileDesk Plans => _parts.Services.GetRequiredService<PlanFileDesk>();

    public string ConnectionString => _installation.ConnectionString;

    public IReadOnlyList<Account> Accounts => _accounts;

    public static async Task<FreezeRig> NewAsync(Func<PracticePost, PracticeWay> ways, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("hf-freeze-").FullName;
        // Started by root, PostgreSQL runs as a user of its own, who must be able to pass through here.
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_001_001);
        var rig = new FreezeRig(folder, await Installation.OpenAsync(new DataFolder(folder), null, TimeProvider.System, cancel), ways);
        rig._brand = (await rig._parts.Services.GetRequiredService<BrandDesk>().CreateAsync(BrandDraft.Check("Aurelka", "", ["en"], "UTC").Value, cancel)).Value.Id;
        foreach (var handle in (string[])["aurelka", "aurelka_help"])
        {
            rig._accounts.Add(await rig.AddAccountAsync(PracticePublisher.Name, rig.Network.Address, handle, handle, "secret"));
        }

        return rig;
    }

    /// <summary>A server whose clock is as many seconds off as the file at <see cref="ClockFile"/> of its number says.</summary>
    public async Task<ServerProcess> StartServerAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var number = Interlocked.Increment(ref _number);
        await File.WriteAllTextAsync(ClockFile(number), "0");
        var all = new Dictionary<string, string>(settings ?? new Dictionary<string, string>())
        {
            [ShiftedTime.Variable] = ClockFile(number),
            ["DOTNET_TieredPGO"] = "0",
        };
        return await ServerProcess.StartAsync(_folder, _installation.Store.DataSource.ConnectionString, all);
    }

    /// <summary>Of the server that was started as the <paramref name="number"/>th, from 1.</summary>
    public string ClockFile(int number) => Path.Combine(_folder, $"clock-{number}");

    public int Started => _number;

    /// <summary>An account that can be written to, as if it had been connected by hand.</summary>
    public async Task<Account> AddAccountAsync(string network, Uri server, string networkId, string handle, string secret)
    {
        var account = new Account(new AccountId(Ids.New(TimeProvider.System)), _brand, network, server.ToString(), networkId, handle, AccountState.Connected);
        await ExecuteAsync(
            """
            insert into account (id, brand_id, network, server, network_id, handle, secret, limits, state, connected_at)
            values (@Id, @Brand, @Network, @Server, @NetworkId, @Handle, @Sealed, '{}', 'Connected', now())
            """,
            new { account.Id, account.Brand, account.Network, account.Server, account.NetworkId, account.Handle, Sealed = _parts.Services.GetRequiredService<AccountBook>().Seal(secret) });
        return account;
    }

    public async Task<ScheduledPost> ScheduleAsync(Account account, DateTimeOffset at, CancellationToken cancel) =>
        (await Desk.AddAsync(
            Desk.Draft(account, PostPurpose.Planned, "Good morning."),
            new PostOptions(),
            Ids.New(TimeProvider.System),
            null,
            (post, gate, now) => PostDecisions.Schedule(post, at, gate.InForce, now),
            cancel)).Value;

    public async Task<FreezeAnswer> FreezeAsync(FreezeScope scope, CancellationToken cancel) =>
        (await Freezes.PlaceAsync(new FreezeOrder(scope, "A fire."), Actor.Clock, cancel)).Value;

    public async Task<IReadOnlyList<T>> RowsAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await _installation.Store.OpenAsync(CancellationToken.None);
        return (await connection.QueryAsync<T>(sql, parameters)).AsList();
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await _installation.Store.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(sql, parameters);
    }

    public async ValueTask DisposeAsync()
    {
        await Network.DisposeAsync();
        await _parts.DisposeAsync();
        await _installation.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
