using System.Text.Json.Serialization;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>What the controller last saw and did.</summary>
public sealed class RolloutStatus
{
    /// <summary>Whether the release is aborted.</summary>
    public bool? Abort { get; set; }

    /// <summary>When it was aborted.</summary>
    public DateTimeOffset? AbortedAt { get; set; }

    /// <summary>Why the release is paused.</summary>
    public List<PauseCondition>? PauseConditions { get; set; }

    /// <summary>Whether the controller has paused it; without pauseConditions a human has resumed it.</summary>
    public bool? ControllerPause { get; set; }

    /// <summary>Hash of the pod template last seen.</summary>
    public string? CurrentPodHash { get; set; }

    /// <summary>Hash of the steps last seen.</summary>
    public string? CurrentStepHash { get; set; }

    /// <summary>Index of the step at work; the number of steps once all are done, absent without steps.</summary>
    public int? CurrentStepIndex { get; set; }

    /// <summary>Pod hash of the stable version.</summary>
    public string? StableRS { get; set; }

    /// <summary>Number of pods of all versions.</summary>
    public int? Replicas { get; set; }

    /// <summary>Number of pods of the desired version.</summary>
    public int? UpdatedReplicas { get; set; }

    /// <summary>Number of ready pods.</summary>
    public int? ReadyReplicas { get; set; }

    /// <summary>Number of available pods.</summary>
    public int? AvailableReplicas { get; set; }

    /// <summary>Number of pods that an autoscaler sees.</summary>
    [JsonPropertyName("HPAReplicas")]
    public int? HpaReplicas { get; set; }

    /// <summary>Label selector that an autoscaler sees.</summary>
    public string? Selector { get; set; }

    /// <summary>How often the pod hash had to be salted.</summary>
    public int? CollisionCount { get; set; }

    /// <summary>The generation last seen, in decimal digits.</summary>
    public string? ObservedGeneration { get; set; }

    /// <summary>The referenced workload's generation last seen, in decimal digits.</summary>
    public string? WorkloadObservedGeneration { get; set; }

    /// <summary>The state by aspects: InvalidSpec, Available, Progressing, ReplicaFailure, Paused, Completed, Healthy, UnknownField.</summary>
    public List<Condition>? Conditions { get; set; }

    /// <summary>Healthy, Degraded, Progressing or Paused.</summary>
    public string? Phase { get; set; }

    /// <summary>Why it is in this phase.</summary>
    public string? Message { get; set; }

    /// <summary>Whether the rest of the release is skipped.</summary>
    public bool? PromoteFull { get; set; }

    /// <summary>Which restart was last finished.</summary>
    public DateTimeOffset? RestartedAt { get; set; }

    /// <summary>What belongs to the canary strategy.</summary>
    public CanaryStatus? Canary { get; set; }

    /// <summary>What belongs to the blue-green strategy.</summary>
    public BlueGreenStatus? BlueGreen { get; set; }

    /// <summary>What belongs to one AWS load balancer; superseded by albs.</summary>
    public AlbStatus? Alb { get; set; }

    /// <summary>What belongs to AWS load balancers.</summary>
    public List<AlbStatus>? Albs { get; set; }

    /// <summary>How long the release takes.</summary>
    public ReleaseDuration? Duration { get; set; }

    /// <summary>What a judged pause waits for; CanaryAnalyzer's own.</summary>
    public GateSummary? CanaryAnalyzer { get; set; }

    /// <summary>One reason for which a release is paused.</summary>
    public sealed class PauseCondition
    {
        /// <summary>InconclusiveAnalysisRun, InconclusiveExperiment, CanaryPauseStep or BlueGreenPause.</summary>
        public required string Reason { get; set; }

        /// <summary>Since when.</summary>
        public required DateTimeOffset StartTime { get; set; }
    }

    /// <summary>State of an AWS load balancer.</summary>
    public sealed class AlbStatus
    {
        /// <summary>The load balancer.</summary>
        public AwsResource? LoadBalancer { get; set; }

        /// <summary>The new version's target group.</summary>
        public AwsResource? CanaryTargetGroup { get; set; }

        /// <summary>The stable version's target group.</summary>
        public AwsResource? StableTargetGroup { get; set; }

        /// <summary>The Ingress that it belongs to.</summary>
        public string? Ingress { get; set; }
    }

    /// <summary>Names an AWS resource.</summary>
    public sealed class AwsResource
    {
        /// <summary>Its name.</summary>
        public required string Name { get; set; }

        /// <summary>Its ARN.</summary>
        public required string Arn { get; set; }

        /// <summary>Name with its type and number.</summary>
        public string? FullName { get; set; }
    }

    /// <summary>How long a release takes.</summary>
    public sealed class ReleaseDuration
    {
        /// <summary>When it began.</summary>
        public DateTimeOffset? RolloutStartedAt { get; set; }

        /// <summary>When the present wait for a human began.</summary>
        public DateTimeOffset? ManualPauseStartedAt { get; set; }

        /// <summary>Seconds spent waiting for humans.</summary>
        public long? TotalManualPauseDurationSeconds { get; set; }

        /// <summary>When it ended.</summary>
        public DateTimeOffset? FinishedAt { get; set; }

        /// <summary>Promoted, FastPromoted, Aborted, Superseded, RolledBack or FastRolledBack.</summary>
        public string? CompletionStatus { get; set; }
    }

    /// <summary>What a judged pause waits for.</summary>
    public sealed class GateSummary
    {
        /// <summary>Name of the PromotionPolicy that judges.</summary>
        public string? Policy { get; set; }

        /// <summary>Whether the policy only says what it would do.</summary>
        public bool? Observes { get; set; }

        /// <summary>Number of looks so far.</summary>
        public int? Look { get; set; }

        /// <summary>Evidence of harm so far.</summary>
        public double? Evidence { get; set; }

        /// <summary>Evidence at which the canary is rolled back.</summary>
        public double? Threshold { get; set; }

        /// <summary>Earliest instant of a promotion.</summary>
        public DateTimeOffset? Earliest { get; set; }

        /// <summary>Instant at which an undecided pause is handed to the policy's onInconclusive.</summary>
        public DateTimeOffset? Deadline { get; set; }

        /// <summary>Why a human is waited for; absent while none is.</summary>
        public string? WaitingReason { get; set; }

        /// <summary>Since when a human is waited for.</summary>
        public DateTimeOffset? WaitingSince { get; set; }

        /// <summary>The verdict in a sentence.</summary>
        public string? Verdict { get; set; }
    }
}
