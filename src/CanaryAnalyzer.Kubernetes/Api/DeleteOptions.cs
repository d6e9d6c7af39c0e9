namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>How to delete, and on which condition.</summary>
public sealed record DeleteOptions
{
    /// <summary>What becomes of owned objects.</summary>
    public DeletePropagation Propagation { get; init; } = DeletePropagation.Background;

    /// <summary>Delete only the object with this uid; another one under the same name is a conflict.</summary>
    public string? Uid { get; init; }

    /// <summary>Delete only this version of the object; another one is a conflict.</summary>
    public string? ResourceVersion { get; init; }
}
