namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>The rules that strategies share: none of them knows which strategy it serves.</summary>
internal static class SharedRules
{
    public static Rule Revision { get; } = new(
        "revision", "Finds the new and the stable version, creates the new version's ReplicaSet and numbers its revision.", RevisionRule.Apply);

    public static Rule Reset { get; } = new(
        "reset", "Begins at the first step again when the template or the steps changed; back to the stable version it skips them.", ResetRule.Apply);

    public static Rule RevisionEvents { get; } = new(
        "revision events", "Emits the events of a new ReplicaSet and of an update that begins.", RevisionRule.Tell);

    public static Rule Count { get; } = new("count", "Counts the pods, and notes whether more of them are up than before.", CountRule.Apply);

    public static Rule Abort { get; } = new("abort", "Takes over a user's abort or retry.", AbortRule.Apply);

    public static Rule FullPromotion { get; } = new(
        "full promotion", "Takes over a user's full promotion: it waits for pods alone.", FullPromotionRule.Apply);

    public static Rule ReleaseBegin { get; } = new(
        "release begin", "Begins the release's record, and notes what a user decided against the judge.", ReleaseRule.Open);

    public static Rule WatchVerdict { get; } = new("watch verdict", "Rolls back, or halts, on harm that was found between the pauses.", WatchRule.Judge);

    public static Rule CanaryHealth { get; } = new("canary health", "Notes since when the new version lacks pods that it had.", CanaryHealthRule.Apply);

    public static Rule StuckAbort { get; } = new(
        "stuck abort", "Aborts an update that made no progress until its deadline, where the spec asks for that.", ProgressRule.AbortWhenStuck);

    public static Rule Watch { get; } = new("watch", "Keeps one AnalysisRun looking for harm while no gate judges.", WatchRule.Apply);

    public static Rule RunEnd { get; } = new("run end", "Terminates AnalysisRuns that the update no longer follows.", RunRule.Apply);

    public static Rule Workload { get; } = new(
        "workload", "Scales the referenced Deployment's own pods down once the Rollout's carry the traffic.", WorkloadRule.Apply);

    public static Rule History { get; } = new("history", "Deletes old ReplicaSets and AnalysisRuns beyond their limits.", HistoryRule.Apply);

    public static Rule ReleaseEnd { get; } = new(
        "release end", "Ends a release that was promoted, aborted or superseded, and writes its record.", ReleaseRule.Close);

    public static Rule Progress { get; } = new(
        "progress", "Writes the condition Progressing, whose last update is the clock of the progress deadline.", ProgressRule.Apply);

    public static Rule Wait { get; } = new("wait", "Names what the release waits for, in the condition Waiting.", WaitRule.Apply);

    public static Rule Conditions { get; } = new("conditions", "Writes the other conditions.", ConditionRule.Apply);

    public static Rule Phase { get; } = new("phase", "Puts the whole state into one word and one sentence.", PhaseRule.Apply);
}
