namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

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
