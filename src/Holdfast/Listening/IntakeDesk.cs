using System.Threading.Channels;
using Holdfast.Core;

namespace Holdfast.Listening;

/// <summary>Where everything that was heard is handed in: by webhooks, imports and forms alike.</summary>
internal sealed class IntakeDesk(IntakeQueue queue, TimeProvider time)
{
    /// <summary>How long a webhook is kept waiting for the commit before it is told to come back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>For those who can come back: refused at once where the queue is full, and after a while where the database does not answer.</summary>
    public async Task<Result<IntakeReceipt>> OfferAsync(IntakeSubmission submission, CancellationToken cancel)
    {
        try
        {
            return queue.TryEnqueue(submission)
                ? await submission.Done.WaitAsync(Patience, time, cancel)
                : IntakeRefusals.Full;
        }
        catch (Exception e) when (e is TimeoutException or ChannelClosedException or IntakeStoppedException)
        {
            return IntakeRefusals.Unavailable;
        }
    }

    /// <summary>For those who can wait: returns when there was room; the submission's own task says when it is committed.</summary>
    public ValueTask SubmitAsync(IntakeSubmission submission, CancellationToken cancel) => queue.EnqueueAsync(submission, cancel);
}
