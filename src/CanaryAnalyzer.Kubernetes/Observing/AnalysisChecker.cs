using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Core.Rollouts.Rules;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Checks the analyses that a Rollout names, before any of them is due.</summary>
public sealed class AnalysisChecker(IAnalysisPlanner planner)
{
    /// <summary>Everything that stands against the Rollout's own analyses.</summary>
    /// <param name="spec">The Rollout's spec.</param>
    /// <param name="resource">The whole Rollout.</param>
    /// <param name="inNamespace">Its namespace.</param>
    public ImmutableArray<SpecError> Check(RolloutSpec spec, JsonElement resource, string inNamespace)
    {
        var errors = ImmutableArray.CreateBuilder<SpecError>();
        foreach (var (path, analysis, mustEnd) in spec.Strategy.Analyses) Check(analysis, path, mustEnd, resource, inNamespace, errors);
        return errors.ToImmutable();
    }

    private void Check(RolloutAnalysis analysis, string path, bool mustEnd, JsonElement resource, string inNamespace, ImmutableArray<SpecError>.Builder errors)
    {
        foreach (var argument in analysis.Arguments.Where(a => a.FieldPath is not null && ArgumentValues.Of(a, resource, "", "") is null))
            errors.Add(new SpecError($"{path}.args", $"argument {argument.Name}: the Rollout has no plain value at {argument.FieldPath}") { Code = SpecErrorCode.RolloutFieldMissing });
        var known = analysis with { Arguments = [.. analysis.Arguments, .. PauseArguments.Known(analysis.Arguments)] };
        var plan = planner.Plan(known, inNamespace, resource);
        errors.AddRange(plan.Errors.Select(e => e with { Path = path, Message = e.ToString() }));
        if (mustEnd && plan is { Spec: not null, IsFinite: false })
            errors.Add(new SpecError(path, "a step's analysis must end by itself: give each metric that has an interval a count"));
    }
}
