using Dapper;
using Npgsql;

namespace Holdfast.Freezing;

/// <summary>The installation's key for certificates, sealed.</summary>
internal static class CertificateSql
{
    private const string ReadSql = "select sealed_key from certificate_key";
    private const string WriteSql = "insert into certificate_key (sealed_key) values (@key) on conflict (one) do nothing";

    /// <summary>The key there is; made now where there is none. Of two who make one at once, both get the first.</summary>
    public static async Task<byte[]> KeyAsync(NpgsqlTransaction transaction, Func<byte[]> make, CancellationToken cancel)
    {
        var read = new CommandDefinition(ReadSql, transaction: transaction, cancellationToken: cancel);
        if (await transaction.Connection!.ExecuteScalarAsync<byte[]?>(read) is { } there)
        {
            return there;
        }

        await transaction.Connection!.ExecuteAsync(new CommandDefinition(WriteSql, new { key = make() }, transaction, cancellationToken: cancel));
        return (await transaction.Connection!.ExecuteScalarAsync<byte[]?>(read))!;
    }
}
