using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Pods;
using CanaryAnalyzer.LocalCluster.Storage;
using CanaryAnalyzer.LocalCluster.Workloads;

namespace CanaryAnalyzer.LocalCluster.Gateway;

/// <summary>The pods as Prometheus' <c>http_sd_configs</c> reads them, with the labels that its <c>kubernetes_sd_configs</c> gives in role <c>pod</c>.</summary>
internal static partial class ScrapeTargets
{
    private const string Prefix = "__meta_kubernetes_";

    public static JsonArray Document(IObjectStore store) => new(
    [
        .. store.List(BuiltInKinds.Pods.Resource).Objects.Where(p => p.Json.TextAt("status", "podIP") is not null).SelectMany(Groups),
    ]);

    private static IEnumerable<JsonObject> Groups(StoredObject pod)
    {
        var address = pod.Json.TextAt("status", "podIP");
        foreach (var container in pod.Json.ObjectsAt("spec", "containers"))
        {
            foreach (var port in container.ObjectsAt("ports"))
            {
                var number = PodAddress.Port(pod.Json, port["containerPort"]);
                yield return new JsonObject
                {
                    ["targets"] = new JsonArray($"{address}:{number.ToString(CultureInfo.InvariantCulture)}"), ["labels"] = Labels(pod, container, port, number),
                };
            }
        }
    }

    private static JsonObject Labels(StoredObject pod, JsonObject container, JsonObject port, int number)
    {
        var controller = Ownership.Controller(pod.Json);
        var labels = new JsonObject
        {
            [Prefix + "namespace"] = pod.Key.Namespace,
            [Prefix + "pod_name"] = pod.Key.Name,
            [Prefix + "pod_ip"] = pod.Json.TextAt("status", "podIP"),
            [Prefix + "pod_uid"] = pod.Uid,
            [Prefix + "pod_phase"] = pod.Json.TextAt("status", "phase"),
            [Prefix + "pod_ready"] = Conditions.IsTrue(pod.Json, "Ready") ? "true" : "false",
            [Prefix + "pod_node_name"] = pod.Json.TextAt("spec", "nodeName") ?? "",
            [Prefix + "pod_host_ip"] = pod.Json.TextAt("status", "hostIP") ?? "",
            [Prefix + "pod_controller_kind"] = controller.TextAt("kind") ?? "",
            [Prefix + "pod_controller_name"] = controller.TextAt("name") ?? "",
            [Prefix + "pod_container_name"] = container.TextAt("name"),
            [Prefix + "pod_container_image"] = container.TextAt("image"),
            [Prefix + "pod_container_init"] = "false",
            [Prefix + "pod_container_port_name"] = port.TextAt("name") ?? "",
            [Prefix + "pod_container_port_number"] = number.ToString(CultureInfo.InvariantCulture),
            [Prefix + "pod_container_port_protocol"] = port.TextAt("protocol") ?? "TCP",
        };
        foreach (var kind in (string[])["label", "annotation"])
        {
            foreach (var (name, value) in pod.Json.ObjectAt("metadata", kind + "s") ?? [])
            {
                labels[$"{Prefix}pod_{kind}_{LabelName(name)}"] = value.Printed();
                labels[$"{Prefix}pod_{kind}present_{LabelName(name)}"] = "true";
            }
        }

        return labels;
    }

    private static string LabelName(string name) => NotInLabelNames().Replace(name, "_");

    [GeneratedRegex("[^a-zA-Z0-9_]", RegexOptions.None, 1000)]
    private static partial Regex NotInLabelNames();
}
