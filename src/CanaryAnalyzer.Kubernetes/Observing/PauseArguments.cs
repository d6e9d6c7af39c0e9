using CanaryAnalyzer.Core.Rollouts.Specs;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>The arguments that every run gets without anybody naming them; a template takes those that it declares.</summary>
public static class PauseArguments
{
    private static readonly string[] Names =
    [
        "rollout", "namespace", "canary-hash", "stable-hash", "canary-pods", "stable-pods", "canary-service", "stable-service", "canary-weight",
    ];

    /// <summary>These arguments, with a placeholder for the value that they will have, without those that are given already.</summary>
    public static IEnumerable<AnalysisArgument> Known(IEnumerable<AnalysisArgument> given)
    {
        var named = given.Select(g => g.Name).ToHashSet(StringComparer.Ordinal);
        return Names.Where(n => !named.Contains(n)).Select(n => new AnalysisArgument(n, n));
    }
}
