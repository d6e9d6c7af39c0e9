using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Rollouts.Waits;

/// <summary>All that a release can wait for. The list in <c>deploy/docs/waiting.md</c> is printed from it.</summary>
public static class WaitCatalog
{
    /// <summary>The kinds, in the order of <see cref="WaitReason"/>.</summary>
    public static ImmutableArray<WaitKind> All { get; } =
    [
        new(WaitReason.Changes, "the controller", "Changes are being made, such as a new ReplicaSet or the next step.", "The next reconcile, within moments."),
        new(
            WaitReason.PodsUnavailable, "pods", "A version has fewer available pods than the step needs. The message has the counts and what is wrong with the worst pod.",
            "The pods become available, or the progress deadline passes.", IsTold: true),
        new(WaitReason.PodsNotCreated, "pods", "A ReplicaSet cannot create its pods, for example because of a quota.", "Remove what the message names.", IsTold: true),
        new(WaitReason.PodsSurplus, "pods", "A version has pods that are to be removed, and they are still ending.", "The pods end.", IsTold: true),
        new(
            WaitReason.RouteNotAccepted, "gateway", "A gateway refuses a route, or has not yet seen the route's present generation.",
            "The gateway reports the present generation as accepted, or no longer reports. The event is WeightVerifyError."),
        new(WaitReason.ServiceNotSwitched, "Service", "A Service still selects another version, whose traffic has not left it.", "The route's weights are in force, so that the Service can switch.", IsTold: true),
        new(WaitReason.PauseNotOver, "schedule", "A pause with a duration, which no policy decides.", "The instant in the message, or `promote`."),
        new(WaitReason.ManualPause, "user", "A pause without a duration, which no policy decides.", "`promote` or `abort`."),
        new(WaitReason.InconclusiveAnalysis, "user", "An analysis ended without a result.", "`promote` or `abort`."),
        new(WaitReason.RolloutPaused, "hold", "`spec.paused` is true.", "`promote`, or `spec.paused: false`. A gate that was found safe meanwhile promotes at once."),
        new(WaitReason.NamespaceHeld, "hold", "The namespace has the annotation `canaryanalyzer.io/hold`.", "Remove the annotation. A gate that was found safe meanwhile promotes at once."),
        new(WaitReason.PolicySuspended, "hold", "The PromotionPolicy has `suspend: true`.", "`suspend: false`; the gate then begins again."),
        new(WaitReason.PolicyConflict, "policy", "More than one PromotionPolicy selects the Rollout.", "Change the selectors so that one is left, or `promote`."),
        new(WaitReason.PolicyInvalid, "policy", "The PromotionPolicy, or a template that it names, cannot be used.", "Correct what the message names, or `promote`."),
        new(WaitReason.PolicyWaits, "user", "The PromotionPolicy has a result and leaves the decision to a user (`onSuccessful: Wait`, `onFailed: Wait`).", "`promote` or `abort`."),
        new(WaitReason.CollectingData, "data", "An AnalysisRun compares the versions and has not decided yet.", "The verdict, at the latest at the deadline in the message; or `promote`."),
        new(WaitReason.NoData, "data", "The deadline passed and the AnalysisRun has no data, which promotes nothing.", "Data, or `promote` or `abort`."),
        new(WaitReason.QueryError, "data", "The deadline passed and the AnalysisRun's queries fail or have no answer.", "The metrics backend answers, or `promote` or `abort`."),
        new(WaitReason.Undecided, "data", "The deadline passed and the data decide nothing.", "More data, or `promote` or `abort`."),
        new(WaitReason.AnalysisRunning, "data", "The AnalysisRun of an `analysis` step is at work.", "The run's end."),
    ];

    /// <summary>The kind of a reason.</summary>
    public static WaitKind Of(WaitReason reason) => All[(int)reason];
}
