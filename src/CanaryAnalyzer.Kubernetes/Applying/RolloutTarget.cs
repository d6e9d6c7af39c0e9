using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Applying;

/// <summary>The Rollout that effects are made for.</summary>
/// <param name="Resource">The Rollout as it was observed.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its uid.</param>
/// <param name="Spec">Its spec; null where it could not be read.</param>
/// <param name="MatchLabels">The labels of its pods.</param>
/// <param name="Finalizer">This controller's finalizer.</param>
public sealed record RolloutTarget(
    JsonObject Resource, string Namespace, string Name, string Uid, RolloutSpec? Spec, ImmutableSortedDictionary<string, string> MatchLabels, OwnFinalizer Finalizer)
{
    /// <summary>Its routes as they were observed.</summary>
    public ImmutableArray<RouteObservation> Routes { get; init; } = [];
}
