using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Rollouts.Rules;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Puts analyses together from the templates in the cluster.</summary>
public sealed class AnalysisPlanner(IClusterView view) : IAnalysisPlanner
{
    /// <inheritdoc/>
    public AnalysisPlan Plan(RolloutAnalysis analysis, string inNamespace, JsonElement rollout)
    {
        var malformed = new List<SpecError>();
        var readsRollout = false;
        var request = new CompositionRequest
        {
            Path = "",
            Templates = [.. analysis.Templates.Select(t => new TemplateReference(t.Name, t.ClusterScope))],
            Args = [.. analysis.Arguments.Select(a => new ArgumentSpec { Name = a.Name, Value = a.Value ?? (a.PodTemplateHash is null ? null : "hash"), FieldPath = a.FieldPath })],
            DryRun = analysis.DryRun,
            MeasurementRetention = [.. analysis.Retention.Select(r => new RetentionRule(r.MetricName, r.Limit))],
            FieldValue = path =>
            {
                readsRollout = true;
                return ArgumentValues.Field(rollout, path);
            },
        };
        var composition = TemplateComposer.Compose(request, reference => Find(reference, inNamespace, malformed));
        ImmutableArray<SpecError> errors = [.. malformed, .. composition.Errors.Select(e => e with { Path = e.Path.TrimStart('.') })];
        if (composition.Spec is not { } spec || !errors.IsEmpty) return new AnalysisPlan(null, errors, IsFinite: false, null, null, null) { ReadsRollout = readsRollout };
        var plan = RunPlan.Of(spec);
        var comparisons = plan.Metrics.Select(m => m.Spec.Provider).OfType<CompareSpec>().ToList();
        return new AnalysisPlan(
            AnalysisRunJson.Write(spec),
            [],
            !plan.EndlessMetrics.Any(),
            Extreme(comparisons, c => c.MaxDuration, Enumerable.Min),
            Extreme(comparisons, c => c.MinDuration, Enumerable.Max),
            Extreme(comparisons, c => c.Interval, Enumerable.Max))
        {
            ReadsRollout = readsRollout,
            Watch = Watch(spec, plan),
            PromotesAtEnd = comparisons.Exists(c => c.Promote == PromoteWhen.AtEnd),
            PromotesByDefault = comparisons.Exists(c => c.Promote is null),
        };
    }

    // Rules about metrics that are left out would match nothing, which is an error; a comparison is one measurement, and a dry run nothing to look on for.
    private static AnalysisRunSpec? Watch(AnalysisRunSpec spec, RunPlan plan)
    {
        var counting = plan.Metrics.Where(m => m.Spec.Provider.Compares && !m.DryRun).Select(m => spec.Metrics[m.Index]).ToList();
        return counting.Count == 0 ? null : spec with { Metrics = [.. counting], DryRun = [], MeasurementRetention = [] };
    }

    private AnalysisTemplateSpec? Find(TemplateReference reference, string inNamespace, List<SpecError> errors)
    {
        var found = reference.ClusterScope
            ? view.Get(ResourceType.ClusterAnalysisTemplates, new ResourceKey(null, reference.Name))
            : view.Get(ResourceType.AnalysisTemplates, new ResourceKey(inNamespace, reference.Name));
        if (found is null) return null;
        var before = errors.Count;

        // A misspelt condition that nobody reads would let every measurement pass.
        errors.AddRange(UnknownFields.Find(found, ResourceSchema.Of(reference.ClusterScope ? "ClusterAnalysisTemplate" : "AnalysisTemplate")).Select(field => field.Error));
        var spec = AnalysisTemplateSpec.TryRead(JsonSerializer.SerializeToElement(found["spec"] ?? new JsonObject()), "spec", errors);
        for (var i = before; i < errors.Count; i++) errors[i] = errors[i] with { Path = $"{reference}: {errors[i].Path}", Code = SpecErrorCode.InTemplate };
        return spec ?? new AnalysisTemplateSpec();
    }

    private static TimeSpan? Extreme(List<CompareSpec> comparisons, Func<CompareSpec, TimeSpan> of, Func<IEnumerable<TimeSpan>, TimeSpan> pick) =>
        comparisons.Count == 0 ? null : pick(comparisons.Select(of));
}
