namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>What a request must be.</summary>
public sealed class RouteMatch
{
    /// <summary>What its method must be.</summary>
    public StringMatch? Method { get; set; }

    /// <summary>What its path must be.</summary>
    public StringMatch? Path { get; set; }

    /// <summary>What its headers must be, by name.</summary>
    public Dictionary<string, StringMatch>? Headers { get; set; }
}
