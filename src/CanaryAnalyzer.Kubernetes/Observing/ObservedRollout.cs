using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Kubernetes.Applying;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>A Rollout as it was observed: the facts for the decision, and the object that its effects are made for.</summary>
/// <param name="Facts">The facts.</param>
/// <param name="Target">The object.</param>
public sealed record ObservedRollout(RolloutObservation Facts, RolloutTarget Target);
