using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Kubernetes.Tests;

/// <summary>The story's objects as JSON, for tests to change.</summary>
internal static class SeedManifests
{
    public static JsonObject Rollout() => Parse("""
        {"apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout",
         "metadata": {"name": "web", "namespace": "team", "uid": "rollout-uid", "generation": 3, "labels": {"delivery": "automatic"}},
         "spec": {"replicas": 2, "minReadySeconds": 30, "revisionHistoryLimit": 3, "selector": {"matchLabels": {"app": "web"}},
           "strategy": {"canary": {"canaryService": "web-canary", "stableService": "web-stable", "maxSurge": "25%", "maxUnavailable": 0,
             "steps": [{"setWeight": 50}, {"pause": {}}, {"setWeight": 100}],
             "trafficRouting": {"plugins": {"argoproj-labs/gatewayAPI": {"httpRoute": "web", "namespace": "team"}}}}},
           "workloadRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web", "scaleDown": "onsuccess"}}}
        """);

    public static JsonObject Deployment(string image = "hello:1.23.1") => Parse("""
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "team", "uid": "deployment-uid", "generation": 1},
         "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "web"}},
           "template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "web", "image": "IMAGE", "ports": [{"containerPort": 80}]}]}}}}
        """.Replace("IMAGE", image, StringComparison.Ordinal));

    public static JsonObject Service(string name) => Parse("""
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "NAME", "namespace": "team"}, "spec": {"selector": {"app": "web"}, "ports": [{"port": 80}]}}
        """.Replace("NAME", name, StringComparison.Ordinal));

    /// <summary>Two rules that carry the weights, among filters, timeouts, a third backend and a rule of somebody else.</summary>
    public static JsonObject Route() => Parse("""
        {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": {"name": "web", "namespace": "team", "generation": 1},
         "spec": {"hostnames": ["example.com"], "rules": [
           {"matches": [{"path": {"type": "PathPrefix", "value": "/"}}], "timeouts": {"request": "10s"},
            "filters": [{"type": "RequestHeaderModifier", "requestHeaderModifier": {"set": [{"name": "x", "value": "1"}]}}],
            "backendRefs": [{"group": "", "kind": "Service", "name": "web-canary", "namespace": "team", "port": 80, "weight": 0},
                            {"group": "", "kind": "Service", "name": "web-stable", "namespace": "team", "port": 80, "weight": 100},
                            {"name": "mirror", "port": 81, "weight": 7}]},
           {"matches": [{"path": {"type": "Exact", "value": "/admin"}}], "backendRefs": [{"name": "admin", "port": 80}]},
           {"matches": [{"path": {"type": "PathPrefix", "value": "/api"}}],
            "backendRefs": [{"name": "web-stable", "port": 80, "weight": 100}, {"name": "web-canary", "port": 80, "weight": 0}]}]}}
        """);

    public static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
