namespace Holdfast.Core.Detection;

/// <summary>What many people's posts of a window have in common.</summary>
/// <param name="Minute">The last of the window.</param>
/// <param name="Networks">Different authors of all its posts on each network.</param>
/// <param name="Press">Posts of the press among them.</param>
/// <param name="Coordinated">Accounts among them that possibly posted in coordination.</param>
/// <param name="Posts">By their numbers.</param>
/// <param name="Cores">Those of them which alone are resembled by enough people's.</param>
internal sealed record TopicGroup(
    DateTimeOffset Minute, IReadOnlyList<(string Network, int People)> Networks, int Press, int Coordinated, IReadOnlyList<int> Posts, IReadOnlyList<int> Cores)
{
    public int People => Networks.Sum(network => network.People);
}
