using Holdfast.Networks.Social;

namespace Holdfast.Publishing;

internal static class PublishingFeature
{
    public static void AddPublishing(this IServiceCollection services)
    {
        services.AddSingleton(provider => PublishSettings.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<AccountBook>();
        services.AddSingleton<PublishDesk>();
        services.AddSingleton(provider => new Publishers(provider.GetServices<IPublisher>()));
    }
}

/// <summary>The networks that can be written to, by name.</summary>
internal sealed class Publishers(IEnumerable<IPublisher> all)
{
    private readonly Dictionary<string, IPublisher> _all = all.ToDictionary(each => each.Network, StringComparer.Ordinal);

    public IReadOnlyCollection<string> Networks => _all.Keys;

    public IPublisher? Find(string network) => _all.GetValueOrDefault(network);
}
