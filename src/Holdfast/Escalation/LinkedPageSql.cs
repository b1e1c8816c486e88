using Dapper;
using Holdfast.Core.Escalation;
using Holdfast.Core.People;
using Npgsql;

namespace Holdfast.Escalation;

/// <summary>A page as the link to it shows it.</summary>
internal sealed record LinkedPage
{
    public PageId Id { get; init; }

    public string StateName { get; init; } = "";

    public PersonId? Owner { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public PageState State => Enum.Parse<PageState>(StateName);
}

/// <summary>Reads the page behind a link.</summary>
internal static class LinkedPageSql
{
    private const string PageSql = "select id, state as statename, owner, acknowledged_at as acknowledgedat from page where id = @page";

    public static Task<LinkedPage?> PageAsync(NpgsqlConnection connection, PageId page, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<LinkedPage?>(new CommandDefinition(PageSql, new { page }, cancellationToken: cancel));
}
