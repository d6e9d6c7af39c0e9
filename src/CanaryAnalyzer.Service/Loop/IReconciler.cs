using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Service.Loop;

/// <summary>Makes one pass over one object: observe, decide, apply, record.</summary>
internal interface IReconciler
{
    /// <summary>What it works on, for logs and metrics.</summary>
    string Kind { get; }

    /// <summary>Makes a pass. A key in, nothing else: everything is read anew.</summary>
    Task<PassOutcome> ReconcileAsync(ResourceKey key, CancellationToken cancellationToken);
}
