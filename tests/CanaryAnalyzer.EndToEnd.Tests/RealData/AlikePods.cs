using CanaryAnalyzer.Cli.Demo;
using CanaryAnalyzer.EndToEnd.Tests.Stages;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.EndToEnd.Tests.RealData;

/// <summary>Pods of one version behind one route, two of them called canary: whatever differs between the two sides is chance.</summary>
internal sealed class AlikePods : IAsyncDisposable
{
    private readonly Stage stage;
    private readonly string ns;
    private readonly LoadGenerator load;

    private AlikePods(Stage stage, string ns, LoadGenerator load) => (this.stage, this.ns, this.load) = (stage, ns, load);

    /// <summary>Starts the pods and the requests to them, and waits until each has answered some.</summary>
    public static async Task<AlikePods> StartAsync(Stage stage, string ns, int perSecond)
    {
        stage.Cluster.Apply(Objects(ns));
        var pods = new AlikePods(stage, ns, new LoadGenerator(stage.Cluster.GatewayUrl, $"{ns}.example.com", perSecond));
        Assert.True(
            await stage.Server.BecomesAsync(
                token => stage.Server.FindsAsync($"count(sum by (pod) (http_requests_received_total{{namespace=\"{ns}\"}}) > 20) == 4", token),
                TimeSpan.FromSeconds(60),
                TestContext.Current.CancellationToken),
            $"{ns}: four pods that answer did not come about");
        return pods;
    }

    /// <summary>A comparison of the two sides over a stretch of time.</summary>
    public string Comparison(TimeSpan length) => $$$"""
        {"canary": "pod=~\"canary-.*\"", "stable": "pod=~\"stable-.*\"", "interval": "1s", "minDuration": "0s", "maxDuration": "{{{length.TotalSeconds}}}s", "promote": "AtEnd", "history": "10s", "measures": [
          {"name": "errors", "errorRate": {"requests": "http_requests_received_total{namespace=\"{{{ns}}}\"}", "errors": "http_requests_received_total{namespace=\"{{{ns}}}\",code=~\"5..\"}"}},
          {"name": "latency", "warmup": "0s", "latency": {"histogram": "http_request_duration_seconds{namespace=\"{{{ns}}}\"}"}}]}
        """;

    public async ValueTask DisposeAsync()
    {
        await load.DisposeAsync();
        foreach (var name in (string[])["canary", "stable"])
            await stage.Resources.DeleteAsync(ResourceType.Deployments, new ResourceKey(ns, name), new DeleteOptions(), CancellationToken.None);
    }

    private static string Objects(string ns) => $$$"""
        apiVersion: v1
        kind: Namespace
        metadata: {name: {{{ns}}}}
        ---
        {{{Deployment(ns, "canary")}}}
        ---
        {{{Deployment(ns, "stable")}}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: app, namespace: {{{ns}}}}
        spec: {selector: {app: app}, ports: [{port: 80, targetPort: 80}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: app, namespace: {{{ns}}}}
        spec:
          hostnames: [{{{ns}}}.example.com]
          parentRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: door, namespace: default, sectionName: web}]
          rules: [{backendRefs: [{group: "", kind: Service, name: app, port: 80, weight: 1}], matches: [{path: {type: PathPrefix, value: /}}]}]
        """;

    private static string Deployment(string ns, string name) => $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: {{{name}}}, namespace: {{{ns}}}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: app, side: {{{name}}}}}
          template:
            metadata: {labels: {app: app, side: {{{name}}}}, annotations: {canaryanalyzer.io/behaviour: errors=5%}}
            spec: {containers: [{name: app, image: "{{{Versions.Good}}}", ports: [{containerPort: 80}]}]}
        """;
}
