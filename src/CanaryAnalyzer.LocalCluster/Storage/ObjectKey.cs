namespace CanaryAnalyzer.LocalCluster.Storage;

/// <summary>
/// Where an object is kept: its resource without a version (<c>deployments.apps</c>, <c>pods</c>), namespace (empty for cluster-wide kinds), name.
/// </summary>
internal readonly record struct ObjectKey(string Resource, string Namespace, string Name);
