using CanaryAnalyzer.Kubernetes.Api.Schemas;
using k8s;
using k8s.Models;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

/// <summary>Says how a release is measured, for the Rollouts of its namespace.</summary>
[CustomResource("argoproj.io", "analysistemplates", ShortName = "at")]
[PrintColumn("Age", "date", ".metadata.creationTimestamp", "Time since creation")]
public sealed class AnalysisTemplate : IKubernetesObject<V1ObjectMeta>
{
    /// <summary>Group and version of the resource.</summary>
    public const string GroupVersion = "argoproj.io/v1alpha1";

    /// <summary>The name under which the API server serves the resources.</summary>
    public const string Plural = "analysistemplates";

    /// <summary>Version of the schema that the object has.</summary>
    public string ApiVersion { get; set; } = GroupVersion;

    /// <summary>The kind of the object.</summary>
    public string Kind { get; set; } = nameof(AnalysisTemplate);

    /// <summary>Name, labels, annotations and the version of the object that was read.</summary>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What is measured, and what counts as good.</summary>
    public required AnalysisTemplateSpec Spec { get; set; }
}
