namespace Holdfast.Now;

/// <summary>The first page: each brand at a glance, what is owed, who is on duty.</summary>
internal static class NowFeature
{
    public static void AddNow(this IServiceCollection services) => services.AddSingleton<NowBoard>();
}
