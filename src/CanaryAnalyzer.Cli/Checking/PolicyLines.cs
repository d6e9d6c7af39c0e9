using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Rollouts.Strategies.Canary;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Checking;

/// <summary>Whether a policy judges the Rollout's pauses.</summary>
internal sealed class PolicyLines(ClusterFacts facts)
{
    public IReadOnlyList<CheckLine> Run()
    {
        var list = new CheckList("Policy");
        var observer = new PolicyObserver(facts.View, new AnalysisPlanner(facts.View));
        var policies = observer.Observe(facts.Rollout);
        if (policies.IsEmpty)
            list.Warn("no PromotionPolicy selects the Rollout: a pause without a duration waits for a human", Hint());
        else if (policies.Length > 1)
            list.Bad($"the PromotionPolicies {string.Join(" and ", policies.Select(policy => policy.Name))} select it: none acts", "let the selector of one of them no longer match the Rollout's labels");
        foreach (var policy in policies)
            Policy(list, policy);
        if (facts.Spec is { Strategy: CanaryStrategy canary } && policies.Length == 1 && !canary.Steps.Any(step => step is CanaryStep.Pause))
            list.Warn("the Rollout has no pause, so there is nothing to judge", "add a pause after a setWeight: {pause: {}}");
        if (observer.IsHeld(facts.Namespace))
            list.Warn($"the namespace {facts.Namespace} holds its promotions (annotation {Markers.Hold})", $"kubectl annotate namespace {facts.Namespace} {Markers.Hold}-");
        if (facts.Spec is { Paused: true })
            list.Warn("spec.paused is set: nothing is promoted", $"kubectl patch rollout {facts.Name} -n {facts.Namespace} --type merge -p '{{\"spec\":{{\"paused\":false}}}}'");
        return list.Lines;
    }

    private static void Policy(CheckList list, PolicyObservation policy)
    {
        foreach (var error in policy.Errors)
            list.Bad($"PromotionPolicy {policy.Name} does not act: {error}", "correct it, or the template that it names");
        if (policy.Spec is not { } spec || !policy.Errors.IsEmpty)
            return;
        list.Ok($"PromotionPolicy {policy.Name} selects it, and its templates and arguments are valid");
        if (spec.Suspend)
            list.Warn($"PromotionPolicy {policy.Name} is suspended: it aborts, and promotes nothing", "set spec.suspend to false");
        if (spec.Mode == PolicyMode.Observe)
            list.Warn($"PromotionPolicy {policy.Name} only observes: its pauses wait as if there were none", "set spec.mode to Enforce when you trust it");
        if (spec.OnSuccessful == GateAction.Wait)
            list.Warn($"PromotionPolicy {policy.Name} waits for a human even after a success (onSuccessful: Wait)");
    }

    private string Hint()
    {
        var others = facts.View.InNamespace(Kubernetes.Api.ResourceType.PromotionPolicies, facts.Namespace)
            .Select(policy => $"{policy.Text("metadata", "name")} selects {policy["spec"]?["selector"]?.ToJsonString()}").ToList();
        return others.Count == 0 ? "create one (deploy/demo/manifests/promotion-policy.yaml is an example)" : $"give the Rollout the labels that one asks for: {string.Join("; ", others)}";
    }
}
