using Holdfast.Core.Publishing;

namespace Holdfast.Publishing;

/// <summary>Of posts that are shown as one, which asks most for a person.</summary>
internal static class Urgency
{
    /// <summary>The lowest first.</summary>
    public static int Of(PostState state) => state switch
    {
        PostState.Unknown => 0,
        PostState.Rejected => 1,
        PostState.Held => 2,
        PostState.AwaitingApproval => 3,
        PostState.Draft => 4,
        PostState.Sending => 5,
        PostState.Scheduled => 6,
        _ => 7,
    };
}
