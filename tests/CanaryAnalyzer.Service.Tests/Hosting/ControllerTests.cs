using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Service.Tests.Hosting;

public sealed partial class ControllerTests : IAsyncLifetime
{
    private InProcessApiServer server = null!;
    private ReadyPods pods = null!;

    public async ValueTask InitializeAsync()
    {
        server = await InProcessApiServer.StartAsync();
        pods = new ReadyPods(server.Store);
    }

    public async ValueTask DisposeAsync()
    {
        await pods.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_first_version_comes_up_and_a_second_waits_at_its_pause_until_a_person_lets_it_go_on()
    {
        StoryObjects.Create(server);
        await using var controller = await RunningController.StartAsync(server);
        await PhaseAsync("Healthy");
        await RunningController.UntilAsync(server, s => s.Find("deployments.apps", "team", "web")!["spec"]!["replicas"]!.GetValue<int>() == 0, "the Deployment at no pods");

        StoryObjects.SetImage(server, "hello:2");
        await PhaseAsync("Paused");
        Assert.Equal(50, StoryObjects.CanaryWeight(server.Store));
        Assert.Single(RunningController.Status(server)!["canary"]!["weights"]!["changes"]!.AsArray());
        Assert.Equal(("hello:2", "hello:1"), (StoryObjects.ImageBehind(server.Store, "web-canary"), StoryObjects.ImageBehind(server.Store, "web-stable")));

        server.Store.Change("rollouts.argoproj.io", "team", "web", r => r["status"]!["pauseConditions"] = null);
        await PhaseAsync("Healthy");
        Assert.Equal("hello:2", StoryObjects.ImageBehind(server.Store, "web-stable"));
        Assert.Equal(0, StoryObjects.CanaryWeight(server.Store));
    }

    [Fact]
    public async Task A_missing_service_is_named_and_heals_by_itself()
    {
        StoryObjects.Create(server);
        var service = server.Store.Find("services", "team", "web-canary")!;
        server.Store.Remove("services", "team", "web-canary");
        await using var controller = await RunningController.StartAsync(server);
        await PhaseAsync("Degraded");
        Assert.Contains("spec.strategy.canary.canaryService", RunningController.Status(server)!["message"]!.GetValue<string>(), StringComparison.Ordinal);

        server.Store.Put("services", service);

        await PhaseAsync("Healthy");
    }

    [Fact]
    public async Task A_rollout_of_another_instance_is_left_alone()
    {
        StoryObjects.Create(server);
        server.Store.Change("rollouts.argoproj.io", "team", "web", r => r["metadata"]!["labels"]!["argo-rollouts.argoproj.io/controller-instance-id"] = "theirs");
        await using (var ours = await RunningController.StartAsync(server))
        {
            await ours.MetricsUntilAsync(text => text.Contains("""canaryanalyzer_passes_total{kind="Rollout",outcome="Settled"}""", StringComparison.Ordinal), "a reconcile of the Rollout");
            Assert.DoesNotContain(server.Requests, r => r.Method != "GET");
        }

        await using var theirs = await RunningController.StartAsync(server, o => o with { InstanceId = "theirs" });
        await PhaseAsync("Healthy");
    }

    [Fact]
    public async Task While_another_controller_holds_its_lease_nothing_is_written()
    {
        StoryObjects.Create(server);
        StoryObjects.Judge(server);
        StoryObjects.Run(server, "by-hand");
        StoryObjects.ForeignLease(server, "argo-rollouts-controller-lock", "argo", "argo");
        await using var controller = await RunningController.StartAsync(server);

        var metrics = await controller.MetricsUntilAsync(
            text => ((string[])["Rollout", "AnalysisRun", "PromotionPolicy"]).All(kind => text.Contains($"canaryanalyzer_passes_total{{kind=\"{kind}\"", StringComparison.Ordinal)),
            "a reconcile of each kind");

        Assert.Contains("canaryanalyzer_observing_only 1\n", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, r => r.Method != "GET");

        server.Store.Remove("leases.coordination.k8s.io", "argo", "argo-rollouts-controller-lock");
        await PhaseAsync("Healthy");
        await RunningController.UntilAsync(server, s => s.Find("promotionpolicies.canaryanalyzer.io", "team", "web")!["status"] is not null, "the policy's status");
        await RunningController.UntilAsync(server, s => s.Find("analysisruns.argoproj.io", "team", "by-hand")!["status"] is not null, "the run's status");
    }

    [Fact]
    public async Task No_instant_of_a_status_lies_in_the_future()
    {
        StoryObjects.Create(server);
        var early = new ConcurrentQueue<string>();
        server.Inject(
            Fault.First(() =>
            {
                var body = server.Requests[^1].Body;
                foreach (var match in Instants().EnumerateMatches(body))
                {
                    var text = body.Substring(match.Index, match.Length);
                    if (DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) > DateTimeOffset.UtcNow) early.Enqueue(text);
                }
            }),
            r => r is { Method: "PATCH", Plural: "rollouts" },
            times: int.MaxValue);
        await using var controller = await RunningController.StartAsync(server);
        await PhaseAsync("Healthy");
        StoryObjects.SetImage(server, "hello:2");
        await PhaseAsync("Paused");

        Assert.Contains(server.Requests, r => r is { Method: "PATCH", Plural: "rollouts" } && r.Body.Contains("startTime", StringComparison.Ordinal));
        Assert.Empty(early);
    }

    [Fact]
    public async Task It_says_how_it_is_and_what_rollouts_are_at()
    {
        StoryObjects.Create(server);
        await using var controller = await RunningController.StartAsync(server);
        await PhaseAsync("Healthy");
        using var http = new HttpClient();

        var metrics = await http.GetStringAsync($"{controller.Addresses[0]}/metrics", TestContext.Current.CancellationToken);
        using var health = await http.GetAsync($"{controller.Addresses[1]}/healthz", TestContext.Current.CancellationToken);
        using var ready = await http.GetAsync($"{controller.Addresses[1]}/readyz", TestContext.Current.CancellationToken);

        Assert.Contains("""rollout_info{namespace="team",name="web",strategy="canary",traffic_router="argoproj-labs/gatewayAPI",phase="Healthy"} 1""", metrics, StringComparison.Ordinal);
        Assert.Contains("""rollout_phase{namespace="team",name="web",strategy="canary",phase="Healthy"} 1""", metrics, StringComparison.Ordinal);
        Assert.Contains("process_cpu_seconds_total", metrics, StringComparison.Ordinal);
        Assert.Contains("""rollout_info_replicas_available{namespace="team",name="web"} 2""", metrics, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (health.StatusCode, ready.StatusCode));

        server.Store.Remove("rollouts.argoproj.io", "team", "web");
        await controller.MetricsUntilAsync(text => !text.Contains("rollout_info{", StringComparison.Ordinal), "the end of the Rollout's series");
    }

    [Fact]
    public async Task Another_ones_write_in_between_is_looked_at_again_and_is_no_failure()
    {
        StoryObjects.Create(server);
        server.Inject(Fault.Answer(409, "Conflict"), r => r is { Method: "PATCH", Plural: "rollouts" }, times: 2);
        server.Inject(Fault.Answer(500, "InternalError"), r => r is { Method: "PATCH", Plural: "services" });
        await using var controller = await RunningController.StartAsync(server);
        await PhaseAsync("Healthy");
        await RunningController.UntilAsync(server, s => StoryObjects.ImageBehind(s, "web-stable") == "hello:1", "the stable Service");
        using var http = new HttpClient();

        var metrics = await http.GetStringAsync($"{controller.Addresses[0]}/metrics", TestContext.Current.CancellationToken);

        Assert.Contains("""rollout_reconcile_error{namespace="team",name="web"} 1""" + "\n", metrics, StringComparison.Ordinal);
        Assert.Contains("""canaryanalyzer_passes_total{kind="Rollout",outcome="Retry"} 3""" + "\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_judged_release_goes_through_its_pauses_and_leaves_a_record()
    {
        StoryObjects.Create(server, """[{"setWeight": 50}, {"pause": {}}, {"pause": {}}]""");
        StoryObjects.Judge(server);
        await using var controller = await RunningController.StartAsync(server, o => o with { InsecureApi = true });
        await PhaseAsync("Healthy");
        StoryObjects.SetImage(server, "hello:2");
        await RunningController.UntilAsync(server, s => s.All("analysisruns.argoproj.io").Count == 1, "the first pause's run");
        Assert.Null(StoryObjects.Annotation(server.Store.All("analysisruns.argoproj.io")[0], "canaryanalyzer.io/last-pause"));
        using var http = new HttpClient();
        using var answer = await http.GetAsync($"{controller.Addresses[0]}/api/v1/namespaces/team/rollouts/web/explanation", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.NotFound, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));

        server.Store.Change("rollouts.argoproj.io", "team", "web", r => r["status"]!["pauseConditions"] = null);
        await RunningController.UntilAsync(server, s => s.All("analysisruns.argoproj.io").Count == 2, "the second pause's run");
        var last = server.Store.All("analysisruns.argoproj.io").Single(r => StoryObjects.Annotation(r, "canaryanalyzer.io/last-pause") == "true");
        Assert.Equal("a person promoted the judged pause of step 2", StoryObjects.Annotation(last, "canaryanalyzer.io/begins-anew"));
        await RunningController.UntilAsync(server, _ => RunningController.Status(server)!["pauseConditions"] is not null, "the second pause");
        server.Store.Change("rollouts.argoproj.io", "team", "web", r => r["status"]!["pauseConditions"] = null);
        await PhaseAsync("Healthy");

        var record = server.Store.All("replicasets.apps").Select(r => StoryObjects.Annotation(r, "canaryanalyzer.io/release")).Single(r => r is not null)!;
        Assert.Contains("\"outcome\":\"Promoted\",\"by\":\"person\"", record, StringComparison.Ordinal);
        Assert.Contains("\"images\":[\"hello:2\"]", record, StringComparison.Ordinal);
        Assert.Null(RunningController.Status(server)!["canary"]!["release"]);
        using var explained = await http.GetAsync($"{controller.Addresses[0]}/api/v1/namespaces/team/rollouts/web/explanation", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, explained.StatusCode);
        Assert.Contains("The release of revision 2 has ended: it was promoted at", await explained.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Killed_at_any_write_it_loses_nothing_and_does_nothing_twice(int write)
    {
        StoryObjects.Create(server);
        await using (await RunningController.StartAsync(server)) await PhaseAsync("Healthy");
        var first = await RunningController.StartAsync(server);
        var seen = 0;
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task? killing = null;
        server.Inject(
            Fault.First(() =>
            {
                if (Interlocked.Increment(ref seen) != write) return;
                killing = first.KillAsync();
                reached.SetResult();
            }),
            r => r.Method is "PATCH" or "POST" && r.Plural != "events",
            times: int.MaxValue);

        StoryObjects.SetImage(server, "hello:2");
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await killing!;
        await using var second = await RunningController.StartAsync(server);
        await PhaseAsync("Paused");

        Assert.Equal(2, server.Store.All("replicasets.apps").Count);
        Assert.Equal(50, StoryObjects.CanaryWeight(server.Store));
        Assert.Equal(("hello:2", "hello:1"), (StoryObjects.ImageBehind(server.Store, "web-canary"), StoryObjects.ImageBehind(server.Store, "web-stable")));
        Assert.Equal(1, RunningController.Status(server)!["currentStepIndex"]!.GetValue<int>());
        await first.DisposeAsync();
    }

    public static TheoryData<int> Writes => [1, 2, 3, 4, 5, 6];

    [GeneratedRegex("20[0-9-]{8}T[0-9:]{8}Z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Instants();

    private Task PhaseAsync(string phase) => RunningController.UntilAsync(
        server,
        s => s.Find("rollouts.argoproj.io", "team", "web")?["status"]?["phase"]?.GetValue<string>() == phase
            && (phase != "Healthy" || s.Find("rollouts.argoproj.io", "team", "web")!["status"]!["currentPodHash"]!.GetValue<string>() == HashOfDeployment(s)),
        phase);

    private static string? HashOfDeployment(ObjectStore store)
    {
        var image = store.Find("deployments.apps", "team", "web")!["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!.GetValue<string>();
        return store.All("replicasets.apps").FirstOrDefault(r => r["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!.GetValue<string>() == image)?
            ["metadata"]!["labels"]!["rollouts-pod-template-hash"]!.GetValue<string>();
    }
}
