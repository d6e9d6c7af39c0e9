using System.Text.Json;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>State of a canary release.</summary>
public sealed class CanaryStatus
{
    /// <summary>The AnalysisRun of the step at work.</summary>
    public AnalysisRunSummary? CurrentStepAnalysisRunStatus { get; set; }

    /// <summary>The AnalysisRun beside the steps.</summary>
    public AnalysisRunSummary? CurrentBackgroundAnalysisRunStatus { get; set; }

    /// <summary>Name of the Experiment of the step at work.</summary>
    public string? CurrentExperiment { get; set; }

    /// <summary>How traffic is split.</summary>
    public TrafficWeights? Weights { get; set; }

    /// <summary>The release under way; CanaryAnalyzer's own.</summary>
    public ReleaseSummary? Release { get; set; }

    /// <summary>Which of the ping-pong Services is stable: ping or pong.</summary>
    public string? StablePingPong { get; set; }

    /// <summary>What the step plugins have said.</summary>
    public List<StepPluginStatus>? StepPluginStatuses { get; set; }

    /// <summary>How traffic is split.</summary>
    public sealed class TrafficWeights
    {
        /// <summary>The new version's share.</summary>
        public required WeightDestination Canary { get; set; }

        /// <summary>The stable version's share.</summary>
        public required WeightDestination Stable { get; set; }

        /// <summary>Shares of an Experiment's versions.</summary>
        public List<WeightDestination>? Additional { get; set; }

        /// <summary>Whether the router has confirmed the split; absent where it can't.</summary>
        public bool? Verified { get; set; }

        /// <summary>Last instants at which the split changed; CanaryAnalyzer's own.</summary>
        public List<DateTimeOffset>? Changes { get; set; }
    }

    /// <summary>One version's share of the traffic.</summary>
    public sealed class WeightDestination
    {
        /// <summary>Percentage of the traffic.</summary>
        public required int Weight { get; set; }

        /// <summary>The Service that it goes through.</summary>
        public string? ServiceName { get; set; }

        /// <summary>The version that it goes to.</summary>
        public string? PodTemplateHash { get; set; }
    }

    /// <summary>A release under way.</summary>
    public sealed class ReleaseSummary
    {
        /// <summary>When it began.</summary>
        public required DateTimeOffset StartedAt { get; set; }

        /// <summary>The AnalysisRun that looks on for harm where no judged pause is at work.</summary>
        public AnalysisRunSummary? AnalysisRun { get; set; }

        /// <summary>Name of the last AnalysisRun that gathered evidence; the next one goes on from it.</summary>
        public string? LastRun { get; set; }

        /// <summary>Name of that run's PromotionPolicy.</summary>
        public string? LastPolicy { get; set; }

        /// <summary>Name of the last judged pause's AnalysisRun.</summary>
        public string? LastPauseRun { get; set; }

        /// <summary>Why the next run begins a new budget of false alarms.</summary>
        public string? Anew { get; set; }

        /// <summary>Since when a run ought to look on and none does yet.</summary>
        public DateTimeOffset? UnwatchedSince { get; set; }

        /// <summary>The step that is at work, counted from zero.</summary>
        public int? Step { get; set; }

        /// <summary>Since when it is at work, in RFC 3339 with microseconds: a promote that was started earlier was not meant for it.</summary>
        public string? StepSince { get; set; }

        /// <summary>The new version's shares so far, oldest first.</summary>
        public List<WeightChange>? Weights { get; set; }

        /// <summary>What people decided over the judge's head.</summary>
        public List<string>? Overruled { get; set; }
    }

    /// <summary>A change of the new version's share.</summary>
    public sealed class WeightChange
    {
        /// <summary>The share from then on, in percent.</summary>
        public required int Weight { get; set; }

        /// <summary>When it was set.</summary>
        public required DateTimeOffset At { get; set; }
    }

    /// <summary>What one step plugin has said.</summary>
    public sealed class StepPluginStatus
    {
        /// <summary>Index of the step.</summary>
        public required int Index { get; set; }

        /// <summary>Name of the plugin.</summary>
        public required string Name { get; set; }

        /// <summary>Run, Terminate or Abort.</summary>
        public string? Operation { get; set; }

        /// <summary>Running, Successful, Failed or Error.</summary>
        public string? Phase { get; set; }

        /// <summary>The plugin's message.</summary>
        public string? Message { get; set; }

        /// <summary>When it began.</summary>
        public DateTimeOffset? StartedAt { get; set; }

        /// <summary>When it last said something.</summary>
        public DateTimeOffset? UpdatedAt { get; set; }

        /// <summary>When it ended.</summary>
        public DateTimeOffset? FinishedAt { get; set; }

        /// <summary>How long to wait before asking again.</summary>
        public string? Backoff { get; set; }

        /// <summary>How often it was asked.</summary>
        public int? Executions { get; set; }

        /// <summary>Whether the plugin is switched off.</summary>
        public bool? Disabled { get; set; }

        /// <summary>The plugin's own state.</summary>
        public JsonElement? Status { get; set; }
    }
}
