using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Cli.Demo;

/// <summary>Reads the scene from the cluster, through the API as anybody would.</summary>
internal sealed class SceneReader(IResourceClient resources)
{
    public const string Namespace = "default";
    public const string Rollout = "rollout-canary";
    public const string Route = "web";
    private const string HashLabel = "rollouts-pod-template-hash";
    private static readonly ListOptions InNamespace = new() { Namespace = Namespace };

    public async Task<RolloutScene> ReadAsync(CancellationToken token)
    {
        var rollout = await resources.GetAsync(ResourceType.Rollouts, new ResourceKey(Namespace, Rollout), token);
        var route = await resources.GetAsync(ResourceType.HttpRoutes, new ResourceKey(Namespace, Route), token);
        var sets = await resources.ListAsync(ResourceType.ReplicaSets, InNamespace, token);
        var pods = await resources.ListAsync(ResourceType.Pods, InNamespace, token);
        var runs = await resources.ListAsync(ResourceType.AnalysisRuns, InNamespace with { LabelSelector = "rollout-type=Pause" }, token);
        var status = rollout?["status"];
        return new RolloutScene
        {
            Phase = Text(status, "phase"),
            Message = Text(status, "message"),
            Step = $"{Text(status, "currentStepIndex")}/{(rollout?["spec"]?["strategy"]?["canary"]?["steps"] as JsonArray)?.Count ?? 0}",
            Weights = Objects(route?["spec"]?["rules"]?[0]?["backendRefs"]).ToDictionary(
                b => Text(b, "name"), b => long.Parse(Text(b, "weight") is { Length: > 0 } weight ? weight : "1", CultureInfo.InvariantCulture), StringComparer.Ordinal),
            CurrentHash = Text(status, "currentPodHash"),
            StableHash = Text(status, "stableRS"),
            Versions = [.. sets.Items.Where(s => Text(s["metadata"]?["labels"], HashLabel).Length > 0).Select(s => Version(s, pods)).OrderByDescending(v => v.Revision)],
            Judgements = [.. runs.Items.OrderBy(r => Text(r["metadata"], "creationTimestamp"), StringComparer.Ordinal).Select(Judgement)],
        };
    }

    private static VersionScene Version(JsonObject set, ResourceList pods)
    {
        var uid = Text(set["metadata"], "uid");
        _ = int.TryParse(Text(set["metadata"]?["annotations"], "rollout.argoproj.io/revision"), CultureInfo.InvariantCulture, out var revision);
        return new VersionScene(
            revision, Text(set["metadata"], "name"), Text(set["metadata"]?["labels"], HashLabel), Text(set["spec"]?["template"]?["spec"]?["containers"]?[0], "image"),
            [.. pods.Items.Where(p => Objects(p["metadata"]?["ownerReferences"]).Any(o => Text(o, "uid") == uid)).Select(p => (Text(p["metadata"], "name"), State(p)))]);
    }

    private static string State(JsonObject pod)
    {
        if (pod["metadata"]?["deletionTimestamp"] is not null)
            return "Terminating";
        var ready = Objects(pod["status"]?["conditions"]).Any(c => Text(c, "type") == "Ready" && Text(c, "status") == "True");
        return ready ? "ready" : Objects(pod["status"]?["containerStatuses"]).Select(c => Text(c["state"]?["waiting"], "reason")).FirstOrDefault(r => r.Length > 0) ?? "starting";
    }

    private static JudgementScene Judgement(JsonObject run)
    {
        var last = Objects(run["status"]?["metricResults"]).Select(m => Objects(m["measurements"]).LastOrDefault()).FirstOrDefault(m => m is not null);
        var sentence = Text(last, "message");
        return new JudgementScene(
            Text(run["metadata"], "name"), Text(run["metadata"]?["labels"], HashLabel), Text(run["status"], "phase"), sentence.Length > 0 ? sentence : Text(run["status"], "message"));
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray)?.OfType<JsonObject>() ?? [];

    private static string Text(JsonNode? parent, string name) => (parent as JsonObject)?[name]?.ToString() ?? "";
}
