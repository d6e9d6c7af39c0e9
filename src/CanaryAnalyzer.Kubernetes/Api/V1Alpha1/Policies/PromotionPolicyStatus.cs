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

    /// <summary>Number of these that wait for a human.</summary>
    public int? Waiting { get; set; }

    /// <summary>The pauses that are judged at present.</summary>
    public List<PolicyGate>? Gates { get; set; }
}
