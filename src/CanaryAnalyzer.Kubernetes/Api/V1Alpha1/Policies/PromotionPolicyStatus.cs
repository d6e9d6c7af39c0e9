namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Policies;

/// <summary>Which Rollouts a policy selects, and how they stand.</summary>
public sealed class PromotionPolicyStatus
{
    /// <summary>The generation of the spec last seen.</summary>
    public long? ObservedGeneration { get; set; }

    /// <summary>The state by aspects: Ready, PromotionPolicyConflict, PromotionPolicyInvalid, WaitingForHuman.</summary>
    public List<Condition>? Conditions { get; set; }

    /// <summary>Number of Rollouts selected.</summary>
    public int? Rollouts { get; set; }

    /// <summary>Number of these whose pause it decides at present.</summary>
    public int? Judged { get; set; }

    /// <summary>Number of these that wait for a human.</summary>
    public int? Waiting { get; set; }

    /// <summary>Those that wait for a human, the longest first; at most 20. What a gate has come to is in status.canaryAnalyzer of its Rollout.</summary>
    public List<Gate>? Gates { get; set; }

    /// <summary>One gate that waits for a human.</summary>
    public sealed class Gate
    {
        /// <summary>Name of the Rollout.</summary>
        public required string Rollout { get; set; }

        /// <summary>Name of the AnalysisRun that judges.</summary>
        public string? AnalysisRun { get; set; }

        /// <summary>Why it waits for a human.</summary>
        public string? WaitingReason { get; set; }

        /// <summary>Since when it waits for a human.</summary>
        public DateTimeOffset? WaitingSince { get; set; }
    }
}
