using CanaryAnalyzer.Kubernetes.Api.Schemas;
using k8s;
using k8s.Models;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Policies;

/// <summary>Makes every pause of the Rollouts that it selects a judged gate.</summary>
[CustomResource("canaryanalyzer.io", "promotionpolicies", ShortName = "pp")]
[StatusSubresource]
[PrintColumn("Ready", "string", ".status.conditions[?(@.type==\"Ready\")].status", "Whether the policy can act")]
[PrintColumn("Mode", "string", ".spec.mode", "Whether it acts or only says what it would do")]
[PrintColumn("Rollouts", "integer", ".status.rollouts", "Number of Rollouts that it selects")]
[PrintColumn("Waiting", "integer", ".status.waiting", "Number of these that wait for a human")]
[PrintColumn("Age", "date", ".metadata.creationTimestamp", "Time since creation")]
public sealed class PromotionPolicy : IKubernetesObject<V1ObjectMeta>
{
    /// <summary>Group and version of the resource.</summary>
    public const string GroupVersion = "canaryanalyzer.io/v1alpha1";

    /// <summary>The name under which the API server serves the resources.</summary>
    public const string Plural = "promotionpolicies";

    /// <summary>Version of the schema that the object has.</summary>
    public string ApiVersion { get; set; } = GroupVersion;

    /// <summary>The kind of the object.</summary>
    public string Kind { get; set; } = nameof(PromotionPolicy);

    /// <summary>Name, labels, annotations and the version of the object that was read.</summary>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What is judged, and what follows.</summary>
    public required PromotionPolicySpec Spec { get; set; }

    /// <summary>Which Rollouts it selects, and how they stand.</summary>
    public PromotionPolicyStatus? Status { get; set; }
}
