using System.Text.Json.Nodes;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Service.Tests.Hosting;

/// <summary>The story's objects in a server.</summary>
internal static class StoryObjects
{
    public static void Create(InProcessApiServer server, string steps = """[{"setWeight": 50}, {"pause": {}}, {"setWeight": 100}]""")
    {
        Put(server, "deployments.apps", Deployment("hello:1"));
        foreach (var service in (string[])["web-canary", "web-stable"])
            Put(server, "services", """{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "NAME", "namespace": "team", "uid": "s-NAME"}, "spec": {"selector": {"app": "web"}, "ports": [{"port": 80}]}}""".Replace("NAME", service, StringComparison.Ordinal));
        Put(server, "httproutes.gateway.networking.k8s.io", """
            {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": {"name": "web", "namespace": "team", "uid": "route", "generation": 1},
             "spec": {"rules": [{"backendRefs": [{"name": "web-canary", "port": 80, "weight": 0}, {"name": "web-stable", "port": 80, "weight": 100}]}]}}
            """);
        Put(server, "rollouts.argoproj.io", """
            {"apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout", "metadata": {"name": "web", "namespace": "team", "uid": "rollout-uid", "generation": 1, "labels": {"delivery": "automatic"}},
             "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "web"}}, "workloadRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web", "scaleDown": "onsuccess"},
               "strategy": {"canary": {"canaryService": "web-canary", "stableService": "web-stable", "scaleDownDelaySeconds": 1, "steps": STEPS,
                 "trafficRouting": {"plugins": {"argoproj-labs/gatewayAPI": {"httpRoute": "web", "namespace": "team"}}}}}}}
            """.Replace("STEPS", steps, StringComparison.Ordinal));
    }

    /// <summary>The same with a pod template of the Rollout's own, without a Deployment, and one old version kept.</summary>
    public static void CreateInline(InProcessApiServer server, string steps)
    {
        Create(server, steps);
        server.Store.Remove("deployments.apps", "team", "web");
        server.Store.Change("rollouts.argoproj.io", "team", "web", r =>
        {
            var spec = (JsonObject)r["spec"]!;
            spec.Remove("workloadRef");
            spec["revisionHistoryLimit"] = 1;
            spec["template"] = JsonNode.Parse("""{"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "web", "image": "hello:1"}]}}""");
        });
    }

    /// <summary>A policy that compares by a Prometheus that nobody runs.</summary>
    public static void Judge(InProcessApiServer server)
    {
        Put(server, "analysistemplates.argoproj.io", """
            {"apiVersion": "argoproj.io/v1alpha1", "kind": "AnalysisTemplate", "metadata": {"name": "compare", "namespace": "team", "uid": "template"},
             "spec": {"args": [{"name": "canary-pods"}, {"name": "stable-pods"}], "metrics": [{"name": "compare", "provider": {"plugin": {"canaryanalyzer/compare": {"address": "http://127.0.0.1:9",
               "measures": [{"name": "errors", "errorRate": {"requests": "requests_total", "errors": "requests_total{code=\"500\"}"}}]}}}}]}}
            """);
        Put(server, "promotionpolicies.canaryanalyzer.io", """
            {"apiVersion": "canaryanalyzer.io/v1alpha1", "kind": "PromotionPolicy", "metadata": {"name": "web", "namespace": "team", "uid": "policy"},
             "spec": {"selector": {"matchLabels": {"delivery": "automatic"}}, "templates": [{"templateName": "compare"}]}}
            """);
    }

    /// <summary>An AnalysisRun that somebody made by hand.</summary>
    public static void Run(InProcessApiServer server, string name) => Put(server, "analysisruns.argoproj.io", """
        {"apiVersion": "argoproj.io/v1alpha1", "kind": "AnalysisRun", "metadata": {"name": "NAME", "namespace": "team", "uid": "run-NAME"},
         "spec": {"metrics": [{"name": "up", "successCondition": "true", "provider": {"prometheus": {"address": "http://127.0.0.1:9", "query": "up"}}}]}}
        """.Replace("NAME", name, StringComparison.Ordinal));

    /// <summary>The lease of a controller that was renewed just now, and holds for an hour.</summary>
    public static void ForeignLease(InProcessApiServer server, string name, string inNamespace, string holder) => Put(server, "leases.coordination.k8s.io", """
        {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": {"name": "NAME", "namespace": "SPACE"},
         "spec": {"holderIdentity": "HOLDER", "leaseDurationSeconds": 3600, "acquireTime": "2026-05-01T12:00:00.000000Z", "renewTime": "NOW"}}
        """.Replace("NAME", name, StringComparison.Ordinal).Replace("SPACE", inNamespace, StringComparison.Ordinal).Replace("HOLDER", holder, StringComparison.Ordinal)
        .Replace("NOW", DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));

    public static string? Annotation(JsonObject resource, string name) => resource["metadata"]!["annotations"]?[name]?.GetValue<string>();

    public static string Deployment(string image) => """
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "team", "uid": "deployment-uid", "generation": 1},
         "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "web"}},
           "template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "web", "image": "IMAGE"}]}}}}
        """.Replace("IMAGE", image, StringComparison.Ordinal);

    public static void SetImage(InProcessApiServer server, string image) =>
        server.Store.Change("deployments.apps", "team", "web", d => d["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = image);

    public static string? ImageBehind(ObjectStore store, string service)
    {
        var hash = store.Find("services", "team", service)?["spec"]?["selector"]?["rollouts-pod-template-hash"]?.GetValue<string>();
        return store.All("replicasets.apps").FirstOrDefault(r => r["metadata"]!["labels"]!["rollouts-pod-template-hash"]!.GetValue<string>() == hash)?
            ["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!.GetValue<string>();
    }

    public static int CanaryWeight(ObjectStore store) =>
        store.Find("httproutes.gateway.networking.k8s.io", "team", "web")!["spec"]!["rules"]![0]!["backendRefs"]![0]!["weight"]!.GetValue<int>();

    private static void Put(InProcessApiServer server, string kind, string json) => server.Store.Put(kind, (JsonObject)JsonNode.Parse(json)!);
}
