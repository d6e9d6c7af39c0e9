using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Core.Templates;

namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>What an AnalysisRun is to measure: the metrics as they were written, with the arguments that they ask for.</summary>
public sealed record AnalysisRunSpec
{
    /// <summary>The metrics as JSON, their <c>{{args.name}}</c> not yet replaced.</summary>
    public required ImmutableArray<JsonElement> Metrics { get; init; }

    /// <summary>The arguments with their values; those from Secrets without.</summary>
    public ImmutableArray<ArgumentSpec> Args { get; init; } = [];

    /// <summary>Whether somebody asked for the run's end.</summary>
    public bool Terminate { get; init; }

    /// <summary>Regular expressions for the names of metrics that are measured without consequence.</summary>
    public ImmutableArray<string> DryRun { get; init; } = [];

    /// <summary>How many measurements to keep.</summary>
    public ImmutableArray<RetentionRule> MeasurementRetention { get; init; } = [];

    /// <summary>When a finished run is deleted; null: never by this.</summary>
    public TtlStrategy? Ttl { get; init; }
}
