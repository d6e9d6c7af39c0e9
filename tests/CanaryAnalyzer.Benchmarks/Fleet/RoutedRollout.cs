using System.Globalization;
using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Benchmarks.Fleet;

/// <summary>A Rollout with two Services and an HTTPRoute of its own.</summary>
/// <param name="Name">Its name, and that of its route.</param>
/// <param name="Replicas">Pods.</param>
/// <param name="Steps">Its canary steps, as YAML's flow style, which is JSON.</param>
internal sealed record RoutedRollout(string Name, int Replicas, string Steps)
{
    /// <summary>Half the weight, a pause of 3 s, all of the weight.</summary>
    public const string ShortSteps = """[{"setWeight": 50}, {"pause": {"duration": 3}}, {"setWeight": 100}]""";

    /// <summary>Half the weight, and a pause that somebody or a policy has to end.</summary>
    public const string PauseSteps = """[{"setWeight": 50}, {"pause": {}}, {"setWeight": 100}]""";

    /// <summary>Many of them: r0, r1, …</summary>
    public static IReadOnlyList<RoutedRollout> Many(int count, int replicas, string steps) =>
        [.. Enumerable.Range(0, count).Select(i => new RoutedRollout(string.Create(CultureInfo.InvariantCulture, $"r{i}"), replicas, steps))];

    /// <summary>What must be there before it: its Services and its route.</summary>
    public IEnumerable<JsonObject> Surroundings =>
    [
        Service("stable"),
        Service("canary"),
        Object($$$"""
            {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": {"name": "{{{Name}}}"}, "spec": {"parentRefs": [{"name": "gw"}],
             "rules": [{"backendRefs": [{"name": "{{{Name}}}-stable", "port": 80, "weight": 100}, {"name": "{{{Name}}}-canary", "port": 80, "weight": 0}]}]} }
            """),
    ];

    /// <summary>The Rollout.</summary>
    public JsonObject Manifest(string image) => Object($$$"""
        {"apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout", "metadata": {"name": "{{{Name}}}", "labels": {"delivery": "automatic"} }, "spec": {
          "replicas": {{{Replicas}}}, "selector": {"matchLabels": {"app": "{{{Name}}}"} }, "revisionHistoryLimit": 1,
          "strategy": {"canary": {"maxSurge": 1, "maxUnavailable": 0, "stableService": "{{{Name}}}-stable", "canaryService": "{{{Name}}}-canary",
            "trafficRouting": {"plugins": {"argoproj-labs/gatewayAPI": {"httpRoute": "{{{Name}}}", "namespace": "default"} } }, "steps": {{{Steps}}} } },
          "template": {"metadata": {"labels": {"app": "{{{Name}}}"} }, "spec": {"containers": [{"name": "a", "image": "{{{image}}}"}]} } } }
        """);

    /// <summary>The merge patch of a user who delivers an image.</summary>
    public static JsonObject Delivery(string image) => Object($$$"""{"spec": {"template": {"spec": {"containers": [{"name": "a", "image": "{{{image}}}"}]} } } }""");

    /// <summary>Whether a Rollout has delivered an image to its end.</summary>
    public static bool HasDelivered(JsonObject rollout, string image)
    {
        var status = rollout["status"] as JsonObject ?? [];
        var spec = rollout["spec"]!;
        return Text(status, "phase") == "Healthy"
            && (rollout["metadata"]!["generation"] is not { } generation || Text(status, "observedGeneration") == generation.ToString())
            && (status["updatedReplicas"]?.GetValue<int>() ?? 0) == spec["replicas"]!.GetValue<int>()
            && Text(status, "currentPodHash") == Text(status, "stableRS")
            && spec["template"]!["spec"]!["containers"]![0]!["image"]!.GetValue<string>() == image;
    }

    /// <summary>Whether it stands at a pause.</summary>
    public static bool IsPaused(JsonObject rollout) => rollout["status"] is JsonObject status && Text(status, "phase") == "Paused";

    private JsonObject Service(string side) => Object(
        $$$"""{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "{{{Name}}}-{{{side}}}"}, "spec": {"ports": [{"port": 80}], "selector": {"app": "{{{Name}}}"} } }""");

    private static JsonObject Object(string json) => (JsonObject)JsonNode.Parse(json)!;

    private static string Text(JsonObject json, string name) => json[name]?.ToString() ?? "";
}
