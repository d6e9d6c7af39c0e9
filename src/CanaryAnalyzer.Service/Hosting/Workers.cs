using CanaryAnalyzer.Service.Loop;
using CanaryAnalyzer.Service.Observability;
using CanaryAnalyzer.Service.Options;
using CanaryAnalyzer.Service.Reconciling.AnalysisRuns;
using CanaryAnalyzer.Service.Reconciling.Experiments;
using CanaryAnalyzer.Service.Reconciling.Policies;
using CanaryAnalyzer.Service.Reconciling.Rollouts;
using CanaryAnalyzer.Service.Reconciling.Services;

namespace CanaryAnalyzer.Service.Hosting;

/// <summary>The loops that work while this replica leads.</summary>
internal sealed class Workers(
    WorkQueues queues,
    RolloutReconciler rollouts,
    AnalysisRunReconciler runs,
    PolicyReconciler policies,
    ServiceReconciler services,
    ExperimentReconciler experiments,
    LookLagWatch lag,
    OwnWrites writes,
    ControllerMetrics metrics,
    ServiceOptions options,
    ILogger<ReconcileLoop> logger)
{
    private const int PolicyThreads = 2;
    private const int ServiceThreads = 2;

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WorkAsync(cancellationToken);
        }
        finally
        {
            rollouts.TellLeft();
            foreach (var run in await runs.StopAsync()) queues.Runs.Add(run);
        }
    }

    private Task WorkAsync(CancellationToken cancellationToken) => Task.WhenAll(
        new ReconcileLoop(queues.Rollouts, rollouts, writes, metrics, logger).RunAsync(options.RolloutThreads, cancellationToken),
        new ReconcileLoop(queues.Runs, runs, writes, metrics, logger).RunAsync(options.AnalysisThreads, cancellationToken),
        new ReconcileLoop(queues.Policies, policies, writes, metrics, logger).RunAsync(PolicyThreads, cancellationToken),
        new ReconcileLoop(queues.Services, services, writes, metrics, logger).RunAsync(ServiceThreads, cancellationToken),
        new ReconcileLoop(queues.Experiments, experiments, writes, metrics, logger).RunAsync(1, cancellationToken),
        lag.RunAsync(cancellationToken));
}
