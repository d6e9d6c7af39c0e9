using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Cli.Tests.Checking;

/// <summary>A cluster in which all is well: a Rollout in the middle of a release, with everything that it needs to be judged.</summary>
internal sealed class JudgedRollout(ObjectStore store)
{
    private const string Objects = """
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata: {name: rollout-canary, namespace: default, uid: rollout-uid, generation: 4, labels: {delivery: automatic}}
        spec:
          selector: {matchLabels: {app: web}}
          template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web:1}]}}
          strategy:
            canary:
              canaryService: web-canary
              stableService: web-stable
              trafficRouting: {plugins: {argoproj-labs/gatewayAPI: {httpRoute: web, namespace: default}}}
              steps: [{setWeight: 20}, {pause: {}}]
        status: {observedGeneration: "4", stableRS: 6574c569dd, currentPodHash: 7cd9586c9}
        ---
        apiVersion: canaryanalyzer.io/v1alpha1
        kind: PromotionPolicy
        metadata: {name: automatic, namespace: default}
        spec: {selector: {matchLabels: {delivery: automatic}}, templates: [{templateName: errors}]}
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: default}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web-stable, namespace: default}
        spec: {selector: {app: web, rollouts-pod-template-hash: 6574c569dd}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web-canary, namespace: default}
        spec: {selector: {app: web, rollouts-pod-template-hash: 7cd9586c9}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: rollout-canary-6574c569dd-aaaaa, namespace: default, labels: {app: web, rollouts-pod-template-hash: 6574c569dd}}
        status: {conditions: [{type: Ready, status: "True"}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: rollout-canary-7cd9586c9-aaaaa, namespace: default, labels: {app: web, rollouts-pod-template-hash: 7cd9586c9}}
        status: {conditions: [{type: Ready, status: "True"}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: web, namespace: default, generation: 1}
        spec:
          parentRefs: [{name: gate}]
          rules: [{backendRefs: [{name: web-stable, weight: 80}, {name: web-canary, weight: 20}]}]
        status:
          parents:
          - parentRef: {name: gate}
            conditions: [{type: Accepted, status: "True", observedGeneration: 1}, {type: ResolvedRefs, status: "True", observedGeneration: 1}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: gate, namespace: default}
        status: {conditions: [{type: Programmed, status: "True"}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: canary-analyzer-0, namespace: canary-analyzer}
        spec: {containers: [{name: canary-analyzer, args: ["--prometheus=PROMETHEUS"]}]}
        """;

    private static readonly Dictionary<string, string> Plurals = new(StringComparer.Ordinal)
    {
        ["Rollout"] = "rollouts.argoproj.io", ["PromotionPolicy"] = "promotionpolicies.canaryanalyzer.io", ["AnalysisTemplate"] = "analysistemplates.argoproj.io",
        ["AnalysisRun"] = "analysisruns.argoproj.io", ["Namespace"] = "namespaces", ["Service"] = "services", ["Pod"] = "pods",
        ["HTTPRoute"] = "httproutes.gateway.networking.k8s.io", ["Gateway"] = "gateways.gateway.networking.k8s.io",
    };

    /// <summary>Puts everything into the store.</summary>
    /// <param name="now">When the controller renewed its Lease.</param>
    /// <param name="prometheus">The address that it was started with.</param>
    public void Put(DateTimeOffset now, string prometheus)
    {
        var template = ErrorsTemplate.Text.Replace("{name: errors}", "{name: errors, namespace: default}", StringComparison.Ordinal);
        foreach (var one in Testing.Files.Manifests.Read($"{Objects.Replace("PROMETHEUS", prometheus, StringComparison.Ordinal)}\n---\n{template}"))
            store.Put(Plurals[one["kind"]!.ToString()], one);
        foreach (var name in ResourceSchema.All.Select(schema => $"{schema.Plural}.{schema.Group}").Append("httproutes.gateway.networking.k8s.io"))
            store.Put("customresourcedefinitions.apiextensions.k8s.io", Definition(name, name.StartsWith("httproutes", StringComparison.Ordinal) ? "v1" : "v1alpha1"));
        Lease("canary-analyzer", "canary-analyzer-lock", "canary-analyzer-0_1234", now);
    }

    public void Lease(string inNamespace, string name, string holder, DateTimeOffset renewed) => store.Put("leases.coordination.k8s.io", new JsonObject
    {
        ["apiVersion"] = "coordination.k8s.io/v1",
        ["kind"] = "Lease",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = inNamespace },
        ["spec"] = new JsonObject
        {
            ["holderIdentity"] = holder,
            ["leaseDurationSeconds"] = 15,
            ["renewTime"] = renewed.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'.000000Z'", CultureInfo.InvariantCulture),
        },
    });

    /// <summary>A run of the judged pause whose last look came to this.</summary>
    public void Run(string reason, string message) => store.Put(Plurals["AnalysisRun"], new JsonObject
    {
        ["apiVersion"] = "argoproj.io/v1alpha1",
        ["kind"] = "AnalysisRun",
        ["metadata"] = new JsonObject
        {
            ["name"] = "rollout-canary-7cd9586c9-2-1", ["namespace"] = "default", ["ownerReferences"] = new JsonArray(new JsonObject { ["uid"] = "rollout-uid", ["controller"] = true }),
        },
        ["status"] = new JsonObject
        {
            ["metricResults"] = new JsonArray(new JsonObject
            {
                ["name"] = "compare",
                ["measurements"] = new JsonArray(new JsonObject { ["value"] = $$"""{"verdict":"Continue","reason":"{{reason}}","look":3}""", ["message"] = message }),
            }),
        },
    });

    public void Change(string kind, string name, Action<JsonObject> change) => store.Change(Plurals[kind], "default", name, change);

    public void Remove(string kind, string name) => store.Remove(Plurals[kind], "default", name);

    private static JsonObject Definition(string name, string version) => new()
    {
        ["apiVersion"] = "apiextensions.k8s.io/v1",
        ["kind"] = "CustomResourceDefinition",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject { ["versions"] = new JsonArray(new JsonObject { ["name"] = version, ["served"] = true }) },
    };
}
