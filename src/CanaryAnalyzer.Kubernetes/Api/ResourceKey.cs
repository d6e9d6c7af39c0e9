namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>Names one object among those of its kind.</summary>
/// <param name="Namespace">Its namespace; null for kinds outside namespaces.</param>
/// <param name="Name">Its name.</param>
public readonly record struct ResourceKey(string? Namespace, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Namespace is null ? Name : $"{Namespace}/{Name}";
}
