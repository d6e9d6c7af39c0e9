using System.Text.Json;
using CanaryAnalyzer.Cli.Manifests;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Linting;

/// <summary>Checks Rollouts, with the analyses that they name.</summary>
internal sealed class RolloutLint(IClusterView view, IAnalysisPlanner planner, ReferenceLint references)
{
    private readonly AnalysisChecker _analyses = new(planner);
    private readonly PolicyObserver _policies = new(view, planner);

    public IEnumerable<Finding> Find(Manifest manifest, ResourceSchema schema)
    {
        var found = UnknownFields.Find(manifest.Resource, schema).Select(field => Linter.Unknown(manifest, field, isWarning: true)).ToList();
        var (spec, errors) = RolloutReader.Read(manifest.Resource);
        found.AddRange(errors.Select(error => Finding.Of(manifest, error.Path, error.Message)));
        if (spec is null)
            return found;
        foreach (var (path, analysis, _) in spec.Strategy.Analyses)
            found.AddRange(references.Missing(manifest, path, analysis.Templates.Select(template => new TemplateReference(template.Name, template.ClusterScope))));
        var inNamespace = manifest.Resource.Text("metadata", "namespace") ?? "";
        found.AddRange(_analyses.Check(spec, JsonSerializer.SerializeToElement(manifest.Resource), inNamespace)
            .Where(error => !ReferenceLint.IsToldElsewhere(error))
            .Select(error => Finding.Of(manifest, error.Path, error.Message)));
        var selecting = _policies.Observe(manifest.Resource);
        if (selecting.Length > 1)
            found.Add(Finding.Of(manifest, "metadata.labels", $"is selected by the PromotionPolicies {string.Join(" and ", selecting.Select(policy => policy.Name))}: none applies until only one does"));
        return found;
    }
}
