using Dapper;
using Holdfast.Database;

namespace Holdfast.Freezing;

/// <summary>A scope as people type it: by the name of a brand or an account.</summary>
internal static class ScopeNameSql
{
    private const string BrandSql = "select id from brand where lower(name) = lower(@name) and retired_at is null";
    private const string AccountSql = "select id from account where lower(handle) = lower(@name)";

    /// <summary>The scope with ids in place of names; null where nothing, or more than one thing, is called so.</summary>
    public static async Task<string?> FindAsync(Store store, string scope, CancellationToken cancel)
    {
        if (scope.Split(':', 2) is not [("brand" or "account") and var kind, var name] || Guid.TryParse(name, out _))
        {
            return scope;
        }

        await using var connection = await store.OpenAsync(cancel);
        var sql = kind == "brand" ? BrandSql : AccountSql;
        var ids = (await connection.QueryAsync<Guid>(new CommandDefinition(sql, new { name = name.TrimStart('@') }, cancellationToken: cancel))).AsList();
        return ids is [var id] ? $"{kind}:{id}" : null;
    }
}
