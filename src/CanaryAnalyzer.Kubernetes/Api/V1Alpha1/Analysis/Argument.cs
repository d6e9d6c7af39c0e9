namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

/// <summary>An argument of a template, or its value in a run.</summary>
public sealed class Argument
{
    /// <summary>Name of the argument.</summary>
    public required string Name { get; set; }

    /// <summary>Its value; in a template the default.</summary>
    public string? Value { get; set; }

    /// <summary>Where the value is found instead.</summary>
    public ArgumentSource? ValueFrom { get; set; }
}
