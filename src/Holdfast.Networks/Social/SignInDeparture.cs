namespace Holdfast.Networks.Social;

/// <summary>For the requests that write nothing anyone can see, though they are no GET: signing in and renewing a token. Nothing else may use it.</summary>
internal sealed class SignInDeparture : IDeparture
{
    public static readonly SignInDeparture Free = new();

    private SignInDeparture()
    {
    }

    public Task<bool> MayLeaveAsync(CancellationToken cancel) => Task.FromResult(true);
}
