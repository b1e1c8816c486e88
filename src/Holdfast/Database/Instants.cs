using Dapper;
using Npgsql;

namespace Holdfast.Database;

/// <summary>One instant, or none: an aggregate over no rows is null, which Dapper's handlers are not asked about.</summary>
internal static class Instants
{
    public static async Task<DateTimeOffset?> InstantAsync(this NpgsqlConnection connection, CommandDefinition command) =>
        await connection.ExecuteScalarAsync(command) is DateTime instant ? new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)) : null;
}
