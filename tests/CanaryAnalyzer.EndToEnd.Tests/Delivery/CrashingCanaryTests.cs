using CanaryAnalyzer.EndToEnd.Tests.Stages;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.EndToEnd.Tests.Delivery;

/// <summary>A canary that comes up, and crashes again and again once its pause has begun.</summary>
public sealed class CrashingCanaryTests(Theatre theatre)
{
    [Fact]
    public async Task A_canary_that_crash_loops_in_a_pause_is_rolled_back_at_the_progress_deadline_and_its_pod_is_named()
    {
        var rollout = Manifests.Rollout("crashing").Replace("replicas: 2", "replicas: 2\n  progressDeadlineSeconds: 20\n  progressDeadlineAbort: true", StringComparison.Ordinal);
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "crashing", rollout);
        await app.DeliverToPauseAsync(Versions.Good, "crash=4s");

        var degraded = await app.UntilAsync(r => App.Phase(r) == "Degraded", "the rollback");

        var hash = App.Text(degraded, "status", "currentPodHash");
        Assert.Contains($"ReplicaSet \"app-{hash}\" has timed out progressing: 0 of 1 canary pods available", App.Message(degraded), StringComparison.Ordinal);
        Assert.Matches($"; pod app-{hash}-[a-z0-9]+: container app exited with code 1( [0-9]+ times)?, CrashLoopBackOff$", App.Message(degraded));
        await app.UntilAsync(ResourceType.Services, "app-canary", s => App.Text(s, "spec", "selector", "rollouts-pod-template-hash") != hash, "no traffic for the canary");
    }
}
