using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Admission;

/// <summary>The defaults that the API server writes into a pod template or a pod's spec.</summary>
internal static class PodTemplateDefaults
{
    private static readonly string[] Probes = ["livenessProbe", "readinessProbe", "startupProbe"];
    private static readonly string[] ModedVolumes = ["configMap", "secret", "projected", "downwardAPI"];

    public static void Apply(JsonObject template)
    {
        // Go's encoder writes the zero time of a template's metadata as null.
        var metadata = template.Ensure("metadata");
        if (!metadata.ContainsKey("creationTimestamp"))
            metadata.Insert(0, "creationTimestamp", null);
        ApplyToSpec(template.Ensure("spec"));
    }

    public static void ApplyToSpec(JsonObject spec)
    {
        spec.Default("restartPolicy", "Always");
        spec.Default("terminationGracePeriodSeconds", 30);
        spec.Default("dnsPolicy", "ClusterFirst");
        spec.Default("securityContext", new JsonObject());
        spec.Default("schedulerName", "default-scheduler");
        if (spec.TextAt("serviceAccountName") is { } account)
            spec["serviceAccount"] = account;
        foreach (var list in (string[])["containers", "initContainers"])
        {
            foreach (var container in spec.ObjectsAt(list))
                Container(container);
        }

        foreach (var volume in spec.ObjectsAt("volumes"))
            Volume(volume);
    }

    private static void Container(JsonObject container)
    {
        container.Default("resources", new JsonObject());
        container.Default("terminationMessagePath", "/dev/termination-log");
        container.Default("terminationMessagePolicy", "File");
        container.Default("imagePullPolicy", IsLatest(container.TextAt("image") ?? "") ? "Always" : "IfNotPresent");
        foreach (var port in container.ObjectsAt("ports"))
            port.Default("protocol", "TCP");
        foreach (var variable in container.ObjectsAt("env"))
            variable.ObjectAt("valueFrom", "fieldRef")?.Default("apiVersion", "v1");
        foreach (var name in Probes)
        {
            if (container.ObjectAt(name) is { } probe)
                Probe(probe);
        }

        foreach (var hook in (string[])["postStart", "preStop"])
            container.ObjectAt("lifecycle", hook, "httpGet")?.Default("scheme", "HTTP");
    }

    private static void Probe(JsonObject probe)
    {
        probe.Default("timeoutSeconds", 1);
        probe.Default("periodSeconds", 10);
        probe.Default("successThreshold", 1);
        probe.Default("failureThreshold", 3);
        if (probe.ObjectAt("httpGet") is not { } get)
            return;
        get.Default("scheme", "HTTP");
        get.Default("path", "/");
    }

    private static void Volume(JsonObject volume)
    {
        foreach (var kind in ModedVolumes)
            volume.ObjectAt(kind)?.Default("defaultMode", 420);
        volume.ObjectAt("hostPath")?.Default("type", "");
        if (volume.Count == 1)
            volume["emptyDir"] = new JsonObject();
    }

    private static bool IsLatest(string image)
    {
        var name = image[(image.LastIndexOf('/') + 1)..];
        return !image.Contains('@', StringComparison.Ordinal)
            && (!name.Contains(':', StringComparison.Ordinal) || name.EndsWith(":latest", StringComparison.Ordinal));
    }
}
