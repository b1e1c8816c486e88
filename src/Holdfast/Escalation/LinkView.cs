using Holdfast.Core.Detection;
using Holdfast.Core.Escalation;
using Holdfast.Database;
using Holdfast.People;

namespace Holdfast.Escalation;

/// <summary>What the page behind a link shows: looking at it changes nothing, so that a mail scanner that follows links does no harm.</summary>
internal sealed record LinkView(LinkReason Reason, LetterFacts? Facts, Reader? For, PageState? State, bool OwnerIsReader, DateTimeOffset? TakenAt)
{
    public Level Level => (Level)(Facts?.Level ?? 1);

    public static async Task<LinkView> OfAsync(Store store, string token, DateTimeOffset now, CancellationToken cancel)
    {
        if (Token.Hash(token) is not { } hash)
        {
            return new LinkView(LinkReason.Unknown, null, null, null, false, null);
        }

        await using var connection = await store.OpenAsync(cancel);
        if (await LinkSql.FindAsync(connection, hash, cancel) is not { } link)
        {
            return new LinkView(LinkReason.Unknown, null, null, null, false, null);
        }

        var facts = await LetterSql.FactsAsync(connection, null, link.Page, cancel);
        var reader = await LetterSql.ReaderAsync(connection, null, link.Person, cancel);
        var page = await LinkedPageSql.PageAsync(connection, link.Page, cancel);
        var asked = link.Reason(now);
        var reason = page?.State == PageState.Void && asked != LinkReason.Used ? LinkReason.Over : asked;
        return new LinkView(reason, facts, reader, page?.State, page?.Owner == link.Person, page?.AcknowledgedAt);
    }
}
