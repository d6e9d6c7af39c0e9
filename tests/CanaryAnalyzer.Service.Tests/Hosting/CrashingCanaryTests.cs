using System.Text.Json.Nodes;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Service.Tests.Hosting;

public sealed class CrashingCanaryTests : IAsyncLifetime
{
    private const string Rollouts = "rollouts.argoproj.io";
    private InProcessApiServer server = null!;

    public async ValueTask InitializeAsync() => server = await InProcessApiServer.StartAsync();

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_canary_that_crashes_in_a_pause_is_given_up_with_its_pod_and_exit_code()
    {
        StoryObjects.Create(server);
        await using var controller = await RunningController.StartAsync(server);
        await using (new ReadyPods(server.Store))
        {
            await PhaseAsync("Healthy");
            StoryObjects.SetImage(server, "hello:2");
            await PhaseAsync("Paused");
        }

        Crash(restarts: 1);
        await UntilAsync(_ => Condition("CanaryUnavailable")?.Contains("exited with code 137 (OOMKilled), CrashLoopBackOff", StringComparison.Ordinal) == true, "the condition");
        Crash(restarts: 7);
        await UntilAsync(_ => Condition("CanaryUnavailable")?.Contains("7 times", StringComparison.Ordinal) == true, "the condition after more crashes, of which the ReplicaSet says nothing");
        server.Store.Change(Rollouts, "team", "web", r => (r["spec"]!["progressDeadlineSeconds"], r["spec"]!["progressDeadlineAbort"]) = (1, true));

        await PhaseAsync("Degraded");
        var message = RunningController.Status(server)!["message"]!.GetValue<string>();
        Assert.Contains("0 of 1 canary pods available", message, StringComparison.Ordinal);
        Assert.EndsWith($"pod {Canary()}-x2x: container web exited with code 137 (OOMKilled) 7 times, CrashLoopBackOff", message, StringComparison.Ordinal);
        await UntilAsync(s => StoryObjects.CanaryWeight(s) == 0, "no traffic for the canary");
    }

    private void Crash(int restarts)
    {
        var set = server.Store.Find("replicasets.apps", "team", Canary())!;
        if (set["status"]!["availableReplicas"]!.GetValue<int>() > 0) server.Store.Change("replicasets.apps", "team", Canary(), s => (s["status"]!["readyReplicas"], s["status"]!["availableReplicas"]) = (0, 0));
        server.Store.Put("pods", (JsonObject)JsonNode.Parse($$"""
            {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"name": "{{Canary()}}-x2x", "namespace": "team", "uid": "pod-uid", "labels": {"app": "web", "rollouts-pod-template-hash": "{{Canary()["web-".Length..]}}"},
               "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "{{Canary()}}", "uid": "{{set["metadata"]!["uid"]}}", "controller": true}] },
             "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "False"}],
               "containerStatuses": [{"name": "web", "ready": false, "restartCount": {{restarts}}, "state": {"waiting": {"reason": "CrashLoopBackOff"} },
                 "lastState": {"terminated": {"exitCode": 137, "reason": "OOMKilled", "finishedAt": "2026-01-01T00:00:00Z"} } }] } }
            """)!);
    }

    private string Canary() => $"web-{RunningController.Status(server)!["currentPodHash"]!.GetValue<string>()}";

    private string? Condition(string type) =>
        (RunningController.Status(server)?["conditions"] as JsonArray)?.FirstOrDefault(c => c!["type"]!.GetValue<string>() == type)?["message"]?.GetValue<string>();

    private Task PhaseAsync(string phase) => UntilAsync(s => s.Find(Rollouts, "team", "web")?["status"]?["phase"]?.GetValue<string>() == phase, phase);

    private Task UntilAsync(Func<ObjectStore, bool> isSo, string what) => RunningController.UntilAsync(server, isSo, what);
}
