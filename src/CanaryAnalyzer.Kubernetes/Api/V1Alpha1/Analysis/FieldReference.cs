namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

/// <summary>Names a field.</summary>
public sealed class FieldReference
{
    /// <summary>Path of the field, such as metadata.labels['team'].</summary>
    public required string FieldPath { get; set; }
}
