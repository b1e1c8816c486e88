using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Holdfast.Database;

/// <summary>The store and what hangs on it: news between nodes, the keys that seal cookies and secrets, health.</summary>
internal static class DatabaseFeature
{
    private const int ReadyPatienceSeconds = 2;

    public static void AddDatabase(this IServiceCollection services, Installation installation)
    {
        services.AddSingleton(installation);
        services.AddSingleton(installation.Store);
        services.AddSingleton(installation.Key);
        services.AddSingleton<Changes>();
        services.AddHostedService(provider => provider.GetRequiredService<Changes>());
        if (installation.Postgres is not null)
        {
            services.AddSingleton(installation.Postgres);
            services.AddHostedService<PrivatePostgresWatch>();
        }

        services.AddDataProtection().SetApplicationName("holdfast");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(new ConfigureOptions<KeyManagementOptions>(keys =>
        {
            keys.XmlRepository = new ProtectionKeys(installation.Store);
            keys.XmlEncryptor = new ProtectionSeal(installation.Key);
        }));
    }

    public static void MapDatabase(this IEndpointRouteBuilder app)
    {
        // Live: the process answers; restarting it would not help a database that is away. Ready: it can also work.
        app.MapGet("/health/live", () => Results.Text("live\n")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(Store store, CancellationToken cancel)
    {
        try
        {
            await using var connection = await store.OpenAsync(cancel);
            await connection.ExecuteScalarAsync<int>(new CommandDefinition("select 1", commandTimeout: ReadyPatienceSeconds, cancellationToken: cancel));
            return Results.Text("ready\n");
        }
        catch (NpgsqlException)
        {
            return Results.Text("the database is away\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
