namespace Holdfast.Database;

/// <summary>Starts the private PostgreSQL again when it has died. What was asked of it meanwhile gets a clear 503.</summary>
internal sealed class PrivatePostgresWatch(PrivatePostgres postgres, TimeProvider time, ILogger<PrivatePostgresWatch> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Look, time, stoppingToken);
            if (postgres.IsRunning)
            {
                continue;
            }

            log.LogWarning("The private PostgreSQL has died. Starting it again.");
            try
            {
                await postgres.EnsureRunningAsync(stoppingToken);
                log.LogInformation("The private PostgreSQL runs again.");
            }
            catch (DatabaseException e)
            {
                log.LogError("{Reason}", e.Message);
                await Task.Delay(AfterFailure, time, stoppingToken);
            }
        }
    }
}
