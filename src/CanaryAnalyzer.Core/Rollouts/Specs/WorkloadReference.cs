namespace CanaryAnalyzer.Core.Rollouts.Specs;

/// <summary>A workload whose pod template the Rollout runs.</summary>
/// <param name="Kind">Its kind; Deployment is the one supported.</param>
/// <param name="Name">Its name, in the Rollout's namespace.</param>
/// <param name="ScaleDown">What becomes of the workload's own pods.</param>
public sealed record WorkloadReference(string Kind, string Name, ScaleDownMode ScaleDown);
