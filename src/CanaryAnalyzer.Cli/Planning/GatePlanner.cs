using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Strategies.Canary;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Planning;

/// <summary>Works out the gates of a Rollout from its steps and from the policies that select it.</summary>
/// <param name="view">The objects around it.</param>
/// <param name="arguments">Values for arguments, before those that a run gets by itself.</param>
internal sealed class GatePlanner(IClusterView view, IReadOnlyDictionary<string, string> arguments)
{
    private readonly AnalysisPlanner _planner = new(view);

    /// <summary>The gates; null where the Rollout can't be read.</summary>
    public RolloutPlan? Plan(JsonObject rollout)
    {
        if (RolloutReader.Read(rollout).Spec is not { Strategy: CanaryStrategy canary })
            return null;
        var policies = new PolicyObserver(view, _planner).Observe(rollout);
        var acting = policies is [{ Spec: not null, Errors.IsEmpty: true } one] ? one : null;
        var lastPause = canary.Steps.LastOrDefault(step => step is CanaryStep.Pause);
        var gates = new List<Gate>();
        var weight = 0;
        foreach (var (index, step) in canary.Steps.Index())
        {
            weight = (step as CanaryStep.SetWeight)?.Weight ?? weight;
            var gate = new Gate { Number = index + 1, What = step.Describe(), Weight = weight };
            gates.Add(step switch
            {
                CanaryStep.Pause pause => Pause(gate, pause, rollout, acting, ReferenceEquals(step, lastPause)),
                CanaryStep.Analysis analysis => Judged(gate with { By = "its analysis" }, Comparisons(analysis.Run, rollout), null, isLast: false),
                _ => gate,
            });
        }

        return new RolloutPlan(rollout.Text("metadata", "name") ?? "", gates, [.. Notes(policies)]);
    }

    private Gate Pause(Gate gate, CanaryStep.Pause pause, JsonObject rollout, PolicyObservation? acting, bool isLast)
    {
        if (acting?.Spec is not { } policy)
            return gate with { By = pause.Duration is null ? "a human" : "time alone", Deadline = pause.Duration };
        var judged = gate with { By = $"policy/{acting.Name}", Policy = policy, Deadline = Deadline(acting, pause) };
        if (policy.Mode == PolicyMode.Observe)
            judged = judged with { By = $"{(pause.Duration is null ? "a human" : "time")}; {judged.By} observes" };
        return Judged(judged, Comparisons(policy.Analysis, rollout), judged.Deadline, isLast);
    }

    // As the controller's gate: the pause's duration, else the policy's, or a comparison's own where that is shorter.
    private static TimeSpan Deadline(PolicyObservation policy, CanaryStep.Pause pause)
    {
        var length = pause.Duration ?? policy.Spec!.MaxDuration;
        return policy.ComparisonMaxDuration is { } own && own < length ? own : length;
    }

    private static Gate Judged(Gate gate, List<(string Metric, CompareSpec Spec)> comparisons, TimeSpan? deadline, bool isLast) => gate with
    {
        Deadline = deadline ?? (comparisons.Count == 0 ? null : comparisons.Max(one => one.Spec.MaxDuration)),
        Comparisons =
        [
            .. comparisons.Select(one => new GateComparison(
                one.Metric, one.Spec, CompareJudging.Options(one.Spec, comparisons.Count, deadline < one.Spec.MaxDuration ? deadline : one.Spec.MaxDuration, isLast))),
        ],
    };

    private List<(string Metric, CompareSpec Spec)> Comparisons(RolloutAnalysis analysis, JsonObject rollout)
    {
        var given = analysis.Arguments.Select(one => arguments.TryGetValue(one.Name, out var value) ? new AnalysisArgument(one.Name, value) : one).ToList();
        given.AddRange(arguments.Where(one => given.TrueForAll(other => other.Name != one.Key)).Select(one => new AnalysisArgument(one.Key, one.Value)));
        var whole = analysis with { Arguments = [.. given, .. PauseArguments.Known(given)] };
        var plan = _planner.Plan(whole, rollout.Text("metadata", "namespace") ?? "", JsonSerializer.SerializeToElement(rollout));
        var wrapped = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "plan" }, ["spec"] = plan.Spec };
        if (plan.Spec is null || !AnalysisRunJson.TryRead(JsonSerializer.SerializeToElement(wrapped), out var run))
            return [];
        return [.. RunPlan.Of(run).Metrics.Where(metric => !metric.DryRun && metric.Spec.Provider is CompareSpec).Select(metric => (metric.Spec.Name, (CompareSpec)metric.Spec.Provider))];
    }

    private static IEnumerable<string> Notes(IReadOnlyList<PolicyObservation> policies)
    {
        if (policies.Count == 0)
            yield return "no PromotionPolicy selects it: pauses without a duration wait for a human";
        else if (policies.Count > 1)
            yield return $"the PromotionPolicies {string.Join(" and ", policies.Select(policy => policy.Name))} select it: none applies until only one does";
        foreach (var policy in policies)
        {
            foreach (var error in policy.Errors)
                yield return $"PromotionPolicy {policy.Name} does not act: {error}";
            if (policy.Spec is { Suspend: true })
                yield return $"PromotionPolicy {policy.Name} is suspended: it aborts, and promotes nothing";
        }
    }
}
