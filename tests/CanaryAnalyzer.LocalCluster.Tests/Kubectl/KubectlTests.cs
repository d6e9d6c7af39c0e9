using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.LocalCluster.Tests.Kubectl;

/// <summary>An unmodified kubectl does on the local cluster what the demo and the story of a canary release do.</summary>
public abstract class KubectlTests<T>(KubectlFixture<T> fixture) : IClassFixture<KubectlFixture<T>>
    where T : IKubectl
{
    private static readonly string Manifests = Repository.PathOf("deploy/demo/manifests");

    private KubectlRunner Kubectl => fixture.Kubectl;

    [Fact]
    public async Task Story_is_applied_scaled_patched_and_deleted()
    {
        await NamespaceAsync("story");
        var created = await Kubectl.RunAsync($"-n story apply -f {Manifests}");
        Assert.Contains("deployment.apps/web created", created, StringComparison.Ordinal);
        Assert.Contains("rollout.argoproj.io/rollout-canary created", created, StringComparison.Ordinal);
        Assert.DoesNotContain("configured", await Kubectl.RunAsync($"-n story apply -f {Manifests}"), StringComparison.Ordinal);

        await Kubectl.RunAsync("-n story rollout status deployment/web --timeout=30s");
        await Kubectl.RunAsync("-n story wait --for=condition=Available deployment/web --timeout=30s");
        Assert.Matches(@"web\s+2/2\s+2\s+2\s+\d+s", await Kubectl.RunAsync("-n story get deployments"));
        await Kubectl.RunAsync("""-n story patch deployment web -p '{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"hello:1.23.2"}]}}}}'""");
        await Kubectl.RunAsync("-n story rollout status deployment/web --timeout=30s");
        Assert.Equal("hello:1.23.2 80", await Kubectl.RunAsync("-n story get deployment web -o jsonpath='{.spec.template.spec.containers[0].image} {.spec.template.spec.containers[0].ports[0].containerPort}'"));
        await Kubectl.RunAsync("-n story rollout undo deployment/web");
        await Kubectl.RunAsync("-n story rollout status deployment/web --timeout=30s");
        Assert.Equal("hello:1.23.1", await Kubectl.RunAsync("-n story get deployment web -o jsonpath='{.spec.template.spec.containers[0].image}'"));

        await Kubectl.RunAsync("-n story scale deployment/web --replicas=0");
        await Kubectl.UntilNothingAsync("-n story get pods -l app=web -o name");
        await Kubectl.RunAsync($"-n story delete -f {Manifests}");
        Assert.DoesNotContain("web", await Kubectl.RunAsync("-n story get all,httproutes,rollouts -o name"), StringComparison.Ordinal);
        await Kubectl.RunAsync("delete namespace story --timeout=30s");
    }

    [Fact]
    public async Task Story_is_applied_server_side_over_what_others_changed()
    {
        await NamespaceAsync("applied");
        await Kubectl.RunAsync($"-n applied apply -f {Manifests}/web-stable-service.yaml -f {Manifests}/deployment.yaml");
        await Kubectl.RunAsync("""-n applied patch service web-stable --type=json -p '[{"op":"add","path":"/spec/selector/hash","value":"abc"}]'""");
        await Kubectl.RunAsync("-n applied scale deployment/web --replicas=3");
        await Kubectl.RunAsync($"-n applied apply --server-side --force-conflicts -f {Manifests}/web-stable-service.yaml -f {Manifests}/deployment.yaml");
        Assert.Equal("{\"app\":\"web\"}", await Kubectl.RunAsync("-n applied get service web-stable -o jsonpath='{.spec.selector}'"));
        Assert.Equal("2", await Kubectl.RunAsync("-n applied get deployment web -o jsonpath='{.spec.replicas}'"));
        await Kubectl.RunAsync("-n applied scale deployment/web --replicas=1");
        Assert.Contains(".spec.replicas", await Kubectl.RunAsync($"-n applied apply --server-side -f {Manifests}/deployment.yaml", exitCode: 1), StringComparison.Ordinal);
        await Kubectl.RunAsync("delete namespace applied --timeout=30s");
    }

    [Fact]
    public async Task Watch_prints_what_changes()
    {
        await ConfigMapAsync("watched");
        await Kubectl.UntilLineAsync(
            "get configmap watched -o jsonpath='{.data.a}{\"\\n\"}' -w", line => line == "2",
            () => Kubectl.RunAsync("""patch configmap watched --type=merge -p '{"data":{"a":"2"}}'"""));
        await Kubectl.UntilLineAsync("get configmap -w", line => line.StartsWith("late ", StringComparison.Ordinal), () => ConfigMapAsync("late"));
        await Kubectl.RunAsync("delete configmap watched late");
    }

    [Fact]
    public async Task Wrong_word_is_refused_and_named()
    {
        var refused = await Kubectl.RunAsync("apply -f -", """
            apiVersion: canaryanalyzer.io/v1alpha1
            kind: PromotionPolicy
            metadata: {name: wrong}
            spec: {selector: {matchLabels: {a: b}}, mode: Enforced, templates: [{templateName: x}]}
            """, exitCode: 1);
        Assert.Contains("spec.mode", refused, StringComparison.Ordinal);
        Assert.Contains("\"Enforce\"", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Image_that_is_not_there_never_gets_ready()
    {
        await Kubectl.RunAsync("apply -f -", """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: ghost}
            spec:
              selector: {matchLabels: {app: ghost}}
              template: {metadata: {labels: {app: ghost}}, spec: {containers: [{name: ghost, image: "ghost:1"}]}}
            """);
        await Kubectl.UntilLineAsync("get pods -l app=ghost -w --no-headers", line => line.Contains("ErrImagePull", StringComparison.Ordinal), () => Task.CompletedTask);
        Assert.Contains("ghost:1", await Kubectl.RunAsync("describe pods -l app=ghost"), StringComparison.Ordinal);
        await Kubectl.RunAsync("delete deployment ghost --cascade=foreground --timeout=30s");
    }

    [Fact]
    public async Task Small_commands_work()
    {
        Assert.Contains("v1.32", await Kubectl.RunAsync("version"), StringComparison.Ordinal);
        Assert.Contains("httproutes", await Kubectl.RunAsync("api-resources"), StringComparison.Ordinal);
        await Kubectl.RunAsync("run lonely --image=hello:1.23.1 --port=80");
        await Kubectl.RunAsync("wait --for=condition=Ready pod/lonely --timeout=30s");
        Assert.Contains("listens on", await Kubectl.RunAsync("logs lonely"), StringComparison.Ordinal);
        await Kubectl.RunAsync("label pod lonely tier=front");
        await Kubectl.RunAsync("annotate pod lonely note=x");
        Assert.Equal("pod/lonely\n", await Kubectl.RunAsync("get pods -l tier=front -o name"));
        Assert.Contains("Ready", await Kubectl.RunAsync("describe pod lonely"), StringComparison.Ordinal);
        await Kubectl.RunAsync("get events");
        await Kubectl.RunAsync("delete pod lonely --timeout=30s");
    }

    private Task NamespaceAsync(string name) => Kubectl.RunAsync("apply -f -", $$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{name}}"} }""");

    private Task ConfigMapAsync(string name) => Kubectl.RunAsync("apply -f -", $$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{name}}"},"data":{"a":"1"} }""");
}
