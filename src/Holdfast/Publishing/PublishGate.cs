using Holdfast.Core.Publishing;
using Holdfast.Networks.Social;

namespace Holdfast.Publishing;

/// <summary>
/// One claim's way out. A no is for good: what was refused once does not leave later in the same sending. Who cannot reach the
/// database gets a no.
/// </summary>
internal sealed class PublishGate(SendDesk desk, Claimed claimed, TimeProvider time, ILogger log) : IDeparture
{
    /// <summary>A yes that took longer may be about another world: the machine slept, and who froze meanwhile was told that we leave at once.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    /// <summary>Why the last request was not let go; null while all were.</summary>
    public PostReason? Stopped { get; private set; }

    /// <summary>Whether anything was let go.</summary>
    public bool Left { get; private set; }

    public async Task<bool> MayLeaveAsync(CancellationToken cancel)
    {
        if (Stopped is not null)
        {
            return false;
        }

        var asked = time.GetTimestamp();
        var reason = await AskAsync(cancel);
        if (reason == PostReason.Leaves && time.GetElapsedTime(asked) > Fresh)
        {
            reason = PostReason.LeaseOver;
        }

        Stopped = reason == PostReason.Leaves ? null : reason;
        Left |= Stopped is null;
        return Stopped is null;
    }

    private async Task<PostReason> AskAsync(CancellationToken cancel)
    {
        try
        {
            return await desk.DepartAsync(claimed.Post.Id, claimed.Post.Fence, cancel);
        }
#pragma warning disable CA1031 // Whatever keeps us from asking, nothing leaves.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogError(e, "The gate could not be asked for post {Post}: it does not leave.", claimed.Post.Id.Value);
            return PostReason.NotOurs;
        }
    }
}
