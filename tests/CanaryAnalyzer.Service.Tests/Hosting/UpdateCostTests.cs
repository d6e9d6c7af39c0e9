using System.Text.Json.Nodes;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Service.Tests.Hosting;

/// <summary>What one update of a routed canary costs the API server, from the new image until the old ReplicaSet has no pods.</summary>
public sealed class UpdateCostTests : IAsyncLifetime
{
    private const int MostRequests = 22;
    private const string ReplicaSets = "replicasets.apps";
    private InProcessApiServer server = null!;
    private GradualPods pods = null!;

    public async ValueTask InitializeAsync()
    {
        server = await InProcessApiServer.StartAsync();
        server.Store.Defaults = Default;
        pods = new GradualPods(server.Store);
    }

    public async ValueTask DisposeAsync()
    {
        await pods.DisposeAsync();
        await server.DisposeAsync();
    }

    public static TheoryData<int> LateWrites => [7, 8, 9, 10, 11, 12, 13, 14, 15];

    [Theory]
    [MemberData(nameof(LateWrites))]
    public async Task Killed_at_any_write_after_its_pause_the_update_ends_as_if_nothing_had_happened(int write)
    {
        StoryObjects.CreateInline(server, """[{"setWeight": 50}, {"pause": {"duration": 1}}, {"setWeight": 100}]""");
        var first = await RunningController.StartAsync(server);
        await UntilSettledAsync("hello:1");
        var (seen, reached) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        server.Inject(
            Fault.First(() =>
            {
                if (Interlocked.Increment(ref seen) != write) return;
                _ = first.KillAsync();
                reached.SetResult();
            }),
            r => r.Method is "PATCH" or "POST" && r.Plural != "events",
            times: int.MaxValue);

        Deliver("hello:2");
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await using var second = await RunningController.StartAsync(server);
        await UntilSettledAsync("hello:2");

        Assert.Equal((2, 0, 3), (server.Store.All(ReplicaSets).Count, StoryObjects.CanaryWeight(server.Store), Status()!["currentStepIndex"]!.GetValue<int>()));
        Assert.Contains("Promoted", StoryObjects.Annotation(server.Store.All(ReplicaSets).Single(s => s["spec"]!["replicas"]!.GetValue<int>() == 2), "canaryanalyzer.io/release"), StringComparison.Ordinal);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task What_a_release_waits_for_is_written_although_nothing_else_happens()
    {
        StoryObjects.CreateInline(server, "[]");
        await pods.DisposeAsync();

        await using var controller = await RunningController.StartAsync(server);

        await RunningController.UntilAsync(server, _ => Status()?["message"]?.GetValue<string>().EndsWith("0 of 2 available", StringComparison.Ordinal) == true, "the message");
    }

    [Fact]
    public async Task An_update_of_a_routed_canary_costs_few_requests()
    {
        StoryObjects.CreateInline(server, """[{"setWeight": 50}, {"pause": {"duration": 3}}, {"setWeight": 100}]""");
        await using var controller = await RunningController.StartAsync(server);
        await UntilSettledAsync("hello:1");
        await RunningController.UntilAsync(server, s => IsTold(s, "Initial deploy"), "the first version's last event");
        var before = server.Requests.Count;

        Deliver("hello:2");
        await UntilSettledAsync("hello:2");
        await RunningController.UntilAsync(server, s => IsTold(s, "from 2 to 0"), "the last event");

        var requests = server.Requests.Skip(before).Where(r => r.Plural != "leases" && (r.Method != "GET" || r.Name is not null)).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"{requests.Count} requests:\n{Table(requests)}");
        Assert.True(requests.Count <= MostRequests, $"{requests.Count} requests, at most {MostRequests} expected:\n{Table(requests)}\n{string.Join('\n', requests.Select(Line))}");
        Assert.Equal(["RolloutUpdated", "RolloutPaused", "RolloutStepCompleted", "RolloutCompleted", "ScalingReplicaSet"], requests.Where(r => r.Plural == "events").Select(Reason));
    }

    private Task UntilSettledAsync(string image) => RunningController.UntilAsync(
        server,
        store => StoryObjects.ImageBehind(store, "web-stable") == image && Status()?["phase"]?.GetValue<string>() == "Healthy"
            && Status()!["replicas"]!.GetValue<int>() == 2 && Status()!["currentPodHash"]!.GetValue<string>() == Status()!["stableRS"]?.GetValue<string>()
            && store.All(ReplicaSets).Sum(s => s["spec"]!["replicas"]!.GetValue<int>()) == 2,
        $"all pods of {image} alone");

    private void Deliver(string image) => server.Store.Change("rollouts.argoproj.io", "team", "web", r =>
    {
        r["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = image;
        r["metadata"]!["generation"] = 2;
    });

    private static bool IsTold(ObjectStore store, string words) => store.All("events").Any(e => e["message"]!.GetValue<string>().Contains(words, StringComparison.Ordinal));

    private JsonNode? Status() => RunningController.Status(server);

    // As the API server fills them in, so that a stored template is never the one that a Rollout has.
    private static void Default(string kind, JsonObject resource)
    {
        if (kind != ReplicaSets) return;
        resource["metadata"]!["generation"] = 1;
        var pod = resource["spec"]!["template"]!["spec"]!;
        pod["restartPolicy"] ??= "Always";
        pod["terminationGracePeriodSeconds"] ??= 30;
        foreach (var container in pod["containers"]!.AsArray()) container!["imagePullPolicy"] ??= "IfNotPresent";
    }

    private static string Table(IEnumerable<ApiRequest> requests) => string.Join('\n', requests.GroupBy(Name).OrderByDescending(g => g.Count()).Select(g => $"{g.Count(),4}  {g.Key}"));

    private static string Name(ApiRequest request) =>
        $"{request.Method}{(request.IsDryRun ? " (dry run)" : "")} {request.Plural}{(request.Subresource is null ? "" : $"/{request.Subresource}")}";

    private static string Line(ApiRequest request) => $"{Name(request)} {request.Name}: {request.Body}";

    private static string Reason(ApiRequest request) => JsonNode.Parse(request.Body)!["reason"]!.GetValue<string>();
}
