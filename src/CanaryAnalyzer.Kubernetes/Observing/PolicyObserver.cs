using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Rollouts.Hashing;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Rules;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Mapping;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Finds the PromotionPolicies that select a Rollout, with what their templates come to.</summary>
public sealed class PolicyObserver(IClusterView view, IAnalysisPlanner planner)
{
    /// <summary>The policies that select a Rollout, by name.</summary>
    public ImmutableArray<PolicyObservation> Observe(JsonObject rollout)
    {
        var labels = rollout.Labels();
        return
        [
            .. view.InNamespace(ResourceType.PromotionPolicies, rollout.Namespace())
                .Where(p => !p.IsDeleting() && PolicyReader.Selects(p, labels))
                .OrderBy(p => p.Name(), StringComparer.Ordinal)
                .Select(p => Observe(p, rollout)),
        ];
    }

    /// <summary>Whether a namespace holds its promotions.</summary>
    public bool IsHeld(string inNamespace) =>
        view.Get(ResourceType.Namespaces, new ResourceKey(null, inNamespace)) is { } found
        && found.Annotations().TryGetValue(Markers.Hold, out var hold) && hold != "false";

    /// <summary>What a policy comes to for a Rollout.</summary>
    public PolicyObservation Observe(JsonObject policy, JsonObject rollout)
    {
        var (spec, errors) = PolicyReader.Read(policy);
        if (spec is null) return new PolicyObservation { Name = policy.Name(), Errors = errors };
        errors = errors.AddRange(MissingFields(spec, rollout));
        var analysis = spec.Analysis with { Arguments = [.. spec.Analysis.Arguments, .. PauseArguments.Known(spec.Analysis.Arguments)] };
        var plan = planner.Plan(analysis, policy.Namespace(), System.Text.Json.JsonSerializer.SerializeToElement(rollout));
        if (plan is { Spec: not null, IsFinite: false })
            errors = errors.Add(new SpecError("spec.templates", "a metric that never ends can never promote: give each metric that has an interval a count"));
        return new PolicyObservation
        {
            Name = policy.Name(),
            Spec = spec,
            Errors = errors.AddRange(plan.Errors),
            Fingerprint = plan.Spec is null ? "" : PodHash.OfText($"{policy.Uid()} {policy["spec"]!.ToJsonString()} {plan.Spec.ToJsonString()}"),
            ComparisonMaxDuration = plan.MaxDuration,
            ComparisonMinDuration = plan.MinDuration,
            ComparisonInterval = plan.Interval,
            Watches = plan.Watch is not null,
            PromotesAtEnd = plan.PromotesAtEnd,
            PromotesByDefault = plan.PromotesByDefault,
        };
    }

    private static IEnumerable<SpecError> MissingFields(PromotionPolicySpec spec, JsonObject rollout)
    {
        var resource = System.Text.Json.JsonSerializer.SerializeToElement(rollout);
        return spec.Analysis.Arguments
            .Where(a => a.FieldPath is not null && ArgumentValues.Of(a, resource, "", "") is null)
            .Select(a => new SpecError("spec.args", $"argument {a.Name}: the Rollout has no plain value at {a.FieldPath}") { Code = SpecErrorCode.RolloutFieldMissing });
    }
}
