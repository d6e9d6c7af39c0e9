using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Runs;

namespace CanaryAnalyzer.Metrics;

/// <summary>What a provider must know about the run that it measures for.</summary>
public sealed record MeasurementRequest
{
    /// <summary>The instant of this call.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The measurement that is going on, with the metadata of its last look; null begins one.</summary>
    public Measurement? Previous { get; init; }

    /// <summary>Whether the measurement must end now.</summary>
    public bool Terminate { get; init; }

    /// <summary>What the run is for: a Background comparison ends only when it is terminated, a Pause's goes on looking after its deadline.</summary>
    public RunPurpose Purpose { get; init; } = RunPurpose.Unknown;

    /// <summary>The run's arguments by name; the sides' defaults take canary-hash, stable-hash, canary-pods and stable-pods from here.</summary>
    public ImmutableDictionary<string, string> Arguments { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>How many comparisons of the run share the risk of a false rollback; at least 1.</summary>
    public int Comparisons { get; init; } = 1;

    /// <summary>When an answer is wanted at the latest; null means the spec's own duration.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Instants at which the weights changed, or a pod joined or left a side: counts from before and after are never mixed.</summary>
    public ImmutableArray<DateTimeOffset> Cuts { get; init; } = [];
}
