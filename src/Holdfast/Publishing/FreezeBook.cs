using Holdfast.Core.Publishing;
using Npgsql;

namespace Holdfast.Publishing;

/// <summary>Keeps the certificates up to date while what was on its way is being settled.</summary>
internal static class FreezeBook
{
    /// <summary>A post that a freeze had found on its way came to an end, or is asked after.</summary>
    public static async Task SettledAsync(NpgsqlTransaction transaction, ScheduledPost post, CancellationToken cancel)
    {
        if ((await FreezeSql.FoundInAsync(transaction, post.Id, cancel)).Count > 0)
        {
            await FreezeSql.TellAsync(transaction);
        }
    }
}
