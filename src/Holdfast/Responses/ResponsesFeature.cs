using Holdfast.Core.Brands;
using Holdfast.Database;
using Holdfast.Escalation;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Bluesky;
using Holdfast.Networks.Social.Mastodon;
using Npgsql;

namespace Holdfast.Responses;

internal static class ResponsesFeature
{
    /// <summary>Something was answered, taken, written or approved.</summary>
    public const string Topic = "responses";

    public static void AddResponses(this IServiceCollection services)
    {
        services.AddSingleton<ReplyDesk>();
        services.AddSingleton<StatementDesk>();
        services.AddSingleton<ReleaseDesk>();
        services.AddSingleton<OriginDesk>();
        services.AddSingleton<StuckDesk>();
        services.AddSingleton<GuestDesk>();
        services.AddSingleton<DeletionDesk>();
        services.AddSingleton<CommunityDesk>();
        services.AddSingleton<AnswerBoard>();
        services.AddSingleton<IConversationReader, BlueskyReader>();
        services.AddSingleton<IConversationReader, MastodonReader>();
        services.AddSingleton<ConversationBoard>();
        services.AddSingleton<ResponseMail>();
        services.AddSingleton<INoteLetters, ResponseLetters>();
        services.AddHostedService<ResponsesWorker>();
    }

    public static void MapResponses(this IEndpointRouteBuilder routes)
    {
        ReplyApi.Map(routes);
        StatementApi.Map(routes);
    }

    public static async Task TellAsync(NpgsqlTransaction transaction, BrandId brand)
    {
        await Changes.NotifyAsync(transaction, Topic);
        await Changes.NotifyAsync(transaction, $"brand:{brand.Value}");
    }
}
