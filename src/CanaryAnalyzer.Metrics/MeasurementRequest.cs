using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Runs;

namespace CanaryAnalyzer.Metrics;

/// <summary>What a provider must know about the run that it measures for.</summary>
public sealed record MeasurementRequest
{
    /// <summary>The instant of this call by the clock that decisions are made by, which may be a second behind; a provider that asks "now" takes its own clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether looks at the past are taken on purpose, as by <c>canaryctl analyze</c>: none of them is late.</summary>
    public bool IsReplay { get; init; }

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

    /// <summary>Whether the run judges at the release's last pause.</summary>
    public bool IsLastPause { get; init; }

    /// <summary>
    /// What the run before on the same release remembered of this metric (its last measurement's metadata under <see cref="Compare.MetadataKeys.State"/>): its
    /// evidence of harm goes on. Null begins a new budget.
    /// </summary>
    public string? Continues { get; init; }

    /// <summary>Other Rollouts whose releases are under way, as <c>namespace/name</c>: named where both sides get worse together.</summary>
    public ImmutableArray<string> OthersInFlight { get; init; } = [];

    /// <summary>Instants at which the weights changed, or a pod joined or left a side: counts from before and after are never mixed.</summary>
    public ImmutableArray<DateTimeOffset> Cuts { get; init; } = [];
}
