using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Service.Jobs;

/// <summary>Sees to it that questions are asked at their time.</summary>
internal interface IMeasurementSchedule
{
    /// <summary>Has the questions asked that follow from a run's newest status; one that is open already is not asked again.</summary>
    /// <param name="key">The run's key.</param>
    /// <param name="run">The run with that status.</param>
    /// <param name="taken">The answers that the status contains.</param>
    /// <param name="cancellationToken">Ends it.</param>
    ValueTask SetAsync(ResourceKey key, AnalysisRun run, IReadOnlyList<MeasurementAnswer> taken, CancellationToken cancellationToken);

    /// <summary>Has the questions asked that follow from the answers so far, be they part of the status or not.</summary>
    ValueTask ContinueAsync(ResourceKey key, string uid, CancellationToken cancellationToken);

    /// <summary>Asks nothing more for any run, as where this replica leads no longer; returns the runs.</summary>
    ValueTask<IReadOnlyList<ResourceKey>> ForgetAllAsync(CancellationToken cancellationToken);

    /// <summary>Asks nothing more for a run.</summary>
    ValueTask ForgetAsync(ResourceKey key, CancellationToken cancellationToken);
}
