using Holdfast.Freezing;
using Holdfast.Listening;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Bluesky;
using Holdfast.Networks.Social.Mastodon;
using Holdfast.Networks.Social.Practice;
using Holdfast.Situations;

namespace Holdfast.Publishing;

internal static class PublishingFeature
{
    public static void AddPublishing(this IServiceCollection services)
    {
        services.AddSingleton(provider => PublishSettings.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<IPublisher, BlueskyPublisher>();
        services.AddSingleton<IPublisher, MastodonPublisher>();
        services.AddSingleton<IPublisher, PracticePublisher>();
        services.AddSingleton<INetworkAccounts, NetworkAccounts>();
        services.AddSingleton(provider => new Publishers(provider.GetServices<IPublisher>()));
        services.AddSingleton<AccountBook>();
        services.AddSingleton<PublishDesk>();
        services.AddSingleton<FreezeDesk>();
        services.AddSingleton<IFreezes, LevelFreezes>();
        services.AddSingleton<CertificateDesk>();
        services.AddSingleton<SchedulerDesk>();
        services.AddSingleton<SendDesk>();
        services.AddSingleton<PublishBell>();
        services.AddHostedService<PublishWorker>();
        services.AddHostedService<ReconcileWorker>();
        services.AddHostedService<SchedulerWorker>();
        services.AddSingleton<FreezeRecordDesk>();
        services.AddSingleton<FreezeBell>();
        services.AddHostedService<FreezeRecordWorker>();
    }

    public static void MapPublishing(this IEndpointRouteBuilder routes) => FreezeApi.Map(routes);
}

/// <summary>The networks that can be written to, by name.</summary>
internal sealed class Publishers(IEnumerable<IPublisher> all)
{
    private readonly Dictionary<string, IPublisher> _all = all.ToDictionary(each => each.Network, StringComparer.Ordinal);

    public IReadOnlyCollection<string> Networks => _all.Keys;

    public IPublisher? Find(string network) => _all.GetValueOrDefault(network);
}
