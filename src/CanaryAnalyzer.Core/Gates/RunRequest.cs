using CanaryAnalyzer.Core.Policies;

namespace CanaryAnalyzer.Core.Gates;

/// <summary>A run that is to judge from now on: one that is there already and judges by the same policy is adopted, otherwise one is created.</summary>
/// <param name="Policy">The policy whose templates it runs.</param>
/// <param name="Deadline">When an undecided judge hands the pause over to the policy.</param>
public sealed record RunRequest(PolicyObservation Policy, DateTimeOffset Deadline);
