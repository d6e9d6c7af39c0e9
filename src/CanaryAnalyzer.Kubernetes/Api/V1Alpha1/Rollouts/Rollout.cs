using CanaryAnalyzer.Kubernetes.Api.Schemas;
using k8s;
using k8s.Models;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>Delivers the versions of one workload step by step.</summary>
[CustomResource("argoproj.io", "rollouts", ShortName = "ro")]
[StatusSubresource]
[ScaleSubresource(".spec.replicas", ".status.HPAReplicas", ".status.selector")]
[PrintColumn("Desired", "integer", ".spec.replicas", "Number of desired pods")]
[PrintColumn("Current", "integer", ".status.replicas", "Number of pods of all versions")]
[PrintColumn("Up-to-date", "integer", ".status.updatedReplicas", "Number of pods of the desired version")]
[PrintColumn("Available", "integer", ".status.availableReplicas", "Number of available pods")]
[PrintColumn("Age", "date", ".metadata.creationTimestamp", "Time since creation")]
public sealed class Rollout : IKubernetesObject<V1ObjectMeta>
{
    /// <summary>Group and version of the resource.</summary>
    public const string GroupVersion = "argoproj.io/v1alpha1";

    /// <summary>The name under which the API server serves the resources.</summary>
    public const string Plural = "rollouts";

    /// <summary>Version of the schema that the object has.</summary>
    public string ApiVersion { get; set; } = GroupVersion;

    /// <summary>The kind of the object.</summary>
    public string Kind { get; set; } = nameof(Rollout);

    /// <summary>Name, labels, annotations and the version of the object that was read.</summary>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What is wanted.</summary>
    public required RolloutSpec Spec { get; set; }

    /// <summary>What the controller last saw and did.</summary>
    public RolloutStatus? Status { get; set; }
}
