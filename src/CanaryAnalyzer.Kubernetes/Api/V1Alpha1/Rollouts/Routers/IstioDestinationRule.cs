namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Names subsets of a DestinationRule.</summary>
public sealed class IstioDestinationRule
{
    /// <summary>Name of the DestinationRule.</summary>
    public required string Name { get; set; }

    /// <summary>The subset of the new version.</summary>
    public required string CanarySubsetName { get; set; }

    /// <summary>The subset of the stable version.</summary>
    public required string StableSubsetName { get; set; }

    /// <summary>Further subsets.</summary>
    public List<string>? AdditionalSubsetNames { get; set; }
}
