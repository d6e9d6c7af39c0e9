using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Pods;

/// <summary>Where a pod's application can be reached.</summary>
internal static class PodAddress
{
    /// <summary>Set on a pod whose application listens on another port than its container names: <c>127.0.0.1:43127</c>.</summary>
    public const string Annotation = "canaryanalyzer.io/address";

    /// <summary>The port behind a Service's <c>targetPort</c> (a number or the name of a container's port).</summary>
    public static int Port(JsonObject pod, JsonNode? targetPort)
    {
        var named = targetPort?.GetValueKind() == JsonValueKind.String
            ? Ports(pod).FirstOrDefault(p => p.TextAt("name") == targetPort.Printed()).CountAt("containerPort")
            : int.Parse(targetPort.Printed() ?? "0", CultureInfo.InvariantCulture);
        return Actual(pod) is { } actual && (named == Declared(pod) || Declared(pod) is null) ? actual : named;
    }

    /// <summary>The first port that a container names.</summary>
    public static int? Declared(JsonObject pod) => Ports(pod).FirstOrDefault() is { } port ? port.CountAt("containerPort") : null;

    public static IEnumerable<JsonObject> Ports(JsonObject pod) => pod.ObjectsAt("spec", "containers").SelectMany(c => c.ObjectsAt("ports"));

    private static int? Actual(JsonObject pod)
    {
        var address = pod.TextAt("metadata", "annotations", Annotation);
        return address is not null && int.TryParse(address.AsSpan(address.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
    }
}
