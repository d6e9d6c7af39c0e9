using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Service.Storage;

/// <summary>AnalysisRuns, and the Secrets that their arguments name.</summary>
internal interface IAnalysisRunStore
{
    /// <summary>Whether what <see cref="Read"/> gives is older than our own last write.</summary>
    bool IsBehind(ResourceKey key);

    /// <summary>The run; null where there is none.</summary>
    StoredRun? Read(ResourceKey key);

    /// <summary>The runs that have not ended.</summary>
    IReadOnlyList<StoredRun> Uncompleted();

    /// <summary>How the traffic of the Rollout that a run belongs to is split.</summary>
    TrafficSplit Split(ResourceKey key);

    /// <summary>Other Rollouts than a run's own whose releases are under way, as <c>namespace/name</c>; at most ten.</summary>
    IReadOnlyList<string> OthersInFlight(ResourceKey key);

    /// <summary>Writes a status, if the run is still the one that was seen.</summary>
    /// <exception cref="ResourceException">It has changed (a conflict), or the API server refused or wasn't there.</exception>
    Task WriteStatusAsync(StoredRun seen, RunStatus next, CancellationToken cancellationToken);

    /// <summary>Deletes the run, if it is still the one that was seen.</summary>
    /// <exception cref="ResourceException">The API server refused or wasn't there.</exception>
    Task DeleteAsync(StoredRun seen, CancellationToken cancellationToken);

    /// <summary>An entry of a Secret as it is now; null where there is none.</summary>
    /// <exception cref="ResourceException">The API server refused or wasn't there.</exception>
    Task<string?> ReadSecretAsync(string inNamespace, SecretReference reference, CancellationToken cancellationToken);
}
