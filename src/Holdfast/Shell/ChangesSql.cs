using Dapper;
using Npgsql;

namespace Holdfast.Shell;

internal static class ChangesSql
{
    /// <summary>Of the brands and situations asked for, the topics of those that the person may see.</summary>
    private const string Seen = """
        with visible as (
          select b.id from brand b
          where not exists (select 1 from person_brand mine where mine.person_id = @person)
             or exists (select 1 from person_brand mine where mine.person_id = @person and mine.brand_id = b.id))
        select 'brand:' || id from visible where id = any(@brands)
        union all
        select 'situation:' || s.id from situation s join visible v on v.id = s.brand_id where s.id = any(@situations)
        """;

    public static async Task<HashSet<string>> SeenAsync(NpgsqlConnection connection, Guid person, Guid[] brands, Guid[] situations) =>
        [.. await connection.QueryAsync<string>(Seen, new { person, brands, situations })];
}
