namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>The server's own scheduler: listed by pages, read, moved, withdrawn.</summary>
internal static class MastodonScheduledApi
{
    public static void Map(IEndpointRouteBuilder app, MastodonSimulator simulator, TimeProvider time)
    {
        var statuses = new MastodonStatusApi(simulator, time);
        app.MapGet("/api/v1/scheduled_statuses", async (HttpContext context) =>
        {
            var who = simulator.Who(context);
            var page = await MastodonPage.OfAsync(context.Request, 20, 40);
            return page.Answer(context, simulator, simulator.World.ScheduledOf(who), s => s.Id, simulator.Json.Scheduled);
        });
        app.MapGet("/api/v1/scheduled_statuses/{id:long}", (HttpContext context, long id) => simulator.Json.Scheduled(Own(context, id)));
        app.MapPut("/api/v1/scheduled_statuses/{id:long}", async (HttpContext context, long id) =>
        {
            var own = Own(context, id);
            var asked = await MastodonParameters.ReadAsync(context.Request);
            if (MastodonStatusApi.Instant(asked["scheduled_at"]) is not { } at)
                return simulator.Json.Scheduled(own);
            statuses.Check(own.By, at, own);
            return simulator.Json.Scheduled(simulator.World.Move(own, at));
        });
        app.MapDelete("/api/v1/scheduled_statuses/{id:long}", (HttpContext context, long id) =>
        {
            simulator.World.Withdraw(Own(context, id));
            return new object();
        });

        SimulatedScheduled Own(HttpContext context, long id) =>
            simulator.World.ScheduledOf(simulator.Who(context)).FirstOrDefault(s => s.Id == id) ?? throw MastodonRefusal.NotFound();
    }
}
