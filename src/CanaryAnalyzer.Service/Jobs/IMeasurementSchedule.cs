using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Service.Jobs;

/// <summary>Sees to it that questions are asked at their time.</summary>
internal interface IMeasurementSchedule
{
    /// <summary>Makes the questions of a run exactly these; one that is open already is not asked again.</summary>
    ValueTask SetAsync(ResourceKey key, AnalysisRun run, RunPlan plan, IReadOnlyList<DueMeasurement> due, CancellationToken cancellationToken);

    /// <summary>Asks nothing more for a run.</summary>
    ValueTask ForgetAsync(ResourceKey key, CancellationToken cancellationToken);
}
