namespace CanaryAnalyzer.LocalCluster.Patching;

/// <summary>One entry of <c>managedFields</c>.</summary>
internal sealed record FieldOwner(string Manager, string Operation, string ApiVersion, string Time, HashSet<string> Paths);
