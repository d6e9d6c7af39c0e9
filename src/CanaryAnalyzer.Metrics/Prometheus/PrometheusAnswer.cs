using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;

namespace CanaryAnalyzer.Metrics.Prometheus;

/// <summary>A successful answer.</summary>
internal sealed record PrometheusAnswer
{
    /// <summary>scalar, string, vector or matrix.</summary>
    public required string ResultType { get; init; }

    /// <summary>The series of a vector (a sample each) or matrix.</summary>
    public ImmutableArray<RawSeries> Series { get; init; } = [];

    /// <summary>The value of a scalar.</summary>
    public double Scalar { get; init; }

    /// <summary>Whether any series came as native histograms.</summary>
    public bool HasNativeHistograms { get; init; }

    /// <summary>Whether a distributed store says that a part of it is missing in the answer.</summary>
    public bool IsPartial { get; init; }

    /// <summary>What Prometheus warned of or informed about.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];
}
