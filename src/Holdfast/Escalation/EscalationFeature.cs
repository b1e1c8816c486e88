using Holdfast.Networks.Notices.Mail;
using Holdfast.Situations;

namespace Holdfast.Escalation;

internal static class EscalationFeature
{
    public static void AddEscalation(this IServiceCollection services)
    {
        services.AddSingleton(provider => EscalationSettings.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<SmtpSender>();
        services.AddSingleton<MailSettingsDesk>();
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<PageWays>();
        services.AddSingleton<PageBook>();
        services.AddSingleton<SignsOfLife>();
        services.AddSingleton<AttemptDesk>();
        services.AddSingleton<EscalationDesk>();
        services.AddSingleton<IEscalations>(provider => provider.GetRequiredService<EscalationDesk>());
        services.AddSingleton<EscalationBell>();
        services.AddHostedService<EscalationWorker>();
        services.AddHostedService<AttemptWorker>();
        services.AddHostedService<WatchWorker>();
    }

    public static void MapEscalation(this IEndpointRouteBuilder routes) => EscalationApi.Map(routes);
}
