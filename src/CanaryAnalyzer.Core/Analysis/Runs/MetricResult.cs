using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>What a run knows about one of its metrics: the counters since its start, and the last measurements.</summary>
public sealed record MetricResult
{
    /// <summary>The metric's name.</summary>
    public required string Name { get; init; }

    /// <summary>How far the metric has come; once Successful, Failed, Error or Inconclusive it stays so.</summary>
    public AnalysisPhase Phase { get; init; } = AnalysisPhase.Running;

    /// <summary>The message of the measurement that brought this phase about.</summary>
    public string Message { get; init; } = "";

    /// <summary>Whether it is measured without consequence for the run.</summary>
    public bool DryRun { get; init; }

    /// <summary>Measurements that ended Successful, Failed or Inconclusive.</summary>
    public int Count { get; init; }

    /// <summary>Measurements that ended Successful.</summary>
    public int Successful { get; init; }

    /// <summary>Measurements that ended Failed.</summary>
    public int Failed { get; init; }

    /// <summary>Measurements that ended Inconclusive.</summary>
    public int Inconclusive { get; init; }

    /// <summary>Measurements that went wrong.</summary>
    public int Error { get; init; }

    /// <summary>Measurements that went wrong since the last that did not.</summary>
    public int ConsecutiveError { get; init; }

    /// <summary>Successful measurements since the last that was not.</summary>
    public int ConsecutiveSuccess { get; init; }

    /// <summary>What the provider says about all measurements, such as the resolved query.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The last measurements, oldest first.</summary>
    public ImmutableArray<Measurement> Measurements { get; init; } = [];

    /// <summary>The last measurement; null before the first.</summary>
    public Measurement? LastMeasurement => Measurements is [.., var last] ? last : null;

    /// <summary>How many measurements have ended since the run's start.</summary>
    public int Ended => Count + Error;
}
