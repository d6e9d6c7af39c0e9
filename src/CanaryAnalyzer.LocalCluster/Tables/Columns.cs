using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Selecting;

namespace CanaryAnalyzer.LocalCluster.Tables;

/// <summary>The columns that <c>kubectl get</c> shows for a kind.</summary>
internal static class Columns
{
    private static readonly Column Name = new("Name", "string", (o, _) => o.TextAt("metadata", "name"), Format: "name");
    private static readonly Column Age = Since("Age", "metadata", "creationTimestamp");

    private static readonly Dictionary<ResourceKind, Column[]> BuiltIn = new()
    {
        [BuiltInKinds.Pods] =
        [
            Name,
            new("Ready", "string", (o, _) => $"{o.ObjectsAt("status", "containerStatuses").Count(c => c.FlagAt("ready"))}/{o.ArrayAt("spec", "containers")?.Count ?? 0}"),
            new("Status", "string", (o, _) => PodState(o)),
            new("Restarts", "integer", (o, _) => o.ObjectsAt("status", "containerStatuses").Sum(c => c.CountAt("restartCount"))),
            Age,
            Text("IP", 1, "status", "podIP"),
            Text("Node", 1, "spec", "nodeName"),
        ],
        [BuiltInKinds.Deployments] =
        [
            Name,
            new("Ready", "string", (o, _) => $"{o.CountAt("status", "readyReplicas")}/{o.CountAt("spec", "replicas")}"),
            Count("Up-to-date", "status", "updatedReplicas"), Count("Available", "status", "availableReplicas"), Age,
            .. Template(),
        ],
        [BuiltInKinds.ReplicaSets] =
        [
            Name, Count("Desired", "spec", "replicas"), Count("Current", "status", "replicas"), Count("Ready", "status", "readyReplicas"), Age,
            .. Template(),
        ],
        [BuiltInKinds.Services] =
        [
            Name, Text("Type", 0, "spec", "type"), Text("Cluster-IP", 0, "spec", "clusterIP"),
            new("External-IP", "string", (_, _) => "<none>"),
            new("Port(s)", "string", (o, _) => string.Join(',', o.ObjectsAt("spec", "ports").Select(p => $"{p.CountAt("port")}/{p.TextAt("protocol")}"))),
            Age,
            new("Selector", "string", (o, _) => Labels(o.ObjectAt("spec", "selector")), 1),
        ],
        [BuiltInKinds.Namespaces] = [Name, Text("Status", 0, "status", "phase"), Age],
        [BuiltInKinds.Nodes] = [Name, new("Status", "string", (_, _) => "Ready"), Age, Text("Version", 0, "status", "nodeInfo", "kubeletVersion")],
        [BuiltInKinds.Events] =
        [
            Since("Last Seen", "lastTimestamp"), Text("Type", 0, "type"), Text("Reason", 0, "reason"),
            new("Object", "string", (o, _) => $"{o.TextAt("involvedObject", "kind")?.ToLowerInvariant()}/{o.TextAt("involvedObject", "name")}"),
            Text("Message", 0, "message"), new Column("Name", "string", Name.Cell, 1, "name"),
        ],
        [BuiltInKinds.EndpointSlices] =
        [
            Name, Text("AddressType", 0, "addressType"),
            new("Ports", "string", (o, _) => string.Join(',', o.ObjectsAt("ports").Select(p => p["port"].Printed()))),
            new("Endpoints", "string", (o, _) => string.Join(',', o.ObjectsAt("endpoints").Select(e => e.ArrayAt("addresses")?[0].Printed()))),
            Age,
        ],
        [BuiltInKinds.CustomResourceDefinitions] = [Name, Text("Created At", 0, "metadata", "creationTimestamp")],
    };

    public static IReadOnlyList<Column> Of(ResourceKind kind)
    {
        if (BuiltIn.TryGetValue(kind, out var columns))
            return columns;
        if (kind.PrinterColumns is not { } declared)
            return [Name, Age];
        return [Name, .. declared.OfType<JsonObject>().Select(Declared)];
    }

    private static Column Declared(JsonObject column)
    {
        var path = JsonPath.Parse(column.TextAt("jsonPath") ?? "");
        var type = column.TextAt("type") ?? "string";
        return new Column(column.TextAt("name") ?? "", type, (o, now) => Cell(path.Find(o), type, now), column.CountAt("priority"), column.TextAt("format") ?? "");
    }

    private static JsonNode? Cell(IReadOnlyList<JsonNode?> found, string type, DateTimeOffset now)
    {
        if (found.Count == 0)
            return null;
        if (type == "date")
            return DateTimeOffset.TryParse(found[0].Printed(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? HumanDuration.Of(now - time) : "<unknown>";
        return type is "integer" or "number" or "boolean" ? found[0]?.DeepClone() : string.Join(',', found.Select(f => f.Printed()));
    }

    private static Column Since(string name, params string[] path) =>
        new(name, "string", (o, now) => o.TimeAt(path) is { } time ? HumanDuration.Of(now - time) : "<unknown>");

    private static Column Count(string name, params string[] path) => new(name, "integer", (o, _) => o.CountAt(path));

    private static Column Text(string name, int priority, params string[] path) => new(name, "string", (o, _) => o.TextAt(path) ?? "<none>", priority);

    private static Column[] Template() =>
    [
        new("Containers", "string", (o, _) => string.Join(',', o.ObjectsAt("spec", "template", "spec", "containers").Select(c => c.TextAt("name"))), 1),
        new("Images", "string", (o, _) => string.Join(',', o.ObjectsAt("spec", "template", "spec", "containers").Select(c => c.TextAt("image"))), 1),
        new("Selector", "string", (o, _) => LabelSelector.OfObject(o.ObjectAt("spec", "selector")).ToString(), 1),
    ];

    private static string Labels(JsonObject? labels) => labels is { Count: > 0 } ? string.Join(',', labels.Select(l => $"{l.Key}={l.Value.Printed()}")) : "<none>";

    private static string PodState(JsonObject pod)
    {
        if (pod.At("metadata", "deletionTimestamp") is not null)
            return "Terminating";
        var waiting = pod.ObjectsAt("status", "containerStatuses").Select(c => c.TextAt("state", "waiting", "reason")).FirstOrDefault(r => r is not null);
        return waiting ?? pod.TextAt("status", "reason") ?? pod.TextAt("status", "phase") ?? "Unknown";
    }
}
