using System.Text.RegularExpressions;
using CanaryAnalyzer.Core.Analysis.Counting;

namespace CanaryAnalyzer.Core.Backtests.Histories;

/// <summary>Which version a pod belongs to.</summary>
public static partial class PodVersion
{
    /// <summary>The label of a Rollout's pods, as Prometheus spells it.</summary>
    private const string HashLabel = "rollouts_pod_template_hash";

    /// <summary>The pod template's hash: from its label, else from a name such as <c>web-6bd9c7d7d8-x2k4z</c>; empty where neither tells.</summary>
    /// <param name="pod">The pod, as counting names it.</param>
    /// <param name="series">One of its series.</param>
    public static string Of(string pod, RawSeries series)
    {
        var label = series.Label(HashLabel);
        if (label.Length > 0) return label;
        var match = Name().Match(pod[(pod.LastIndexOf('/') + 1)..]);
        return match.Success ? match.Groups["hash"].Value : "";
    }

    // A ReplicaSet's hash has at most ten characters, and the pods' own endings five (k8s.io/apimachinery/pkg/util/rand).
    [GeneratedRegex("^.+-(?<hash>[a-z0-9]{5,10})-[a-z0-9]{5}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();
}
