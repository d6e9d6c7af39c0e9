namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>There is no usable configuration to reach an API server with; the message says what to write.</summary>
public sealed class ClusterConfigurationException(string message, Exception? cause = null) : Exception(message, cause);
