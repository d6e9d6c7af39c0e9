using System.Text.Json.Nodes;
using CanaryAnalyzer.EndToEnd.Tests.Stages;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.EndToEnd.Tests.Policies;

/// <summary>Policies that come, change, contradict each other, hold and let go, all over one and the same pause.</summary>
public sealed class PromotionPolicyTests(Theatre theatre)
{
    private const string Quick = """
        {interval: 1s, minDuration: 2s, maxDuration: 4m, promote: WhenSafe, measures: [
          {name: errors, margin: {ratio: 5, absolute: 3%}, errorRate: {
            requests: 'http_requests_received_total{namespace="{{args.namespace}}"}', errors: 'http_requests_received_total{namespace="{{args.namespace}}",code=~"5.."}'}}]}
        """;

    [Fact]
    public async Task A_waiting_pause_follows_what_its_policies_become()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "policies");
        app.Apply(Manifests.Template(app.Namespace, "quick", Quick));
        app.Use();
        await app.DeliverToPauseAsync(Versions.Good);
        Assert.Null(App.At(await app.RolloutAsync(), "status", "canaryAnalyzer"));

        app.Apply(Manifests.Policy(app.Namespace, fields: "mode: Observe", template: "quick"));
        await GateAsync(app, "observed: would promote");
        await app.ToldAsync("VerdictObserved", m => m.StartsWith("PromotionPolicy automatic observed: would promote. safe at look", StringComparison.Ordinal));
        Assert.Equal(("True", "Observe", "1"), await ColumnsAsync(app, waiting: "1"));

        app.Apply(Manifests.Policy(app.Namespace, name: "another", template: "quick"));
        var conflict = await app.UntilAsync(r => App.Condition(r, "PromotionPolicyConflict") is not null, "the conflict");
        Assert.Contains("PromotionPolicies another and automatic both select this Rollout", App.Condition(conflict, "PromotionPolicyConflict"), StringComparison.Ordinal);
        await app.ToldAsync("PromotionPolicyConflict", m => m.Contains("PromotionPolicies another and automatic both select this Rollout", StringComparison.Ordinal));
        await app.UntilAsync(async () => (await app.PauseRunsAsync()).All(r => App.Text(r, "status", "phase") != "Running"), "the end of the run that no policy follows");
        await app.Stage.Resources.DeleteAsync(ResourceType.PromotionPolicies, new ResourceKey(app.Namespace, "another"), new DeleteOptions(), TestContext.Current.CancellationToken);
        await app.UntilAsync(r => App.Condition(r, "PromotionPolicyConflict") is null, "the end of the conflict");

        await PatchAsync(app, """{"mode": "Enforce", "templates": [{"templateName": "nowhere"}]}""");
        var invalid = await app.UntilAsync(r => App.Condition(r, "PromotionPolicyInvalid") is not null, "the missing template");
        Assert.Contains("AnalysisTemplate 'nowhere'", App.Condition(invalid, "PromotionPolicyInvalid"), StringComparison.Ordinal);
        await app.UntilAsync(ResourceType.PromotionPolicies, "automatic", p => Ready(p) == "False" && App.Condition(p, "Ready")!.Contains("nowhere", StringComparison.Ordinal), "READY False");

        await app.Stage.Resources.MergePatchAsync(ResourceType.Namespaces, new ResourceKey(null, app.Namespace), Json("""{"metadata": {"annotations": {"canaryanalyzer.io/hold": "freeze"}}}"""), null, TestContext.Current.CancellationToken);
        await PatchAsync(app, """{"templates": [{"templateName": "quick"}]}""");
        await GateAsync(app, "namespaceHeld");
        Assert.Equal(("True", "Enforce", "1"), await ColumnsAsync(app, waiting: "1"));

        await PatchAsync(app, """{"suspend": true}""");
        await app.Stage.Resources.MergePatchAsync(ResourceType.Namespaces, new ResourceKey(null, app.Namespace), Json("""{"metadata": {"annotations": {"canaryanalyzer.io/hold": null}}}"""), null, TestContext.Current.CancellationToken);
        var held = await GateAsync(app, "policySuspended");
        Assert.Contains("policySuspended", App.Condition(held, "WaitingForHuman"), StringComparison.Ordinal);

        await PatchAsync(app, """{"suspend": false}""");
        await app.UntilAsync(r => App.Phase(r) == "Healthy", "the promotion");
        Assert.Equal(("True", "Enforce", "1"), await ColumnsAsync(app, waiting: "0"));
    }

    private static async Task<JsonObject> GateAsync(App app, string reason)
    {
        var rollout = await app.UntilAsync(r => App.Text(r, "status", "canaryAnalyzer", "waitingReason") == reason, $"the gate's {reason}");
        Assert.Equal("Paused", App.Phase(rollout));
        return rollout;
    }

    private static Task PatchAsync(App app, string spec) => app.PatchAsync(ResourceType.PromotionPolicies, "automatic", $$"""{"spec": {{spec}}}""");

    /// <summary>READY, MODE and ROLLOUTS as kubectl shows them, once WAITING is as wanted.</summary>
    private static async Task<(string Ready, string Mode, string Rollouts)> ColumnsAsync(App app, string waiting)
    {
        var policy = await app.UntilAsync(ResourceType.PromotionPolicies, "automatic", p => App.Text(p, "status", "waiting") == waiting, $"WAITING {waiting}");
        if (CommandLine.Kubectl is not { } kubectl) return (Ready(policy), App.Text(policy, "spec", "mode"), App.Text(policy, "status", "rollouts"));
        var (code, output) = await CommandLine.RunAsync(app.Stage, kubectl, app.Namespace, "get", "promotionpolicies");
        Assert.True(code == 0, output);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("NAME READY MODE ROLLOUTS WAITING AGE", string.Join(' ', Cells(lines[0])));
        var cells = Cells(Assert.Single(lines[1..]));
        Assert.Equal(("automatic", waiting), (cells[0], cells[4]));
        return (cells[1], cells[2], cells[3]);
    }

    private static string[] Cells(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Ready(JsonObject policy) =>
        App.Text(policy["status"]?["conditions"]?.AsArray().OfType<JsonObject>().FirstOrDefault(c => App.Text(c, "type") == "Ready"), "status");

    private static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;
}
