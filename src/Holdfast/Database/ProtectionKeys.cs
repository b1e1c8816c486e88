using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Holdfast.Database;

/// <summary>Keeps the keys of ASP.NET's data protection in the database, so that all nodes open each other's cookies. They arrive sealed.</summary>
internal sealed class ProtectionKeys(Store store) : IXmlRepository
{
    private const string ReadSql = "select xml from protection_key order by id";
    private const string WriteSql = "insert into protection_key (id, xml) values (@id, @xml) on conflict (id) do nothing";

    /// <summary>Refuses a database whose secrets were all sealed with another installation's key: better now than at the first post that is due.</summary>
    public static async Task CheckAsync(Installation installation, CancellationToken cancel)
    {
        await using var connection = await installation.Store.OpenAsync(cancel);
        var keys = (await connection.QueryAsync<string>(new CommandDefinition(ReadSql, cancellationToken: cancel))).AsList();
        if (keys.Count > 0 && !keys.Exists(xml => ProtectionSeal.Opens(installation.Key, XElement.Parse(xml))))
        {
            throw new DatabaseException(
                $"{installation.Key.Path} is not the key with which the secrets in this database were sealed. Put the right installation.key in its place, or point "
                + $"{InstallationKey.Variable} at it. Only if it is lost for good, start once with --new-key: accounts must then be connected again, and sign-in codes and webhook secrets set up anew.");
        }
    }

    // The interface knows no await; it is asked at the start and about once a day.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = store.DataSource.OpenConnection();
        return [.. connection.Query<string>(ReadSql).Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = store.DataSource.OpenConnection();
        connection.Execute(WriteSql, new { id = friendlyName, xml = element.ToString(SaveOptions.DisableFormatting) });
    }
}
