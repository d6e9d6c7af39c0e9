using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Rollouts.Hashing;
using CanaryAnalyzer.Core.Rollouts.Rules;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1;
using CanaryAnalyzer.Kubernetes.Mapping;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>One version of a PromotionPolicy, read once, and what its templates last came to: each look of each Rollout asks for both.</summary>
internal sealed class KnownPolicy
{
    private readonly string _namespace;
    private readonly string _identity;
    private readonly LabelSelector? _selector;
    private readonly PromotionPolicySpec? _spec;
    private readonly ImmutableArray<SpecError> _errors;
    private Planned? _last;

    private KnownPolicy(JsonObject policy)
    {
        (Name, _namespace, IsBeingDeleted) = (policy.Name(), policy.Namespace(), policy.IsDeleting());
        _identity = $"{policy.Uid()} {policy["spec"]?.ToJsonString()}";
        _selector = PolicyReader.Selector(policy);
        (_spec, _errors) = PolicyReader.Read(policy);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Somebody deleted it.</summary>
    public bool IsBeingDeleted { get; }

    /// <summary>Reads a policy.</summary>
    public static KnownPolicy Read(JsonObject policy) => new(policy);

    /// <summary>Whether it selects a Rollout with such labels.</summary>
    public bool Selects(IReadOnlyDictionary<string, string> labels) => _selector is not null && LabelSelectors.Matches(_selector, labels);

    /// <summary>What it comes to for a Rollout.</summary>
    public PolicyObservation Observe(IClusterView view, IAnalysisPlanner planner, JsonObject rollout)
    {
        if (_spec is not { } spec) return new PolicyObservation { Name = Name, Errors = _errors };
        var versions = string.Join(' ', spec.Analysis.Templates.Select(template => Version(view, template)));
        if (Volatile.Read(ref _last) is { } last && last.Templates == versions) return last.Observation;
        var resource = JsonSerializer.SerializeToElement(rollout);
        var analysis = spec.Analysis with { Arguments = [.. spec.Analysis.Arguments, .. PauseArguments.Known(spec.Analysis.Arguments)] };
        var plan = planner.Plan(analysis, _namespace, resource);
        var seen = Observation(spec, plan, resource);

        // What a Rollout's fields go into holds for that Rollout alone.
        if (!plan.ReadsRollout && !spec.Analysis.Arguments.Any(argument => argument.FieldPath is not null)) Volatile.Write(ref _last, new Planned(versions, seen));
        return seen;
    }

    private PolicyObservation Observation(PromotionPolicySpec spec, AnalysisPlan plan, JsonElement rollout)
    {
        var errors = _errors.AddRange(spec.Analysis.Arguments
            .Where(a => a.FieldPath is not null && ArgumentValues.Of(a, rollout, "", "") is null)
            .Select(a => new SpecError("spec.args", $"argument {a.Name}: the Rollout has no plain value at {a.FieldPath}") { Code = SpecErrorCode.RolloutFieldMissing }));
        if (plan is { Spec: not null, IsFinite: false })
            errors = errors.Add(new SpecError("spec.templates", "a metric that never ends can never promote: give each metric that has an interval a count"));
        return new PolicyObservation
        {
            Name = Name,
            Spec = spec,
            Errors = errors.AddRange(plan.Errors),
            Fingerprint = plan.Spec is null ? "" : PodHash.OfText($"{_identity} {plan.Spec.ToJsonString()}"),
            ComparisonMaxDuration = plan.MaxDuration,
            ComparisonMinDuration = plan.MinDuration,
            ComparisonInterval = plan.Interval,
            Watches = plan.Watch is not null,
            PromotesAtEnd = plan.PromotesAtEnd,
            PromotesByDefault = plan.PromotesByDefault,
        };
    }

    // An object without a version is no cluster's: nothing tells whether it changed.
    private string Version(IClusterView view, AnalysisTemplateReference template)
    {
        var (type, key) = template.ClusterScope
            ? (ResourceType.ClusterAnalysisTemplates, new ResourceKey(null, template.Name)) : (ResourceType.AnalysisTemplates, new ResourceKey(_namespace, template.Name));
        return view.Version(type, key) is not { } version ? "none" : version.Length > 0 ? version : Guid.NewGuid().ToString();
    }

    private sealed record Planned(string Templates, PolicyObservation Observation);
}
