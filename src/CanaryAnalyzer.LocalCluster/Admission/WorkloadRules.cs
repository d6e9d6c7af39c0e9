using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Selecting;

namespace CanaryAnalyzer.LocalCluster.Admission;

/// <summary>What the built-in kinds refuse, as far as the stories meet it.</summary>
internal static class WorkloadRules
{
    public static void Check(ResourceKind kind, JsonObject? current, JsonObject next, List<FieldProblem> problems)
    {
        if (kind == BuiltInKinds.Deployments || kind == BuiltInKinds.ReplicaSets)
            CheckWorkload(current, next, problems);
        else if (kind == BuiltInKinds.Pods)
            CheckContainers(next["spec"], "spec", problems);
        else if (kind == BuiltInKinds.Services)
            CheckService(current, next, problems);
    }

    private static void CheckWorkload(JsonObject? current, JsonObject next, List<FieldProblem> problems)
    {
        if (next["spec"]?["replicas"] is JsonValue replicas && (next.NumberAt("spec", "replicas") is not { } count || count < 0))
            problems.Add(FieldProblem.Invalid("spec.replicas", replicas.ToJsonString(), "must be greater than or equal to 0"));
        var selector = next.ObjectAt("spec", "selector");
        var template = next.ObjectAt("spec", "template");
        if (selector is null || selector.Count == 0)
            problems.Add(FieldProblem.Required("spec.selector"));
        else if (!LabelSelector.OfObject(selector).Matches(template.ObjectAt("metadata", "labels")))
            problems.Add(FieldProblem.Invalid("spec.template.metadata.labels", template.ObjectAt("metadata", "labels")?.ToJsonString() ?? "null", "`selector` does not match template `labels`"));
        if (current is not null && !JsonAccess.Same(current.At("spec", "selector"), selector))
            problems.Add(FieldProblem.Invalid("spec.selector", selector?.ToJsonString() ?? "null", "field is immutable"));
        CheckContainers(template?["spec"], "spec.template.spec", problems);
    }

    private static void CheckContainers(JsonNode? spec, string path, List<FieldProblem> problems)
    {
        var containers = spec.ArrayAt("containers");
        if (containers is not { Count: > 0 })
            problems.Add(FieldProblem.Required($"{path}.containers"));
        var index = 0;
        foreach (var container in spec.ObjectsAt("containers"))
        {
            if (container.TextAt("name") is not { Length: > 0 })
                problems.Add(FieldProblem.Required($"{path}.containers[{index}].name"));
            if (container.TextAt("image") is not { Length: > 0 })
                problems.Add(FieldProblem.Required($"{path}.containers[{index}].image"));
            var portIndex = 0;
            foreach (var port in container.ObjectsAt("ports"))
                CheckPort(port["containerPort"], $"{path}.containers[{index}].ports[{portIndex++}].containerPort", problems);
            index++;
        }
    }

    private static void CheckService(JsonObject? current, JsonObject next, List<FieldProblem> problems)
    {
        var address = next.TextAt("spec", "clusterIP");
        if (current.TextAt("spec", "clusterIP") is { Length: > 0 } before && address != before && next.TextAt("spec", "type") != "ExternalName")
            problems.Add(FieldProblem.Invalid("spec.clusterIPs[0]", $"[\"{address}\"]", "may not change once set"));
        var ports = next.ObjectsAt("spec", "ports").ToList();
        if (ports.Count == 0 && address != "None" && next.TextAt("spec", "type") != "ExternalName")
            problems.Add(FieldProblem.Required("spec.ports"));
        for (var i = 0; i < ports.Count; i++)
        {
            CheckPort(ports[i]["port"], $"spec.ports[{i}].port", problems);
            if (ports.Count > 1 && ports[i].TextAt("name") is not { Length: > 0 })
                problems.Add(FieldProblem.Required($"spec.ports[{i}].name"));
        }
    }

    private static void CheckPort(JsonNode? port, string field, List<FieldProblem> problems)
    {
        if (port is null)
            problems.Add(FieldProblem.Required(field));
        else if (port.GetValueKind() != JsonValueKind.Number || !port.AsValue().TryGetValue<int>(out var number) || number is < 1 or > 65535)
            problems.Add(FieldProblem.Invalid(field, port.ToJsonString(), "must be between 1 and 65535, inclusive"));
    }
}
