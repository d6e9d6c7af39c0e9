namespace CanaryAnalyzer.Cli.Demo;

/// <summary>One ReplicaSet of the Rollout with its pods.</summary>
internal sealed record VersionScene(int Revision, string Name, string Hash, string Image, IReadOnlyList<(string Name, string State)> Pods);
