namespace CanaryAnalyzer.LocalCluster.Tests.Kubectl;

/// <summary>A kubectl to try the local cluster with.</summary>
public interface IKubectl
{
    /// <summary>Its path, or null with the reason.</summary>
    static abstract (string? Path, string Reason) Find();
}
