using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Queue;

namespace CanaryAnalyzer.Service.Loop;

/// <summary>The queues of keys, one for each kind of object that is worked on.</summary>
internal sealed class WorkQueues(TimeProvider time, ILogger<WorkQueue<ResourceKey>> logger) : IDisposable
{
    /// <summary>Rollouts to look at.</summary>
    public WorkQueue<ResourceKey> Rollouts { get; } = new(time, logger);

    /// <summary>AnalysisRuns to look at.</summary>
    public WorkQueue<ResourceKey> Runs { get; } = new(time, logger);

    /// <summary>PromotionPolicies to look at.</summary>
    public WorkQueue<ResourceKey> Policies { get; } = new(time, logger);

    /// <summary>Services that a Rollout manages, or managed.</summary>
    public WorkQueue<ResourceKey> Services { get; } = new(time, logger);

    /// <summary>Experiments to look at.</summary>
    public WorkQueue<ResourceKey> Experiments { get; } = new(time, logger);

    /// <inheritdoc/>
    public void Dispose()
    {
        Experiments.Dispose();
        Services.Dispose();
        Rollouts.Dispose();
        Runs.Dispose();
        Policies.Dispose();
    }
}
