namespace CanaryAnalyzer.LocalCluster.Storage;

/// <summary>Objects as they were together at one revision.</summary>
internal sealed record Snapshot(long Revision, IReadOnlyList<StoredObject> Objects);
