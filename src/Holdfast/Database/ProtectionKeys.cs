using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Holdfast.Database;

/// <summary>Keeps the keys of ASP.NET's data protection in the database, so that all nodes open each other's cookies. They arrive sealed.</summary>
internal sealed class ProtectionKeys(Store store) : IXmlRepository
{
    private const string ReadSql = "select xml from protection_key order by id";
    private const string WriteSql = "insert into protection_key (id, xml) values (@id, @xml) on conflict (id) do nothing";

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
