namespace CanaryAnalyzer.Kubernetes.Leading;

/// <summary>Another controller that works on the same objects.</summary>
/// <param name="Namespace">Where its lease is.</param>
/// <param name="Lease">The lease's name.</param>
/// <param name="Holder">Who holds it.</param>
/// <param name="Until">When the lease ends unless it is renewed.</param>
public sealed record ForeignLeader(string Namespace, string Lease, string Holder, DateTimeOffset Until);
