using CanaryAnalyzer.Core.Rollouts.Rules;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>How a canary is decided.</summary>
internal static class CanaryRules
{
    public static StrategyRules Strategy { get; } = new()
    {
        Name = "canary",
        Case = typeof(CanaryStrategy),
        Allocate = CanaryFacts.Allocate,
        CheckReferences = (seen, strategy, template) => CanaryReferences.Check(seen, (CanaryStrategy)strategy, template),
        Rules =
        [
            SharedRules.Revision.Here("All other rules speak of these two versions."),
            SharedRules.Reset.Here("Before any rule reads the step; it compares the version just found with the last one."),
            SharedRules.RevisionEvents.Here("Only the reset knows whether an update begins."),
            SharedRules.Count.Here("Progress and conditions are judged by these counts."),
            SharedRules.Abort.Here("A user's command goes before any verdict of this reconcile."),
            SharedRules.FullPromotion.Here("After the abort, which it lifts."),
            SharedRules.ReleaseBegin.Here("After the user's commands, which it notes; before any run belongs to the release."),
            new Rule("analysis verdict", "Aborts when the run of an analysis step or the background run failed; halts without a result.", AnalysisRule.Apply)
                .Here("Before the steps: nothing continues in the reconcile that sees a failure."),
            SharedRules.WatchVerdict.Here("Likewise; after the runs that the spec itself names."),
            SharedRules.CanaryHealth.Here("Before the deadline is judged by it."),
            SharedRules.StuckAbort.Here("The last reason to abort that is no gate's; a stuck update finishes no step."),
            new Rule("step", "Finishes the step at work when it is done; at a pause, asks the gate.", StepRule.Apply)
                .Here("After everything that may abort or halt the update."),
            new Rule("promotion", "Makes the new version the stable one once all steps are done and all its pods are available.", PromotionRule.Apply)
                .Here("Right after the last step, so that the Services and weights below are those of the stable version."),
            new Rule("Services", "Points the Services at their versions, never at one without available pods.", ServiceRule.Apply)
                .Here("Before the weights: traffic goes by what the Services select."),
            new Rule("traffic", "Sets the weight on every route, never for a version without available pods.", TrafficRule.Apply)
                .Here("Before the scale: weight leaves a version before its pods do."),
            new Rule("scale", "Sizes the stable, the new and the old versions.", ScaleRule.Apply)
                .Here("Takes down only pods that no weight and no Service of this reconcile reaches."),
            SharedRules.Watch.Here("After the step, which says whether a gate judges, and after the weight."),
            new Rule("analysis begin", "Begins the runs of analysis steps and the background run.", AnalysisStartRule.Apply)
                .Here("After the step that they belong to is known."),
            SharedRules.RunEnd.Here("After all rules that begin or follow a run."),
            SharedRules.Workload.Here("After the Rollout's own pods were sized."),
            SharedRules.History.Here("After the scale: only versions without pods are deleted; after the runs that are still followed are known."),
            SharedRules.ReleaseEnd.Here("After all that may end the release."),
            SharedRules.Progress.Here("The first of the conditions: phase and wait read it."),
            new Rule("step wait", "Names what the step at work waits for.", StepWaitRule.Apply)
                .Here("When all that this reconcile does is known."),
            SharedRules.Wait.Here("A hold goes before what the step waits for."),
            SharedRules.Conditions.Here("They describe the status that all rules above left."),
            SharedRules.Phase.Here("Last: it sums up the conditions and the wait."),
        ],
    };
}
