using System.Diagnostics;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Demo;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.EndToEnd.Tests.Stages;

/// <summary>One app in a namespace of its own, with a controller that works there only, and users who send requests.</summary>
internal sealed class App : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private readonly Uri prometheus;
    private LoadGenerator? load;

    private App(Stage stage, string ns, Uri prometheus) => (Stage, Namespace, this.prometheus) = (stage, ns, prometheus);

    public Stage Stage { get; }

    public string Namespace { get; }

    public ControllerProcess Controller { get; private set; } = null!;

    /// <summary>What the users got, by image.</summary>
    public IReadOnlyDictionary<string, TrafficCount> Traffic => load!.Counts;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Puts the app into the cluster and waits until its first version is delivered.</summary>
    /// <param name="stage">Where.</param>
    /// <param name="ns">The namespace; no other story has it.</param>
    /// <param name="rollout">The Rollout's manifest; null for the usual one.</param>
    /// <param name="prometheus">The controller's Prometheus; null for the stage's.</param>
    /// <param name="options">More options of the controller.</param>
    public static async Task<App> DeliverFirstAsync(Stage stage, string ns, string? rollout = null, Uri? prometheus = null, params IEnumerable<string> options)
    {
        var app = new App(stage, ns, prometheus ?? stage.Server.Address);
        stage.Cluster.Apply(Manifests.World(ns));
        stage.Cluster.Apply(rollout ?? Manifests.Rollout(ns));
        app.StartController(options);
        try
        {
            await app.UntilAsync(r => Phase(r) == "Healthy", "the first version's delivery");
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public void StartController(params IEnumerable<string> options) =>
        Controller = ControllerProcess.Start(Stage.Cluster.KubeconfigPath, Namespace, prometheus, options);

    /// <summary>Begins to send requests.</summary>
    public void Use(int perSecond = 150) => load = new LoadGenerator(Stage.Cluster.GatewayUrl, $"{Namespace}.example.com", perSecond);

    public void Apply(string yaml) => Stage.Cluster.Apply(yaml);

    /// <summary>Delivers an image; a behaviour makes its pods behave otherwise than the image's own.</summary>
    public Task DeliverAsync(string image, string? behaviour = null)
    {
        var annotation = behaviour is null ? "null" : $"\"{behaviour}\"";
        return PatchAsync(ResourceType.Deployments, "app", $$$$"""
            {"spec": {"template": {"metadata": {"annotations": {"canaryanalyzer.io/behaviour": {{{{annotation}}}}}},
             "spec": {"containers": [{"name": "app", "image": "{{{{image}}}}", "ports": [{"containerPort": 80}]}]}} } }
            """);
    }

    /// <summary>Delivers and waits until the pause of it is reached.</summary>
    public async Task DeliverToPauseAsync(string image, string? behaviour = null)
    {
        var before = Text(await RolloutAsync(), "status", "currentPodHash");
        await DeliverAsync(image, behaviour);
        await UntilAsync(r => Phase(r) == "Paused" && Text(r, "status", "currentPodHash") != before, $"the pause of {image}");
    }

    /// <summary>Delivers and waits until all is done with it.</summary>
    public async Task<JsonObject> DeliverToEndAsync(string image)
    {
        var before = Text(await RolloutAsync(), "status", "currentPodHash");
        await DeliverAsync(image);
        return await UntilAsync(r => Phase(r) is "Healthy" or "Degraded" && Text(r, "status", "currentPodHash") != before, $"the end of {image}'s delivery");
    }

    public Task<JsonObject> PatchAsync(ResourceType type, string name, string mergePatch, string? subresource = null) =>
        Stage.Resources.MergePatchAsync(type, new ResourceKey(Namespace, name), (JsonObject)JsonNode.Parse(mergePatch)!, subresource, Token);

    /// <summary>Makes a running pod behave otherwise, from now on.</summary>
    public Task BehaveAsync(JsonObject pod, string behaviour) =>
        PatchAsync(ResourceType.Pods, Text(pod, "metadata", "name"), $$"""{"metadata": {"annotations": {"canaryanalyzer.io/behaviour": "{{behaviour}}"} } }""");

    public async Task<JsonObject> RolloutAsync() => (await GetAsync(ResourceType.Rollouts, "app"))!;

    public Task<JsonObject?> GetAsync(ResourceType type, string name) => Stage.Resources.GetAsync(type, new ResourceKey(Namespace, name), Token);

    public async Task<IReadOnlyList<JsonObject>> AllAsync(ResourceType type, string? selector = null) =>
        (await Stage.Resources.ListAsync(type, new ListOptions { Namespace = Namespace, LabelSelector = selector }, Token)).Items;

    /// <summary>The runs of judged pauses, oldest first.</summary>
    public async Task<IReadOnlyList<JsonObject>> PauseRunsAsync() =>
        [.. (await AllAsync(ResourceType.AnalysisRuns, "rollout-type=Pause")).OrderBy(r => Text(r, "metadata", "creationTimestamp"), StringComparer.Ordinal)];

    public async Task<IReadOnlyList<string>> EventsAsync(string reason) =>
        [.. (await AllAsync(ResourceType.Events)).Where(e => Text(e, "reason") == reason).Select(e => Text(e, "message"))];

    /// <summary>Waits for an event; it is written after the status that it tells of.</summary>
    public Task ToldAsync(string reason, Func<string, bool> isIt) =>
        UntilAsync(async () => (await EventsAsync(reason)).Any(isIt), $"the event {reason}");

    /// <summary>Waits until the Rollout is as wanted; the deadline says what was missing.</summary>
    public Task<JsonObject> UntilAsync(Func<JsonObject, bool> isSo, string what, TimeSpan? limit = null) => UntilAsync(ResourceType.Rollouts, "app", isSo, what, limit);

    public async Task<JsonObject> UntilAsync(ResourceType type, string name, Func<JsonObject, bool> isSo, string what, TimeSpan? limit = null)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (await GetAsync(type, name) is { } found && isSo(found)) return found;
            Assert.True(watch.Elapsed < (limit ?? Limit), await ExplainAsync($"{what} did not come about within {limit ?? Limit}"));
            await Task.Delay(Poll, Token);
        }
    }

    /// <summary>Waits until all that is wanted of the cluster holds.</summary>
    public async Task UntilAsync(Func<Task<bool>> isSo, string what, TimeSpan? limit = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await isSo())
        {
            Assert.True(watch.Elapsed < (limit ?? Limit), await ExplainAsync($"{what} did not come about within {limit ?? Limit}"));
            await Task.Delay(Poll, Token);
        }
    }

    public static string Phase(JsonObject rollout) => Text(rollout, "status", "phase");

    public static string Message(JsonObject rollout) => Text(rollout, "status", "message");

    /// <summary>The message of a condition; null where it is not there.</summary>
    public static string? Condition(JsonObject resource, string type) =>
        (resource["status"]?["conditions"] as JsonArray)?.OfType<JsonObject>().Where(c => Text(c, "type") == type).Select(c => Text(c, "message")).FirstOrDefault();

    public static JsonNode? At(JsonNode? node, params IEnumerable<string> path) => path.Aggregate(node, (n, name) => (n as JsonObject)?[name]);

    public static string Text(JsonNode? node, params IEnumerable<string> path) => At(node, path)?.ToString() ?? "";

    /// <summary>The last measurement of a run's only metric.</summary>
    public static JsonObject? LastMeasurement(JsonObject run) =>
        ((At(run, "status", "metricResults") as JsonArray)?.OfType<JsonObject>().SingleOrDefault()?["measurements"] as JsonArray)?.OfType<JsonObject>().LastOrDefault();

    /// <summary>The value of the last measurement of a run's only metric; null where it has none yet.</summary>
    public static JsonNode? LastValue(JsonObject run) => LastMeasurement(run) is { } last && Text(last, "value") is { Length: > 0 } value ? JsonNode.Parse(value) : null;

    public async ValueTask DisposeAsync()
    {
        if (load is not null) await load.DisposeAsync();
        await Controller.DisposeAsync();
        foreach (var type in (ResourceType[])[ResourceType.Rollouts, ResourceType.PromotionPolicies, ResourceType.Deployments, ResourceType.HttpRoutes])
        {
            foreach (var item in (await Stage.Resources.ListAsync(type, new ListOptions { Namespace = Namespace }, CancellationToken.None)).Items)
                await Stage.Resources.DeleteAsync(type, new ResourceKey(Namespace, Text(item, "metadata", "name")), new DeleteOptions(), CancellationToken.None);
        }
    }

    private async Task<string> ExplainAsync(string what)
    {
        var runs = await PauseRunsAsync();
        return $"{what}.\nRollout: {At(await RolloutAsync(), "status")?.ToJsonString()}\nRuns: {string.Join('\n', runs.Select(r => r["status"]?.ToJsonString()))}\nController:\n{Controller.Log}";
    }
}
