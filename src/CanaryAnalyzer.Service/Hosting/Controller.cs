using CanaryAnalyzer.Kubernetes.Leading;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Service.Loop;
using CanaryAnalyzer.Service.Observability;
using CanaryAnalyzer.Service.Options;

namespace CanaryAnalyzer.Service.Hosting;

/// <summary>The controller's life: it watches always, and works while it leads.</summary>
internal sealed class Controller(
    ClusterCaches caches,
    Triggers triggers,
    RolloutStateMetrics states,
    LeaderElection election,
    ForeignControllerWatch foreign,
    Workers workers,
    ControllerMetrics metrics,
    ServiceOptions options,
    Readiness readiness,
    ILogger<Controller> logger) : BackgroundService
{
    private static readonly TimeSpan SyncPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SyncReminder = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        triggers.Start();
        states.Start();
        var watching = caches.RunAsync(stoppingToken);
        await SyncAsync(stoppingToken);
        readiness.Synced();
        var leading = options.LeaderElect ? election.RunAsync(LeadAsync, stoppingToken) : LeadAsync(stoppingToken);
        try
        {
            var first = await Task.WhenAny(watching, leading);
            if (!stoppingToken.IsCancellationRequested) await first;
            await Task.WhenAll(watching, leading);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }

        Log.Stopped(logger);
    }

    private async Task SyncAsync(CancellationToken stoppingToken)
    {
        var synced = caches.SyncedAsync(stoppingToken);
        for (var wait = SyncPatience; await Task.WhenAny(synced, Task.Delay(wait, stoppingToken)) != synced; wait = SyncReminder)
        {
            stoppingToken.ThrowIfCancellationRequested();
            foreach (var cache in caches.Required.Where(c => !c.Synced.IsCompleted))
                Log.NotYetWatched(logger, cache.Type.QualifiedName, cache.Failure?.Message ?? "no answer yet");
        }

        await synced;
    }

    private async Task LeadAsync(CancellationToken cancellationToken)
    {
        metrics.Leading.Set(1);
        Log.Leading(logger);
        try
        {
            await foreign.LookAsync(cancellationToken);
            await Task.WhenAll(foreign.RunAsync(cancellationToken), workers.RunAsync(cancellationToken));
        }
        finally
        {
            metrics.Leading.Set(0);
            metrics.Observing.Set(0);
        }
    }
}
