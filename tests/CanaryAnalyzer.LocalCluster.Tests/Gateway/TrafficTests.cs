using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Tests.Contract;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.LocalCluster.Tests.Gateway;

/// <summary>Requests through the gateway to the pods behind it.</summary>
public sealed class TrafficTests : IAsyncLifetime
{
    private RunningCluster _cluster = null!;
    private ApiClient _api = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await RunningCluster.StartAsync(new LocalClusterOptions
        {
            ImagesFile = Repository.PathOf("deploy/demo/images.yaml"), Manifests = [Repository.PathOf("deploy/demo/gateway-api")],
        }, CancellationToken.None);
        _api = ApiClient.Open(_cluster.KubeconfigPath);
        _http = new HttpClient { BaseAddress = _cluster.GatewayUrl };
        _http.DefaultRequestHeaders.Host = "example.com";
        foreach (var version in (string[])["1.23.1", "1.23.2"])
            _cluster.Apply(Side(version));
        foreach (var file in (string[])["gateway", "httproute", "web-stable-service", "web-canary-service"])
            _cluster.ApplyPath(Repository.PathOf($"deploy/demo/manifests/{file}.yaml"));
        await SelectAsync("web-stable", "1.23.1");
        await SelectAsync("web-canary", "1.23.2");
        await ContractWorld.UntilAsync(async () => (await AskAsync()).StartsWith("hello from hello:1.23.1", StringComparison.Ordinal), "the stable pod answers");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _api.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Weight_of_zero_gets_nothing_and_other_weights_their_share()
    {
        Assert.Equal(0, await CanaryShareAsync(200));
        await WeighAsync(30, 70);
        // A share of 30 % lies outside these bounds once in a hundred million runs.
        Assert.InRange(await CanaryShareAsync(400), 0.17, 0.43);
        await WeighAsync(100, 0);
        Assert.Equal(1, await CanaryShareAsync(200));
    }

    [Fact]
    public async Task Route_says_that_it_is_in_force_at_its_generation()
    {
        await WeighAsync(50, 50);
        var route = await _api.GetAsync("/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes/web");
        var conditions = (JsonArray)route.At("status", "parents", "0", "conditions")!;
        Assert.Equal(["Accepted True 2", "ResolvedRefs True 2"], conditions.Select(c => $"{c!["type"]} {c["status"]} {c["observedGeneration"]}"));
        var gateway = await _api.GetAsync("/apis/gateway.networking.k8s.io/v1/namespaces/default/gateways/default");
        Assert.Equal("127.0.0.1", gateway.Text("status", "addresses", "0", "value"));
    }

    [Fact]
    public async Task Route_with_a_filter_that_the_gateway_lacks_is_not_accepted()
    {
        (await _api.PatchAsync("/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes/web", ApiClient.JsonPatch,
            """[{"op":"add","path":"/spec/rules/0/filters","value":[{"type":"RequestMirror","requestMirror":{"backendRef":{"name":"web-canary","port":80}}}]}]""")).Must(200);
        await ContractWorld.UntilAsync(async () => await AskAsync() == "no HTTPRoute for example.com/\n", "the route is out of force");
        var route = await _api.GetAsync("/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes/web");
        Assert.Contains("\"reason\":\"UnsupportedValue\"", route.Text("status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_host_finds_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "other.example" } };
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Scaling_pods_away_loses_no_request()
    {
        (await _api.PatchAsync("/apis/apps/v1/namespaces/default/deployments/v1-23-1/scale", ApiClient.MergePatch, """{"spec":{"replicas":3}}""")).Must(200);
        await ContractWorld.UntilAsync(async () => await ReadyAsync("v1-23-1") == 3, "three pods");
        using var stop = new CancellationTokenSource();
        var asking = Task.Run(async () =>
        {
            var answers = new List<int>();
            while (!stop.IsCancellationRequested)
            {
                using var answer = await _http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
                answers.Add((int)answer.StatusCode);
            }

            return answers;
        }, TestContext.Current.CancellationToken);
        (await _api.PatchAsync("/apis/apps/v1/namespaces/default/deployments/v1-23-1/scale", ApiClient.MergePatch, """{"spec":{"replicas":1}}""")).Must(200);
        await ContractWorld.UntilAsync(async () => (await PodsAsync("v1-23-1")).Count == 1, "one pod");
        await stop.CancelAsync();
        // The images answer some with 500 by themselves; a request that met a closed door would be a 502 or 503.
        Assert.DoesNotContain(await asking, code => code is not (200 or 500));
    }

    [Fact]
    public async Task Annotation_changes_a_running_pod_and_its_metrics_tell()
    {
        var pod = (await PodsAsync("v1-23-1"))[0];
        (await _api.PatchAsync($"/api/v1/namespaces/default/pods/{pod["metadata"]!["name"]}", ApiClient.MergePatch,
            """{"metadata":{"annotations":{"canaryanalyzer.io/behaviour":"errors=100%,latency=1ms"}}}""")).Must(200);
        await ContractWorld.UntilAsync(async () => (await AskAsync()).StartsWith("error from hello:1.23.1", StringComparison.Ordinal), "the pod fails");
        using var scraper = new HttpClient();
        var targets = JsonNode.Parse(await scraper.GetStringAsync(_cluster.TargetsUrl, TestContext.Current.CancellationToken))!.AsArray();
        var target = targets.First(t => t!["labels"]!["__meta_kubernetes_pod_name"]!.GetValue<string>() == pod["metadata"]!["name"]!.GetValue<string>())!;
        Assert.Equal(("1.23.1", "true", "ReplicaSet"), (
            target["labels"]!["__meta_kubernetes_pod_label_version"]!.GetValue<string>(), target["labels"]!["__meta_kubernetes_pod_labelpresent_version"]!.GetValue<string>(),
            target["labels"]!["__meta_kubernetes_pod_controller_kind"]!.GetValue<string>()));
        var metrics = await scraper.GetStringAsync(new Uri($"http://{target["targets"]![0]}/metrics"), TestContext.Current.CancellationToken);
        Assert.Matches("""http_requests_received_total\{code="500",method="GET"[^}]*\} [1-9]""", metrics);
        Assert.Matches("""http_request_duration_seconds_bucket\{code="200",method="GET"[^}]*le="\+Inf"\} [1-9]""", metrics);

        (await _api.PatchAsync($"/api/v1/namespaces/default/pods/{pod["metadata"]!["name"]}", ApiClient.MergePatch,
            """{"metadata":{"annotations":{"canaryanalyzer.io/behaviour":"metrics=off"}}}""")).Must(200);
        await ContractWorld.UntilAsync(async () => await StatusAsync(scraper, $"http://{target["targets"]![0]}/metrics") == 503, "its scrapes fail");
        Assert.EndsWith($"in {pod["metadata"]!["name"]}\n", await AskAsync(), StringComparison.Ordinal);
    }

    private static async Task<int> StatusAsync(HttpClient http, string url)
    {
        using var answer = await http.GetAsync(new Uri(url), TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    private async Task<string> AskAsync()
    {
        using var answer = await _http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<double> CanaryShareAsync(int requests)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, requests).Select(_ => AskAsync()));
        return answers.Count(a => a.Contains("hello:1.23.2", StringComparison.Ordinal)) / (double)requests;
    }

    private async Task WeighAsync(int canary, int stable)
    {
        const string Route = "/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes/web";
        var generation = (await _api.PatchAsync(Route, ApiClient.JsonPatch,
            $$"""[{"op":"replace","path":"/spec/rules/0/backendRefs/0/weight","value":{{canary}} },{"op":"replace","path":"/spec/rules/0/backendRefs/1/weight","value":{{stable}} }]""")).Must(200).Text("metadata", "generation");
        await ContractWorld.UntilAsync(async () => (await _api.GetAsync(Route)).Text("status", "parents", "0", "conditions", "0", "observedGeneration") == generation, "the weights are in force");
    }

    private async Task SelectAsync(string service, string version)
    {
        (await _api.PatchAsync($"/api/v1/namespaces/default/services/{service}", ApiClient.MergePatch, $$"""{"spec":{"selector":{"app":null,"version":"{{version}}"} } }""")).Must(200);
        await ContractWorld.UntilAsync(async () => (await _api.GetAsync("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices")).At("items") is JsonArray slices && slices.Any(s =>
            s!["metadata"]!["labels"]!["kubernetes.io/service-name"]!.GetValue<string>() == service && s["endpoints"]!.AsArray().Count == 1
            && s["endpoints"]![0]!["conditions"]!["ready"]!.GetValue<bool>()), $"{service} has its pod");
    }

    private async Task<int> ReadyAsync(string deployment) =>
        int.TryParse((await _api.GetAsync($"/apis/apps/v1/namespaces/default/deployments/{deployment}")).Text("status", "readyReplicas"), System.Globalization.CultureInfo.InvariantCulture, out var ready) ? ready : 0;

    private async Task<List<JsonNode>> PodsAsync(string deployment) =>
        [.. ((JsonArray)(await _api.GetAsync($"/api/v1/namespaces/default/pods?labelSelector=app%3D{deployment}")).At("items")!).OfType<JsonNode>()];

    private static string Side(string version)
    {
        var name = "v" + version.Replace('.', '-');
        return $$"""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: {{name}} }
            spec:
              selector: {matchLabels: {app: {{name}} } }
              template:
                metadata: {labels: {app: {{name}}, version: "{{version}}" } }
                spec: {containers: [{name: web, image: "hello:{{version}}", ports: [{containerPort: 80}]}]}
            """;
    }
}
