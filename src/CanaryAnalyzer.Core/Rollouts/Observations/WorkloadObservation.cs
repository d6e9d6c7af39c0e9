namespace CanaryAnalyzer.Core.Rollouts.Observations;

/// <summary>A referenced workload.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Generation">Its generation.</param>
/// <param name="Replicas">The pods that it asks for.</param>
/// <param name="Available">Its available pods; none while its controller has not seen its present generation.</param>
public sealed record WorkloadObservation(string Name, long Generation, int Replicas, int Available = 0);
