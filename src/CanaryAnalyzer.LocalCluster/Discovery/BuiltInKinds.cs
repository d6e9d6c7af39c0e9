namespace CanaryAnalyzer.LocalCluster.Discovery;

/// <summary>The kinds that are there before any CustomResourceDefinition. Those without behaviour of their own are kept as they come.</summary>
internal static class BuiltInKinds
{
    public static readonly ResourceKind Namespaces = new("", "v1", "Namespace", "namespaces") { Namespaced = false, ShortNames = ["ns"], HasStatus = true };

    public static readonly ResourceKind Pods = new("", "v1", "Pod", "pods") { ShortNames = ["po"], Categories = ["all"], HasStatus = true };

    public static readonly ResourceKind Services = new("", "v1", "Service", "services") { ShortNames = ["svc"], Categories = ["all"], HasStatus = true };

    public static readonly ResourceKind Events = new("", "v1", "Event", "events") { ShortNames = ["ev"] };

    public static readonly ResourceKind Nodes = new("", "v1", "Node", "nodes") { Namespaced = false, ShortNames = ["no"], HasStatus = true };

    public static readonly ResourceKind Deployments = new("apps", "v1", "Deployment", "deployments")
    {
        ShortNames = ["deploy"], Categories = ["all"], HasStatus = true, Scale = ScalePaths.Workload, Generation = GenerationRule.Spec,
    };

    public static readonly ResourceKind ReplicaSets = new("apps", "v1", "ReplicaSet", "replicasets")
    {
        ShortNames = ["rs"], Categories = ["all"], HasStatus = true, Scale = ScalePaths.Workload, Generation = GenerationRule.Spec,
    };

    public static readonly ResourceKind EndpointSlices = new("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices") { Generation = GenerationRule.AllButMetadata };

    public static readonly ResourceKind CustomResourceDefinitions =
        new("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions")
        {
            Namespaced = false, ShortNames = ["crd", "crds"], Categories = ["api-extensions"], HasStatus = true, Generation = GenerationRule.Spec,
        };

    public static readonly IReadOnlyList<ResourceKind> All =
    [
        Namespaces, Pods, Services, Events, Nodes,
        new("", "v1", "ConfigMap", "configmaps") { ShortNames = ["cm"] },
        new("", "v1", "Secret", "secrets"),
        new("", "v1", "ServiceAccount", "serviceaccounts") { ShortNames = ["sa"] },
        Deployments, ReplicaSets, EndpointSlices, CustomResourceDefinitions,
        new("coordination.k8s.io", "v1", "Lease", "leases"),
        new("rbac.authorization.k8s.io", "v1", "Role", "roles"),
        new("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings"),
        new("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles") { Namespaced = false },
        new("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings") { Namespaced = false },
        new("networking.k8s.io", "v1", "Ingress", "ingresses") { ShortNames = ["ing"], HasStatus = true, Generation = GenerationRule.Spec },
        new("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies") { ShortNames = ["netpol"], Generation = GenerationRule.Spec },
        new("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets") { ShortNames = ["pdb"], HasStatus = true, Generation = GenerationRule.Spec },
        Review("authentication.k8s.io", "TokenReview", "tokenreviews"),
        Review("authentication.k8s.io", "SelfSubjectReview", "selfsubjectreviews"),
        Review("authorization.k8s.io", "SubjectAccessReview", "subjectaccessreviews"),
        Review("authorization.k8s.io", "SelfSubjectAccessReview", "selfsubjectaccessreviews"),
        Review("authorization.k8s.io", "SelfSubjectRulesReview", "selfsubjectrulesreviews"),
        Review("authorization.k8s.io", "LocalSubjectAccessReview", "localsubjectaccessreviews") with { Namespaced = true },
    ];

    private static ResourceKind Review(string group, string kind, string plural) => new(group, "v1", kind, plural) { Namespaced = false, IsReview = true };
}
