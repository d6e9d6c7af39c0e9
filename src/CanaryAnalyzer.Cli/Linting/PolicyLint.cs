using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Manifests;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Linting;

/// <summary>Checks PromotionPolicies, with their templates and for the Rollouts that they select.</summary>
internal sealed class PolicyLint(IClusterView view, IAnalysisPlanner planner, ReferenceLint references, IReadOnlyList<Manifest> manifests)
{
    private readonly PolicyObserver _policies = new(view, planner);

    public IEnumerable<Finding> Find(Manifest manifest)
    {
        var (spec, errors) = PolicyReader.Read(manifest.Resource);
        if (spec is null)
            return errors.Select(error => Finding.Of(manifest, error.Path, error.Message));
        var found = references.Missing(manifest, "spec", spec.Analysis.Templates.Select(template => new TemplateReference(template.Name, template.ClusterScope))).ToList();
        var rollouts = manifests.Select(one => one.Resource).Where(one => one.Text("kind") == "Rollout" && SameNamespace(one, manifest.Resource)).ToList();
        var selected = rollouts.Where(rollout => PolicyReader.Selects(manifest.Resource, Labels(rollout))).ToList();
        if (rollouts.Count > 0 && selected.Count == 0)
            found.Add(Finding.Of(manifest, "spec.selector", $"selects none of the Rollouts in these files ({string.Join(", ", rollouts.Select(one => one.Text("metadata", "name")))}): their pauses wait for a human", isWarning: true));

        // Without a Rollout, arguments that come from its fields can't be known.
        var seen = selected.Count > 0
            ? selected.SelectMany(rollout => _policies.Observe(manifest.Resource, rollout).Errors)
            : _policies.Observe(manifest.Resource, new JsonObject()).Errors.Where(error => error.Code != SpecErrorCode.RolloutFieldMissing);
        found.AddRange(seen.Distinct().Where(error => !ReferenceLint.IsToldElsewhere(error))
            .Select(error => Finding.Of(manifest, error.Path.StartsWith("spec", StringComparison.Ordinal) ? error.Path : $"spec.{error.Path}", error.Message)));
        return found;
    }

    private static bool SameNamespace(JsonObject one, JsonObject other) =>
        one.Text("metadata", "namespace") is not { } left || other.Text("metadata", "namespace") is not { } right || left == right;

    private static Dictionary<string, string> Labels(JsonObject rollout) =>
        (rollout["metadata"]?["labels"] as JsonObject ?? []).ToDictionary(label => label.Key, label => label.Value?.ToString() ?? "", StringComparer.Ordinal);
}
