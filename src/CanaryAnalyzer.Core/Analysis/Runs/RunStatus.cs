using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>How far an AnalysisRun has come.</summary>
public sealed record RunStatus
{
    /// <summary>A run that nobody has looked at yet.</summary>
    public static RunStatus New { get; } = new();

    /// <summary>The run's phase; once Successful, Failed, Error or Inconclusive it stays so.</summary>
    public AnalysisPhase Phase { get; init; } = AnalysisPhase.Pending;

    /// <summary>Why the run ended as it did; empty while it goes on.</summary>
    public string Message { get; init; } = "";

    /// <summary>The results, in the order in which the metrics were first measured.</summary>
    public ImmutableArray<MetricResult> MetricResults { get; init; } = [];

    /// <summary>When the run was first looked at.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the run ended.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The metrics that count.</summary>
    public RunSummary Summary { get; init; } = new();

    /// <summary>The metrics that are measured without consequence; null until the first look.</summary>
    public RunSummary? DryRunSummary { get; init; }

    /// <summary>The result of the metric with this name; null before its first measurement.</summary>
    public MetricResult? Result(string metric) => MetricResults.FirstOrDefault(result => result.Name == metric);
}
