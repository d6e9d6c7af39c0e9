namespace CanaryAnalyzer.Service.Options;

/// <summary>How the controller runs; one option of the command line each.</summary>
public sealed record ServiceOptions
{
    /// <summary>The kubeconfig file; null for the pod's own credentials, or what kubectl would take.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>The kubeconfig's context; null for its current one.</summary>
    public string? Context { get; init; }

    /// <summary>The one namespace to work in; null for all.</summary>
    public string? Namespace { get; init; }

    /// <summary>Works on Rollouts with this value of the label <c>argo-rollouts.argoproj.io/controller-instance-id</c> only; empty: on those without it.</summary>
    public string InstanceId { get; init; } = "";

    /// <summary>The Prometheus that metrics without an address ask; null for none.</summary>
    public string? Prometheus { get; init; }

    /// <summary>The address that the two ports are opened on.</summary>
    public string Address { get; init; } = "0.0.0.0";

    /// <summary>The port of <c>/metrics</c>; 0 takes a free one.</summary>
    public int MetricsPort { get; init; } = 8090;

    /// <summary>The port of <c>/healthz</c> and <c>/readyz</c>; 0 takes a free one.</summary>
    public int HealthPort { get; init; } = 8080;

    /// <summary>Whether the explanations' API needs no token; only on loopback.</summary>
    public bool InsecureApi { get; init; }

    /// <summary>Whether one of several replicas leads.</summary>
    public bool LeaderElect { get; init; } = true;

    /// <summary>
    /// The namespace of the leader's Lease; null for <see cref="Namespace"/>, else the pod's own, outside a pod <c>canary-analyzer</c> where that exists, else
    /// <c>kube-system</c>.
    /// </summary>
    public string? LeaseNamespace { get; init; }

    /// <summary>How many Rollouts are worked on at once.</summary>
    public int RolloutThreads { get; init; } = 10;

    /// <summary>How many AnalysisRuns are worked on at once.</summary>
    public int AnalysisThreads { get; init; } = 30;

    /// <summary>The least important messages that are logged: debug, info, warn or error.</summary>
    public string LogLevel { get; init; } = "info";

    /// <summary>How logs are written: text or json.</summary>
    public string LogFormat { get; init; } = "text";

    /// <summary>A process with whose end this one ends as well; null for none.</summary>
    public int? ParentProcess { get; init; }
}
