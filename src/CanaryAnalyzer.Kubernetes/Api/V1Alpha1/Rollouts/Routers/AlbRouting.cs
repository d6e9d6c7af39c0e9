namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Traffic routing through an AWS load balancer.</summary>
public sealed class AlbRouting
{
    /// <summary>Name of the Ingress.</summary>
    public string? Ingress { get; set; }

    /// <summary>Names of several Ingresses.</summary>
    public List<string>? Ingresses { get; set; }

    /// <summary>Port that the traffic goes to.</summary>
    public required int ServicePort { get; set; }

    /// <summary>The Service that the Ingress names.</summary>
    public string? RootService { get; set; }

    /// <summary>Prefix of the annotations; alb.ingress.kubernetes.io if absent.</summary>
    public string? AnnotationPrefix { get; set; }

    /// <summary>Whether a client stays with a version.</summary>
    public Stickiness? StickinessConfig { get; set; }

    /// <summary>Whether a client stays with a version.</summary>
    public sealed class Stickiness
    {
        /// <summary>Whether it does.</summary>
        public required bool Enabled { get; set; }

        /// <summary>For how many seconds.</summary>
        public required long DurationSeconds { get; set; }
    }
}
