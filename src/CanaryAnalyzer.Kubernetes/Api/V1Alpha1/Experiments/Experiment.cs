using CanaryAnalyzer.Kubernetes.Api.Schemas;
using k8s;
using k8s.Models;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Experiments;

/// <summary>Runs several versions side by side for a while.</summary>
[CustomResource("argoproj.io", "experiments", ShortName = "exp")]
[PrintColumn("Status", "string", ".status.phase", "Phase of the experiment")]
[PrintColumn("Age", "date", ".metadata.creationTimestamp", "Time since creation")]
public sealed class Experiment : IKubernetesObject<V1ObjectMeta>
{
    /// <summary>Group and version of the resource.</summary>
    public const string GroupVersion = "argoproj.io/v1alpha1";

    /// <summary>The name under which the API server serves the resources.</summary>
    public const string Plural = "experiments";

    /// <summary>Version of the schema that the object has.</summary>
    public string ApiVersion { get; set; } = GroupVersion;

    /// <summary>The kind of the object.</summary>
    public string Kind { get; set; } = nameof(Experiment);

    /// <summary>Name, labels, annotations and the version of the object that was read.</summary>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What is run.</summary>
    public required ExperimentSpec Spec { get; set; }

    /// <summary>What came of it so far.</summary>
    public ExperimentStatus? Status { get; set; }
}
