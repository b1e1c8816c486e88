using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Holdfast.Situations;

internal static class SituationsFeature
{
    public static void AddSituations(this IServiceCollection services)
    {
        services.TryAddSingleton<IEscalations, NobodyPaged>();
        services.AddSingleton<SituationDesk>();
        services.AddHostedService<SituationWorker>();
    }
}
