using System.Text;
using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Pods;
using CanaryAnalyzer.LocalCluster.Selecting;
using CanaryAnalyzer.LocalCluster.Storage;

namespace CanaryAnalyzer.LocalCluster.Workloads;

/// <summary>Keeps the EndpointSlices of the Services: pods with the same ports share one.</summary>
internal sealed class EndpointSliceController(ObjectWriter writer, ObjectRemover remover) : IController
{
    public const string ServiceLabel = "kubernetes.io/service-name";
    private const string Manager = "endpointslice-controller.local-cluster";

    public DateTimeOffset? Reconcile(DateTimeOffset now)
    {
        var wanted = new Dictionary<ObjectKey, JsonObject>();
        foreach (var service in writer.Store.List(BuiltInKinds.Services.Resource).Objects.Where(s => s.Json.ObjectAt("spec", "selector") is { Count: > 0 }))
        {
            foreach (var (key, slice) in Slices(service))
                wanted[key] = slice;
        }

        foreach (var left in writer.Store.List(BuiltInKinds.EndpointSlices.Resource).Objects)
        {
            if (left.Json.TextAt("metadata", "labels", "endpointslice.kubernetes.io/managed-by") == Manager && !wanted.ContainsKey(left.Key))
                remover.TryDelete(BuiltInKinds.EndpointSlices, left.Key);
        }

        foreach (var (key, slice) in wanted)
            Write(key, slice);
        return null;
    }

    private void Write(ObjectKey key, JsonObject slice)
    {
        if (writer.Store.Get(key) is null)
        {
            writer.Create(BuiltInKinds.EndpointSlices, key.Namespace, slice, WriteOptions.Controller);
            return;
        }

        writer.TryUpdate(BuiltInKinds.EndpointSlices, key, next =>
        {
            foreach (var member in (string[])["endpoints", "ports"])
                next[member] = slice[member]!.DeepClone();
        });
    }

    private IEnumerable<(ObjectKey Key, JsonObject Slice)> Slices(StoredObject service)
    {
        var selector = LabelSelector.OfMap(service.Json.ObjectAt("spec", "selector"));
        var pods = writer.Store.List(BuiltInKinds.Pods.Resource, service.Key.Namespace).Objects
            .Where(p => selector.Matches(p.Json.ObjectAt("metadata", "labels")) && p.Json.TextAt("status", "podIP") is not null);
        foreach (var group in pods.GroupBy(p => Ports(service.Json, p.Json).ToJsonString(), StringComparer.Ordinal))
        {
            var name = $"{service.Key.Name}-{ObjectMetadata.SafeHash(Encoding.UTF8.GetBytes(group.Key))[..5]}";
            var slice = new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["name"] = name,
                    ["labels"] = new JsonObject { [ServiceLabel] = service.Key.Name, ["endpointslice.kubernetes.io/managed-by"] = Manager },
                    ["ownerReferences"] = new JsonArray(Ownership.Reference(service)),
                },
                ["addressType"] = "IPv4",
                ["endpoints"] = new JsonArray([.. group.Select(Endpoint)]),
                ["ports"] = JsonNode.Parse(group.Key),
            };
            yield return (new ObjectKey(BuiltInKinds.EndpointSlices.Resource, service.Key.Namespace, name), slice);
        }
    }

    private static JsonArray Ports(JsonObject service, JsonObject pod) => new(
    [
        .. service.ObjectsAt("spec", "ports").Select(p => new JsonObject
        {
            ["name"] = p.TextAt("name") ?? "", ["port"] = PodAddress.Port(pod, p["targetPort"]), ["protocol"] = p.TextAt("protocol") ?? "TCP",
        }),
    ]);

    private static JsonObject Endpoint(StoredObject pod)
    {
        var ready = Conditions.IsTrue(pod.Json, "Ready");
        return new JsonObject
        {
            ["addresses"] = new JsonArray(pod.Json.TextAt("status", "podIP")),
            ["conditions"] = new JsonObject { ["ready"] = ready && !pod.IsTerminating, ["serving"] = ready, ["terminating"] = pod.IsTerminating },
            ["nodeName"] = pod.Json.TextAt("spec", "nodeName") ?? "local",
            ["targetRef"] = new JsonObject { ["kind"] = "Pod", ["namespace"] = pod.Key.Namespace, ["name"] = pod.Key.Name, ["uid"] = pod.Uid },
        };
    }
}
