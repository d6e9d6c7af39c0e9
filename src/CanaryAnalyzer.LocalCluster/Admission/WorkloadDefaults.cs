using System.Text;
using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Admission;

/// <summary>The defaults of the built-in kinds that the stories use.</summary>
internal static class WorkloadDefaults
{
    public static void Deployment(JsonObject next)
    {
        var spec = next.Ensure("spec");
        spec.Default("replicas", 1);
        spec.Default("revisionHistoryLimit", 10);
        spec.Default("progressDeadlineSeconds", 600);
        var strategy = spec.Ensure("strategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.TextAt("type") == "RollingUpdate")
        {
            var rolling = strategy.Ensure("rollingUpdate");
            rolling.Default("maxUnavailable", "25%");
            rolling.Default("maxSurge", "25%");
        }

        PodTemplateDefaults.Apply(spec.Ensure("template"));
    }

    public static void ReplicaSet(JsonObject next)
    {
        var spec = next.Ensure("spec");
        spec.Default("replicas", 1);
        var template = spec.Ensure("template");
        PodTemplateDefaults.Apply(template);
        if (spec["selector"] is null && template.ObjectAt("metadata", "labels") is { } labels)
            spec["selector"] = new JsonObject { ["matchLabels"] = labels.DeepClone() };
    }

    public static void Pod(JsonObject next)
    {
        var spec = next.Ensure("spec");
        PodTemplateDefaults.ApplyToSpec(spec);
        spec.Default("serviceAccountName", "default");
        spec.Default("serviceAccount", "default");
        spec.Default("enableServiceLinks", true);
        spec.Default("preemptionPolicy", "PreemptLowerPriority");
        spec.Default("priority", 0);
        next.Ensure("status").Default("phase", "Pending");
        next.Ensure("status").Default("qosClass", "BestEffort");
    }

    public static void Namespace(JsonObject next)
    {
        var name = next.TextAt("metadata", "name") ?? "";
        next.Ensure("metadata", "labels")["kubernetes.io/metadata.name"] = name;
        next.Ensure("spec").Default("finalizers", new JsonArray("kubernetes"));
        next.Ensure("status").Default("phase", "Active");
    }

    public static void Secret(JsonObject next)
    {
        next.Default("type", "Opaque");
        if (next.ObjectAt("stringData") is not { } plain)
            return;
        foreach (var (name, value) in plain)
            next.Ensure("data")[name] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value?.GetValue<string>() ?? ""));
        next.Remove("stringData");
    }
}
