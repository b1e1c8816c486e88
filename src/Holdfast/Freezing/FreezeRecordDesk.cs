using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Situations;

namespace Holdfast.Freezing;

/// <summary>
/// Takes what freezes did to the timelines and keeps their certificates. An entry and the mark that it is written are one
/// transaction, so that whoever dies in between leaves it to be done once more, and nobody does it twice.
/// </summary>
internal sealed class FreezeRecordDesk(Store store, CertificateDesk certificates, TimeProvider time)
{
    /// <summary>A post whose answer never comes must not keep a certificate from being signed at all.</summary>
    private static readonly TimeSpan LongestWithout = TimeSpan.FromMinutes(10);

    /// <summary>Writes one entry; false where there is none to write.</summary>
    public Task<bool> TellAsync(CancellationToken cancel) => store.InRepeatedTransactionAsync(async transaction =>
    {
        if (await FreezeRecordSql.TakeAsync(transaction, cancel) is not { } row)
        {
            return false;
        }

        await TimelineSql.AppendAsync(transaction, row.SituationId, Event(row), Actor.Parse(row.Who), time.GetUtcNow(), cancel);
        await FreezeRecordSql.ToldAsync(transaction, row.Id, cancel);
        return true;
    }, cancel);

    /// <summary>Signs and keeps the certificate of every freeze of which all is known, and of one that waits too long for that.</summary>
    public async Task CertifyAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var now = time.GetUtcNow();
        foreach (var freeze in await FreezeRecordSql.ToCertifyAsync(connection, now - LongestWithout, cancel))
        {
            var signed = (await certificates.CertifyAsync(freeze, cancel))!;
            var text = signed.Read();
            var open = text.Open.Count + (text.LiftedAt is null ? text.Schedulers.Count(line => line.State == "Pending") : 0);
            if (open == 0 || now - text.PlacedAt > LongestWithout)
            {
                await FreezeRecordSql.KeepAsync(connection, Ids.New(time), freeze, signed.Sha256(), open, Json.Write(signed), Actor.Clock, now, cancel);
            }
        }
    }

    private static FreezeEvent Event(UntoldRow row) => row.Kind switch
    {
        "Placed" => new FreezePlaced(row.FreezeId, row.At, row.ScopeKind, row.Scope, row.Reason, row.Held, row.Settling),
        "LiftAsked" => new FreezeLiftAsked(row.FreezeId, row.ScopeKind, row.Scope, row.Reason),
        "Lifted" => new FreezeLifted(row.FreezeId, row.At, row.ScopeKind, row.Scope, row.Reason),
        _ => Certified(row, Json.Read<SignedCertificate>(row.Signed!).Read()),
    };

    private static FreezeCertified Certified(UntoldRow row, Core.Publishing.FreezeCertificate text) =>
        new(row.FreezeId, text.Held.Count, text.Left.Count, row.Open, row.Sha256!);
}
