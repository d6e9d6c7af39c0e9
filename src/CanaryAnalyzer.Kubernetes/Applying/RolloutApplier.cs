using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Routing;

namespace CanaryAnalyzer.Kubernetes.Applying;

/// <summary>Makes the effects of a decision, in their order, and writes the status last. Chooses nothing.</summary>
public sealed class RolloutApplier(IResourceClient client, IClusterView view, IAnalysisPlanner planner, ClaimRefusals refusals, TemplateDefaults defaults)
{
    private readonly EffectApplier effects = new(client, view, planner, defaults);
    private readonly ClaimApplier claims = new(client, view, refusals);
    private readonly WorkloadApplier workloads = new(client, view);
    private readonly FinalizerApplier finalizers = new(client);

    /// <summary>Makes a decision come true.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="rollout">The Rollout as it was observed.</param>
    /// <param name="mayWait">Whether a status without news may be written later.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    /// <returns>What became of the status.</returns>
    /// <exception cref="ResourceException">An effect failed; those behind it and the status were left undone, and the next pass decides anew.</exception>
    public async Task<StatusOutcome> ApplyAsync(RolloutDecision decision, RolloutTarget rollout, bool mayWait, CancellationToken cancellationToken)
    {
        var version = rollout.Resource.ResourceVersion();
        var routes = new Dictionary<RouteReference, RouteObservation>();
        foreach (var effect in decision.Effects)
        {
            version = effect switch
            {
                Effect.AnnotateRevision annotate => await workloads.AnnotateAsync(annotate, rollout, version, cancellationToken),
                Effect.SetReplicas set => await workloads.SetReplicasAsync(set, rollout, version, cancellationToken),
                Effect.AddFinalizer => await finalizers.AddAsync(rollout, version, cancellationToken),
                Effect.RemoveFinalizer => await finalizers.RemoveAsync(rollout, version, cancellationToken),
                Effect.SetRouteWeight weight => await SetWeightAsync(weight, rollout, routes, version, cancellationToken),
                _ => await MakeAsync(effect, rollout, version, cancellationToken),
            };
        }

        // A Rollout that was let go has no status any more.
        if (rollout.Resource.IsDeleting() && decision.Effects.Any(e => e is Effect.RemoveFinalizer)) return StatusOutcome.Written;

        var before = rollout.Resource["status"] as JsonObject;
        if (StatusWriter.Patch(before, Verified(decision.NextStatus, rollout, routes), rollout.Spec?.Strategy.Services) is not { } status) return StatusOutcome.Unchanged;
        if (mayWait && before is not null && StatusNews.IsInTransit(before, status)) return StatusOutcome.Waiting;
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = version }, ["status"] = status };
        await client.MergePatchAsync(ResourceType.Rollouts, new ResourceKey(rollout.Namespace, rollout.Name), patch, "status", cancellationToken);
        return StatusOutcome.Written;
    }

    /// <summary>Lets go a Rollout that another controller works on from now on, which knows nothing of this one's finalizer.</summary>
    /// <exception cref="ResourceException">The Rollout changed meanwhile, or the API server did not answer.</exception>
    public Task HandOverAsync(RolloutTarget rollout, CancellationToken cancellationToken) => finalizers.RemoveAsync(rollout, rollout.Resource.ResourceVersion(), cancellationToken);

    private async Task<string> SetWeightAsync(
        Effect.SetRouteWeight effect, RolloutTarget rollout, Dictionary<RouteReference, RouteObservation> routes, string version, CancellationToken cancellationToken)
    {
        routes[effect.Route] = await TrafficRouters.Of(effect.Route).WriteAsync(effect, rollout.Namespace, client, view, cancellationToken);
        return version;
    }

    // The decision knew the routes as they were; the answers have what became of them, and where no gateway has to take that over first, it need not be seen once more.
    private static RolloutStatus Verified(RolloutStatus status, RolloutTarget rollout, Dictionary<RouteReference, RouteObservation> routes)
    {
        if (routes.Count == 0 || status.Weights is not { } weights) return status;
        var present = rollout.Routes.Where(r => !routes.ContainsKey(r.Reference)).Concat(routes.Values);
        var isVerified = present.All(r => r.IsAccepted && !r.Rules.IsEmpty && r.Carries(weights.Canary));
        return isVerified ? status with { Weights = weights with { Verified = true } } : status;
    }

    private async Task<string> MakeAsync(Effect effect, RolloutTarget rollout, string version, CancellationToken cancellationToken)
    {
        await MakeAsync(effect, rollout, cancellationToken);
        return version;
    }

    private Task MakeAsync(Effect effect, RolloutTarget rollout, CancellationToken cancellationToken) => effect switch
    {
        Effect.AdoptReplicaSet adopt => claims.AdoptAsync(adopt, rollout, cancellationToken),
        Effect.ReleaseReplicaSet release => claims.ReleaseAsync(release, rollout, cancellationToken),
        Effect.ScaleWorkload scale => workloads.ScaleAsync(scale, rollout.Namespace, cancellationToken),
        _ => effects.ApplyAsync(effect, rollout.Owner, cancellationToken),
    };
}
