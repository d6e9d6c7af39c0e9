using System.Text.Json;
using CanaryAnalyzer.Core.Rollouts.Specs;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Puts an analysis together from its templates.</summary>
public interface IAnalysisPlanner
{
    /// <summary>The spec of the AnalysisRun that an analysis would get now, or what stands against it.</summary>
    /// <param name="analysis">The templates and the arguments; an argument without a value counts as one that will have one.</param>
    /// <param name="inNamespace">The namespace of the Rollout.</param>
    /// <param name="rollout">The Rollout's whole resource, for arguments that name one of its fields.</param>
    AnalysisPlan Plan(RolloutAnalysis analysis, string inNamespace, JsonElement rollout);
}
