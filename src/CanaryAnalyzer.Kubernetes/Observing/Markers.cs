namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Labels and annotations by which objects are told apart; the names are Argo Rollouts' where it has one.</summary>
public static class Markers
{
    /// <summary>Label of a version's ReplicaSet, pods and runs, and in a Service's selector: the pod hash.</summary>
    public const string PodHash = "rollouts-pod-template-hash";

    /// <summary>Annotation: the revision.</summary>
    public const string Revision = "rollout.argoproj.io/revision";

    /// <summary>Annotation: former revisions of the same template.</summary>
    public const string RevisionHistory = "rollout.argoproj.io/revision-history";

    /// <summary>Annotation: the Rollout's replicas when the ReplicaSet was last scaled.</summary>
    public const string DesiredReplicas = "rollout.argoproj.io/desired-replicas";

    /// <summary>Annotation of a ReplicaSet: what the inline template that it was made from was, before the API server's defaults.</summary>
    public const string Template = "canaryanalyzer.io/template";

    /// <summary>Annotation: metadata that Argo Rollouts injected into the pods.</summary>
    public const string EphemeralMetadata = "rollout.argoproj.io/ephemeral-metadata";

    /// <summary>Annotation: when a ReplicaSet may be scaled down.</summary>
    public const string ScaleDownDeadline = "scale-down-deadline";

    /// <summary>Annotation of a Service: the Rollout that manages it.</summary>
    public const string ManagedBy = "argo-rollouts.argoproj.io/managed-by-rollouts";

    /// <summary>
    /// Finalizer of a Rollout whose workload was scaled down: the workload has its pods back before the Rollout's go. <see cref="OwnFinalizer"/> says which instance
    /// of the controller has which.
    /// </summary>
    public const string Finalizer = "canaryanalyzer.io/restore-workload";

    /// <summary>Label by which several controllers share a cluster.</summary>
    public const string InstanceId = "argo-rollouts.argoproj.io/controller-instance-id";

    /// <summary>Label of a run: what it is for.</summary>
    public const string RunType = "rollout-type";

    /// <summary>Label of a run: the step that it was made at.</summary>
    public const string StepIndex = "step-index";

    /// <summary>Annotation of a judged run: the run before on the same release, whose evidence of harm it goes on from.</summary>
    public const string Continues = "canaryanalyzer.io/continues";

    /// <summary>Annotation of a judged run: why it begins a new budget of false alarms although the release had one.</summary>
    public const string Anew = "canaryanalyzer.io/begins-anew";

    /// <summary>Annotation of a judged pause's run: <c>true</c> where no other pause follows.</summary>
    public const string LastPause = "canaryanalyzer.io/last-pause";

    /// <summary>Annotation of a ReplicaSet: what became of its last release.</summary>
    public const string Release = "canaryanalyzer.io/release";

    /// <summary>Annotation of a judged run: what the policy and its templates were.</summary>
    public const string Fingerprint = "canaryanalyzer.io/policy-fingerprint";

    /// <summary>Annotation of a judged run: the policy.</summary>
    public const string Policy = "canaryanalyzer.io/policy";

    /// <summary>Annotation of a judged pause's run: when an undecided judge hands it over.</summary>
    public const string Deadline = "canaryanalyzer.io/deadline";

    /// <summary>Annotation of a namespace: holds its promotions.</summary>
    public const string Hold = "canaryanalyzer.io/hold";
}
