using System.Data.Common;
using Dapper;
using Holdfast.Core.People;
using Holdfast.Database;
using Microsoft.AspNetCore.Identity;

namespace Holdfast.People;

/// <summary>The passkeys of people.</summary>
internal static class PasskeySql
{
    private const string Save = """
        insert into passkey (credential_id, person_id, name, body, created_at, used_at)
        values (@credential, @person, @name, @body::jsonb, @created_at, null)
        on conflict (credential_id) do update set name = excluded.name, body = excluded.body, used_at = @now
        where passkey.person_id = excluded.person_id
        """;

    private const string Of = "select body from passkey where person_id = @person order by created_at";
    private const string Remove = "delete from passkey where person_id = @person and credential_id = @credential";

    public static Task SaveAsync(DbConnection connection, PersonId person, UserPasskeyInfo passkey, DateTimeOffset now, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(Save, new
        {
            credential = passkey.CredentialId,
            person,
            name = passkey.Name ?? "",
            body = Json.Write(PasskeyBody.From(passkey)),
            created_at = passkey.CreatedAt,
            now,
        }, cancellationToken: cancellationToken));

    public static async Task<List<UserPasskeyInfo>> OfAsync(DbConnection connection, PersonId person, CancellationToken cancellationToken)
    {
        var bodies = await connection.QueryAsync<string>(new CommandDefinition(Of, new { person }, cancellationToken: cancellationToken));
        return [.. bodies.Select(body => Json.Read<PasskeyBody>(body).ToInfo())];
    }

    public static Task RemoveAsync(DbConnection connection, PersonId person, byte[] credential, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(Remove, new { person, credential }, cancellationToken: cancellationToken));
}
