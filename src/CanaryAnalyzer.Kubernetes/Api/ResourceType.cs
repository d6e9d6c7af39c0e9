namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>A kind of object as the API server addresses it.</summary>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Version">Version within the group, such as <c>v1</c>.</param>
/// <param name="Plural">Name in URLs, such as <c>replicasets</c>.</param>
/// <param name="Kind">Name in manifests, such as <c>ReplicaSet</c>.</param>
/// <param name="Namespaced">Whether its objects live in namespaces.</param>
public sealed record ResourceType(string Group, string Version, string Plural, string Kind, bool Namespaced = true)
{
    /// <summary>The group of Argo Rollouts' kinds.</summary>
    public const string ArgoGroup = "argoproj.io";

    /// <summary>The group of the kinds that CanaryAnalyzer adds.</summary>
    public const string OwnGroup = "canaryanalyzer.io";

    private const string GatewayGroup = "gateway.networking.k8s.io";

    /// <summary>Rollout of Argo Rollouts; has the subresources <c>status</c> and <c>scale</c>.</summary>
    public static ResourceType Rollouts { get; } = new(ArgoGroup, "v1alpha1", "rollouts", "Rollout");

    /// <summary>AnalysisRun; without a status subresource.</summary>
    public static ResourceType AnalysisRuns { get; } = new(ArgoGroup, "v1alpha1", "analysisruns", "AnalysisRun");

    /// <summary>AnalysisTemplate.</summary>
    public static ResourceType AnalysisTemplates { get; } = new(ArgoGroup, "v1alpha1", "analysistemplates", "AnalysisTemplate");

    /// <summary>ClusterAnalysisTemplate, outside namespaces.</summary>
    public static ResourceType ClusterAnalysisTemplates { get; } =
        new(ArgoGroup, "v1alpha1", "clusteranalysistemplates", "ClusterAnalysisTemplate", Namespaced: false);

    /// <summary>Experiment; without a status subresource.</summary>
    public static ResourceType Experiments { get; } = new(ArgoGroup, "v1alpha1", "experiments", "Experiment");

    /// <summary>PromotionPolicy, CanaryAnalyzer's own kind; has a status subresource.</summary>
    public static ResourceType PromotionPolicies { get; } = new(OwnGroup, "v1alpha1", "promotionpolicies", "PromotionPolicy");

    /// <summary>ReplicaSet.</summary>
    public static ResourceType ReplicaSets { get; } = new("apps", "v1", "replicasets", "ReplicaSet");

    /// <summary>Deployment.</summary>
    public static ResourceType Deployments { get; } = new("apps", "v1", "deployments", "Deployment");

    /// <summary>PodTemplate, one of the kinds that a Rollout may take its template from.</summary>
    public static ResourceType PodTemplates { get; } = new("", "v1", "podtemplates", "PodTemplate");

    /// <summary>Service.</summary>
    public static ResourceType Services { get; } = new("", "v1", "services", "Service");

    /// <summary>Pod.</summary>
    public static ResourceType Pods { get; } = new("", "v1", "pods", "Pod");

    /// <summary>Secret.</summary>
    public static ResourceType Secrets { get; } = new("", "v1", "secrets", "Secret");

    /// <summary>Namespace.</summary>
    public static ResourceType Namespaces { get; } = new("", "v1", "namespaces", "Namespace", Namespaced: false);

    /// <summary>TokenReview: asks who a token belongs to; only created.</summary>
    public static ResourceType TokenReviews { get; } = new("authentication.k8s.io", "v1", "tokenreviews", "TokenReview", Namespaced: false);

    /// <summary>SubjectAccessReview: asks whether somebody may do something; only created.</summary>
    public static ResourceType SubjectAccessReviews { get; } = new("authorization.k8s.io", "v1", "subjectaccessreviews", "SubjectAccessReview", Namespaced: false);

    /// <summary>Event of the core group.</summary>
    public static ResourceType Events { get; } = new("", "v1", "events", "Event");

    /// <summary>Job.</summary>
    public static ResourceType Jobs { get; } = new("batch", "v1", "jobs", "Job");

    /// <summary>Lease, which leader election uses.</summary>
    public static ResourceType Leases { get; } = new("coordination.k8s.io", "v1", "leases", "Lease");

    /// <summary>HTTPRoute of the Gateway API, as it has been since its version 1.0.</summary>
    public static ResourceType HttpRoutes { get; } = new(GatewayGroup, "v1", "httproutes", "HTTPRoute");

    /// <summary>HTTPRoute as clusters with a Gateway API before 1.0 serve it.</summary>
    public static ResourceType HttpRoutesBeta { get; } = new(GatewayGroup, "v1beta1", "httproutes", "HTTPRoute");

    /// <summary>CustomResourceDefinition.</summary>
    public static ResourceType CustomResourceDefinitions { get; } =
        new("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", Namespaced: false);

    /// <summary>What manifests have under <c>apiVersion</c>.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Name as <c>plural.group</c>, which is also the name of a kind's CustomResourceDefinition.</summary>
    public string QualifiedName => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <inheritdoc/>
    public override string ToString() => $"{QualifiedName}/{Version}";
}
