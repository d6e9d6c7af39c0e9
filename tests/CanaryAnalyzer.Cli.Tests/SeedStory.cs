using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Cli.Tests;

/// <summary>
/// The objects of the canary release that the recordings of Argo Rollouts' command line show: at rest, paused at half of the traffic, and aborted.
/// </summary>
internal sealed class SeedStory(ObjectStore store)
{
    public const string Namespace = "default";
    public const string Name = "rollout-canary";
    private const string First = "6574c569dd";
    private const string Second = "7cd9586c9";
    private const string Third = "56f7d47778";

    public static DateTimeOffset Now { get; } = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public void AtRest()
    {
        Rollout(44, "Healthy", "", step: 3, replicas: (2, 2, 2, 2), current: First, stable: First);
        ReplicaSet(First, 1, "hello:1.23.1", 44, ("6nhbj", 44), ("tzrfg", 44));
    }

    public void Paused()
    {
        Rollout(89, "Paused", "CanaryPauseStep", step: 1, replicas: (3, 1, 3, 3), current: Second, stable: First, canaryWeight: 50);
        Change(rollout =>
        {
            rollout["status"]!["controllerPause"] = true;
            rollout["status"]!["pauseConditions"] = new JsonArray(new JsonObject { ["reason"] = "CanaryPauseStep", ["startTime"] = Time(14) });
        });
        ReplicaSet(First, 1, "hello:1.23.1", 89, ("6nhbj", 89), ("tzrfg", 89));
        ReplicaSet(Second, 2, "hello:1.23.2", 44, ("l8nsk", 44));
    }

    public void Aborted()
    {
        const string message = "RolloutAborted: Rollout aborted update to revision 3";
        Rollout(242, "Degraded", message, step: 0, replicas: (2, 0, 2, 2), current: Third, stable: Second);
        Change(rollout => rollout["status"]!["abort"] = true);
        ReplicaSet(First, 1, "hello:1.23.1", 242);
        ReplicaSet(Second, 2, "hello:1.23.2", 197, ("l8nsk", 197), ("ll2dr", 147));
        ReplicaSet(Third, 3, "hello:1.23.3", 74);
        store.Change("replicasets.apps", Namespace, $"{Name}-{Third}", set => set["metadata"]!["annotations"]!["scale-down-deadline"] = Time(5));
    }

    public void Change(Action<JsonObject> change) => store.Change("rollouts.argoproj.io", Namespace, Name, change);

    public JsonObject Rollout() => store.Find("rollouts.argoproj.io", Namespace, Name)!;

    public static string Time(int secondsAgo) => Now.AddSeconds(-secondsAgo).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public void AnalysisRun(string name, int revision, string phase, JsonArray results) => store.Put("analysisruns.argoproj.io", new JsonObject
    {
        ["apiVersion"] = "argoproj.io/v1alpha1",
        ["kind"] = "AnalysisRun",
        ["metadata"] = Metadata(name, 30, "rollout-uid", revision),
        ["status"] = new JsonObject { ["phase"] = phase, ["metricResults"] = results },
    });

    private void Rollout(
        int age, string phase, string message, int step, (int All, int Updated, int Ready, int Available) replicas, string current, string stable, int canaryWeight = 0)
    {
        var steps = new JsonArray(
            new JsonObject { ["setWeight"] = 50 }, new JsonObject { ["pause"] = new JsonObject() }, new JsonObject { ["setWeight"] = 100 });
        store.Put("rollouts.argoproj.io", new JsonObject
        {
            ["apiVersion"] = "argoproj.io/v1alpha1",
            ["kind"] = "Rollout",
            ["metadata"] = Metadata(Name, age, owner: null, revision: 0),
            ["spec"] = new JsonObject
            {
                ["replicas"] = 2,
                ["strategy"] = new JsonObject
                {
                    ["canary"] = new JsonObject
                    {
                        ["steps"] = steps,
                        ["trafficRouting"] = new JsonObject { ["plugins"] = new JsonObject { ["argoproj-labs/gatewayAPI"] = new JsonObject { ["httpRoute"] = "web" } } },
                    },
                },
                ["workloadRef"] = new JsonObject { ["apiVersion"] = "apps/v1", ["kind"] = "Deployment", ["name"] = "web" },
            },
            ["status"] = new JsonObject
            {
                ["phase"] = phase,
                ["message"] = message,
                ["observedGeneration"] = "1",
                ["currentStepIndex"] = step,
                ["currentPodHash"] = current,
                ["stableRS"] = stable,
                ["replicas"] = replicas.All,
                ["updatedReplicas"] = replicas.Updated,
                ["readyReplicas"] = replicas.Ready,
                ["availableReplicas"] = replicas.Available,
                ["canary"] = new JsonObject { ["weights"] = new JsonObject { ["canary"] = new JsonObject { ["weight"] = canaryWeight } } },
            },
        });
    }

    private void ReplicaSet(string hash, int revision, string image, int age, params (string Suffix, int Age)[] pods)
    {
        var metadata = Metadata($"{Name}-{hash}", age, "rollout-uid", revision);
        metadata["labels"] = new JsonObject { ["rollouts-pod-template-hash"] = hash };
        store.Put("replicasets.apps", new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ReplicaSet",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["replicas"] = pods.Length, ["template"] = new JsonObject { ["spec"] = Containers(image) } },
            ["status"] = new JsonObject { ["observedGeneration"] = 1, ["replicas"] = pods.Length, ["availableReplicas"] = pods.Length },
        });
        foreach (var (suffix, podAge) in pods)
        {
            var ready = new JsonObject { ["ready"] = true, ["restartCount"] = 0, ["state"] = new JsonObject { ["running"] = new JsonObject() } };
            store.Put("pods", new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Pod",
                ["metadata"] = Metadata($"{Name}-{hash}-{suffix}", podAge, $"{hash}-uid", revision: 0),
                ["spec"] = Containers(image),
                ["status"] = new JsonObject { ["phase"] = "Running", ["containerStatuses"] = new JsonArray(ready) },
            });
        }
    }

    private static JsonObject Containers(string image) =>
        new() { ["containers"] = new JsonArray(new JsonObject { ["name"] = "web", ["image"] = image }) };

    private static JsonObject Metadata(string name, int age, string? owner, int revision)
    {
        var metadata = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = Namespace,
            ["uid"] = name == Name ? "rollout-uid" : $"{name[(name.LastIndexOf('-') + 1)..]}-uid",
            ["generation"] = 1,
            ["creationTimestamp"] = Time(age),
        };
        if (owner is not null)
            metadata["ownerReferences"] = new JsonArray(new JsonObject { ["uid"] = owner, ["controller"] = true });
        if (revision > 0)
            metadata["annotations"] = new JsonObject { ["rollout.argoproj.io/revision"] = revision.ToString(CultureInfo.InvariantCulture) };
        return metadata;
    }
}
