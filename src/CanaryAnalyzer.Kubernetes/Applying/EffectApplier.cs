using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Applying;

/// <summary>Makes the effects that any owner can have: on ReplicaSets, Services and AnalysisRuns. Chooses nothing.</summary>
internal sealed class EffectApplier(IResourceClient client, IClusterView view, IAnalysisPlanner planner, TemplateDefaults defaults)
{
    private readonly ReplicaSetApplier replicaSets = new(client, view, defaults);
    private readonly ServiceApplier services = new(client, view);
    private readonly AnalysisRunApplier runs = new(client, view, planner);

    /// <summary>Makes one effect.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="target">For whom.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="ResourceException">It failed.</exception>
    /// <exception cref="NotSupportedException">Only a Rollout can have it.</exception>
    public Task ApplyAsync(Effect effect, EffectTarget target, CancellationToken cancellationToken) => effect switch
    {
        Effect.CreateReplicaSet create => replicaSets.CreateAsync(create, target, cancellationToken),
        Effect.UpdateReplicaSet update => replicaSets.UpdateAsync(update, target, cancellationToken),
        Effect.RecordRelease record => replicaSets.RecordAsync(record, target, cancellationToken),
        Effect.DeleteReplicaSet delete => replicaSets.DeleteAsync(delete, target, cancellationToken),
        Effect.SelectVersion select => services.SelectAsync(select, target, cancellationToken),
        Effect.ReleaseService release => services.ReleaseAsync(new ResourceKey(target.Namespace, release.Name), cancellationToken),
        Effect.CreateAnalysisRun create => runs.CreateAsync(create, target, cancellationToken),
        Effect.TerminateAnalysisRun terminate => runs.TerminateAsync(terminate, target, cancellationToken),
        Effect.DeleteAnalysisRun delete => runs.DeleteAsync(delete, target, cancellationToken),
        _ => throw new NotSupportedException($"No applier makes the effect {effect.GetType().Name}."),
    };
}
