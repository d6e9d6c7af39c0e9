using System.Collections.Immutable;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>An AnalysisRun as it was read.</summary>
public sealed record AnalysisRun
{
    /// <summary>Its namespace, in which the Secrets of its arguments are looked for too.</summary>
    public required string Namespace { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its unique id, which no later run of the same name has.</summary>
    public required string Uid { get; init; }

    /// <summary>Its labels.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Its annotations.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether it is being deleted: nothing is measured for it any more.</summary>
    public bool IsBeingDeleted { get; init; }

    /// <summary>What it measures.</summary>
    public required AnalysisRunSpec Spec { get; init; }

    /// <summary>What is wrong with the form of its spec.</summary>
    public ImmutableArray<SpecError> FormErrors { get; init; } = [];

    /// <summary>How far it has come.</summary>
    public RunStatus Status { get; init; } = RunStatus.New;

    /// <summary>What it is for.</summary>
    public RunPurpose Purpose => Labels.GetValueOrDefault("rollout-type") switch
    {
        "Step" => RunPurpose.Step,
        "Background" => RunPurpose.Background,
        "Pause" => RunPurpose.Pause,
        "Release" => RunPurpose.Release,
        "PrePromotion" => RunPurpose.PrePromotion,
        "PostPromotion" => RunPurpose.PostPromotion,
        _ => RunPurpose.Unknown,
    };

    /// <summary>
    /// Whether the run is evidence for the new version: Successful, not terminated from outside, and every metric that is not dry-run
    /// (at least one) has a Successful measurement. A run is also Successful when its measurements failed within their limits, or when
    /// nothing was measured before it was ended; those prove nothing.
    /// </summary>
    public bool ProvesSuccess
    {
        get
        {
            if (Status.Phase != AnalysisPhase.Successful || Spec.Terminate) return false;
            var plan = RunPlan.Of(this);
            var counting = plan.Metrics.Where(metric => !metric.DryRun).ToList();
            return plan.Errors.IsEmpty && counting.Count > 0 && counting.TrueForAll(metric => Status.Result(metric.Spec.Name) is { Successful: > 0 });
        }
    }
}
