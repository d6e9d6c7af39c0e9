using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Kubernetes.Tests;

/// <summary>Small objects to store.</summary>
internal static class Samples
{
    public const string Rollouts = "rollouts.argoproj.io";
    public const string ReplicaSets = "replicasets.apps";

    public static JsonObject Rollout(string name = "web", int replicas = 1, string inNamespace = "team") => new()
    {
        ["apiVersion"] = "argoproj.io/v1alpha1",
        ["kind"] = "Rollout",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = inNamespace },
        ["spec"] = new JsonObject { ["replicas"] = replicas },
    };

    public static JsonObject ReplicaSet(string name, string ownerUid, string app = "web") => new()
    {
        ["apiVersion"] = "apps/v1",
        ["kind"] = "ReplicaSet",
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = "team",
            ["labels"] = new JsonObject { ["app"] = app },
            ["ownerReferences"] = new JsonArray(new JsonObject { ["kind"] = "Rollout", ["name"] = "web", ["uid"] = ownerUid, ["controller"] = true }),
        },
    };
}
