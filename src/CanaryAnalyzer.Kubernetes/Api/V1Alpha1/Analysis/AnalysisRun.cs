using CanaryAnalyzer.Kubernetes.Api.Schemas;
using k8s;
using k8s.Models;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

/// <summary>One run of templates, with what it measured.</summary>
[CustomResource("argoproj.io", "analysisruns", ShortName = "ar")]
[PrintColumn("Status", "string", ".status.phase", "Phase of the run")]
[PrintColumn("Age", "date", ".metadata.creationTimestamp", "Time since creation")]
public sealed class AnalysisRun : IKubernetesObject<V1ObjectMeta>
{
    /// <summary>Group and version of the resource.</summary>
    public const string GroupVersion = "argoproj.io/v1alpha1";

    /// <summary>The name under which the API server serves the resources.</summary>
    public const string Plural = "analysisruns";

    /// <summary>Version of the schema that the object has.</summary>
    public string ApiVersion { get; set; } = GroupVersion;

    /// <summary>The kind of the object.</summary>
    public string Kind { get; set; } = nameof(AnalysisRun);

    /// <summary>Name, labels, annotations and the version of the object that was read.</summary>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What is measured.</summary>
    public required AnalysisRunSpec Spec { get; set; }

    /// <summary>What was measured so far.</summary>
    public AnalysisRunStatus? Status { get; set; }
}
