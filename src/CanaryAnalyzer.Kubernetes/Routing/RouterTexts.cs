namespace CanaryAnalyzer.Kubernetes.Routing;

/// <summary>What messages say about a traffic router.</summary>
public sealed record RouterTexts
{
    /// <summary>What it splits traffic with, such as <c>the Gateway API</c>.</summary>
    public required string Product { get; init; }

    /// <summary>What to do where its kinds are not installed.</summary>
    public required string Installation { get; init; }

    /// <summary>What a user writes to choose it, such as <c>name an HTTPRoute</c>.</summary>
    public required string Usage { get; init; }

    /// <summary>The same with the fields below its own that take it.</summary>
    public required string DetailedUsage { get; init; }

    /// <summary>How a route that lacks a backend is mended.</summary>
    public required string BackendRemedy { get; init; }
}
