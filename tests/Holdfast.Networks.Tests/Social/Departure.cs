using Holdfast.Networks.Social;

namespace Holdfast.Networks.Tests.Social;

/// <summary>A gate that says what the test wants, and counts.</summary>
internal sealed class Departure(Func<int, bool> answer) : IDeparture
{
    private int _asked;

    public int Asked => _asked;

    public static Departure Free() => new(_ => true);

    public static Departure Shut() => new(_ => false);

    public Task<bool> MayLeaveAsync(CancellationToken cancel) => Task.FromResult(answer(++_asked));
}
