using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Mapping;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Says what keeps a PromotionPolicy from acting.</summary>
public sealed class PolicyCheck(IClusterView view, IAnalysisPlanner planner)
{
    private readonly PolicyObserver policies = new(view, planner);

    /// <summary>What is wrong, in a sentence; empty where the policy can act.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="selected">The Rollouts that it selects.</param>
    public string Problem(JsonObject policy, IEnumerable<JsonObject> selected)
    {
        foreach (var rollout in selected)
        {
            var seen = policies.Observe(rollout);
            if (seen.Length > 1) return $"Rollout {rollout.Name()} is selected by {string.Join(" and ", seen.Select(p => p.Name))}: none applies until only one does";
            if (seen.FirstOrDefault(p => p.Name == policy.Name()) is { Errors.IsEmpty: false } own) return string.Join("; ", own.Errors);
        }

        // Without a Rollout the arguments that come from one cannot be checked; the templates can.
        var (_, errors) = PolicyReader.Read(policy);
        if (!errors.IsEmpty) return string.Join("; ", errors);
        var alone = policies.Observe(policy, new JsonObject { ["metadata"] = new JsonObject { ["namespace"] = policy.Namespace() } });
        return string.Join("; ", alone.Errors.Where(e => e.Code != SpecErrorCode.RolloutFieldMissing));
    }
}
