using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Bluesky;
using Holdfast.Testing.Database;
using Npgsql;

[assembly: AssemblyFixture(typeof(Holdfast.Networks.Tests.AtProto.AtProtoNetwork))]

namespace Holdfast.Networks.Tests.AtProto;

/// <summary>Bluesky's own server, and behind it Bluesky's own AppView on a PostgreSQL: real lists of what is really there.</summary>
public sealed class AtProtoNetwork : AtProtoServer
{
    /// <summary>Until the lists know of everything that was done so far.</summary>
    internal async Task ListedAsync() => await (await ProcessAsync()).ListedAsync();

    /// <summary>Puts records into an account's repository, as that account's own app would; their addresses.</summary>
    internal async Task<IReadOnlyList<string>> RecordAsync(AccountAccess account, string collection, params IEnumerable<object> records)
    {
        var writes = records.Select(value => new Dictionary<string, object> { ["$type"] = "com.atproto.repo.applyWrites#create", ["collection"] = collection, ["value"] = value });
        var made = await (await ProcessAsync()).PostAsync("com.atproto.repo.applyWrites", BlueskySecret.Read(account.Secret)!.Access, new { repo = account.NetworkId, writes });
        return [.. made.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("uri").GetString()!)];
    }

    private protected override async Task<object> SettingsAsync()
    {
        var database = new NpgsqlConnectionStringBuilder(await (await TestCluster.GetAsync()).CreateEmptyDatabaseAsync());
        return new { appViewDatabase = $"postgresql://{database.Username}@localhost/{database.Database}?host={database.Host}" };
    }
}
