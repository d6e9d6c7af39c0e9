using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Applying;

/// <summary>The Rollout that a decision is carried out for.</summary>
/// <param name="Resource">The Rollout as it was observed.</param>
/// <param name="Owner">It, as the owner of what effects create.</param>
/// <param name="Spec">Its spec; null where it could not be read.</param>
/// <param name="Finalizer">This controller's finalizer.</param>
public sealed record RolloutTarget(JsonObject Resource, EffectTarget Owner, RolloutSpec? Spec, OwnFinalizer Finalizer)
{
    /// <summary>Its routes as they were observed.</summary>
    public ImmutableArray<RouteObservation> Routes { get; init; } = [];

    /// <summary>Its namespace.</summary>
    public string Namespace => Owner.Namespace;

    /// <summary>Its name.</summary>
    public string Name => Owner.Owner.Name;

    /// <summary>Its uid.</summary>
    public string Uid => Owner.Owner.Uid;

    /// <summary>A Rollout as the owner of what effects create.</summary>
    /// <param name="resource">The Rollout.</param>
    /// <param name="element">The same.</param>
    /// <param name="spec">Its spec; null where it could not be read.</param>
    public static EffectTarget OwnerOf(JsonObject resource, JsonElement element, RolloutSpec? spec) => new()
    {
        Owner = new OwnerReference("argoproj.io/v1alpha1", "Rollout", resource.Name(), resource.Uid()),
        Namespace = resource.Namespace(),
        Labels = spec?.MatchLabels ?? ImmutableSortedDictionary<string, string>.Empty,
        Annotations = resource.Annotations(),
        InstanceId = resource.Labels().GetValueOrDefault(Markers.InstanceId, ""),
        Resource = element,
    };
}
