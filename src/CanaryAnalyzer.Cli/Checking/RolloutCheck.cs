using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Checking;

/// <summary>Whether the Rollout itself is valid, and what it takes its pods from is there.</summary>
internal sealed class RolloutCheck(ClusterFacts facts)
{
    public IReadOnlyList<CheckLine> Run()
    {
        var list = new CheckList($"Rollout {facts.Name}");
        var errors = RolloutReader.Read(facts.Rollout).Errors;
        if (facts.Spec is { } spec)
            errors = errors.AddRange(new AnalysisChecker(new AnalysisPlanner(facts.View)).Check(spec, JsonSerializer.SerializeToElement(facts.Rollout), facts.Namespace));
        foreach (var error in errors)
            list.Bad($"{error.Path} {error.Message}", $"kubectl edit rollout {facts.Name} -n {facts.Namespace}");
        foreach (var field in UnknownFields.Find(facts.Rollout, ResourceSchema.Of("Rollout")))
            list.Warn($"{field.Path} is not a known field: nobody reads it", field.Nearest is { } nearest ? $"did you mean {nearest}?" : "");
        if (errors.IsEmpty)
            list.Ok("the spec is valid");
        if (facts.Spec is not null)
            Template(list);
        return list.Lines;
    }

    private void Template(CheckList list)
    {
        var spec = facts.Spec!;
        JsonNode? template = facts.Rollout["spec"]?["template"];
        if (spec.Workload is { } workload)
        {
            var found = facts.View.Get(ResourceType.Deployments, new ResourceKey(facts.Namespace, workload.Name));
            if (found is null)
            {
                list.Bad($"spec.workloadRef: there is no Deployment {workload.Name} in namespace {facts.Namespace}", "create it, or correct spec.workloadRef.name");
                return;
            }

            list.Ok($"the pod template comes from Deployment {workload.Name}");
            template = found["spec"]?["template"];
        }

        if (spec.MatchLabels.FirstOrDefault(label => template.Text("metadata", "labels", label.Key) != label.Value) is { Key: not null } lacking)
            list.Bad($"the pod template lacks the label {lacking.Key}={lacking.Value} of spec.selector", "give selector and template the same labels");
    }
}
