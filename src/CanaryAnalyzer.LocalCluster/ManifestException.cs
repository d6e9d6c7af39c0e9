namespace CanaryAnalyzer.LocalCluster;

/// <summary>A manifest that cannot be read or that the cluster refuses; the message names the file and the reason.</summary>
public sealed class ManifestException(string message, Exception cause) : Exception(message, cause);
