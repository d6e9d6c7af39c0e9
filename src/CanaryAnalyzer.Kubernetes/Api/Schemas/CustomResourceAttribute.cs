namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>Registers a wire type as a custom resource of the API server.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class CustomResourceAttribute(string group, string plural) : Attribute
{
    public string Group { get; } = group;

    public string Plural { get; } = plural;

    public string? ShortName { get; init; }

    public bool ClusterScope { get; init; }
}
