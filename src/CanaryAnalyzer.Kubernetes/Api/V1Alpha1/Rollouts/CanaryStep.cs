using System.ComponentModel.DataAnnotations;
using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>One step of a canary release; at most one of its members is set.</summary>
[ExactlyOneOf("setWeight", "pause", "setCanaryScale", "analysis", "experiment", "setHeaderRoute", "setMirrorRoute", "plugin")]
public sealed class CanaryStep
{
    /// <summary>Percentage of traffic for the new version.</summary>
    [Range(0, int.MaxValue)]
    public int? SetWeight { get; set; }

    /// <summary>Waits for a time, for a human, or for a policy's judgement.</summary>
    public Pause? Pause { get; set; }

    /// <summary>Scales the new version apart from its traffic. Needs traffic routing.</summary>
    public SetCanaryScale? SetCanaryScale { get; set; }

    /// <summary>Waits for an AnalysisRun that this step starts.</summary>
    public RolloutAnalysis? Analysis { get; set; }

    /// <summary>Waits for an Experiment that this step starts.</summary>
    public ExperimentStep? Experiment { get; set; }

    /// <summary>Sends requests with certain headers to the new version.</summary>
    public SetHeaderRoute? SetHeaderRoute { get; set; }

    /// <summary>Sends copies of certain requests to the new version.</summary>
    public SetMirrorRoute? SetMirrorRoute { get; set; }

    /// <summary>Waits for a step plugin.</summary>
    public StepPlugin? Plugin { get; set; }
}
