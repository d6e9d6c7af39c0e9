namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Traffic routing through ingress-nginx.</summary>
public sealed class NginxRouting
{
    /// <summary>Prefix of the annotations; nginx.ingress.kubernetes.io if absent.</summary>
    public string? AnnotationPrefix { get; set; }

    /// <summary>Name of the Ingress.</summary>
    public string? StableIngress { get; set; }

    /// <summary>Names of several Ingresses.</summary>
    public List<string>? StableIngresses { get; set; }

    /// <summary>Annotations for the second Ingress, without their prefix.</summary>
    public Dictionary<string, string>? AdditionalIngressAnnotations { get; set; }

    /// <summary>Annotations for the second Ingress, as they stand.</summary>
    public Dictionary<string, string>? CanaryIngressAnnotations { get; set; }
}
