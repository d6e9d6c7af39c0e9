using System.Text.Json.Nodes;
using CanaryAnalyzer.Service.Experiments;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Service.Tests.Hosting;

/// <summary>Experiments that stand alone: nothing runs them, and they say so.</summary>
public sealed class ExperimentTests : IAsyncLifetime
{
    private const string Kind = "experiments.argoproj.io";
    private InProcessApiServer server = null!;

    public async ValueTask InitializeAsync() => server = await InProcessApiServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task An_experiment_ends_with_an_error_that_says_why()
    {
        Put("new", null);
        Put("running", "Running");
        await using var controller = await RunningController.StartAsync(server);

        await UntilPhaseAsync("new", "Error");
        await UntilPhaseAsync("running", "Error");
        await RunningController.UntilAsync(
            server, store => store.All("events").Any(e => e["reason"]!.GetValue<string>() == "ExperimentNotSupported" && e["message"]!.GetValue<string>() == ExperimentReconciler.Message), "an event");

        Assert.Equal(ExperimentReconciler.Message, Find("new")["status"]!["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task Another_instances_experiment_and_one_that_ended_stay_as_they_are()
    {
        Put("ended", "Successful");
        Put("theirs", null);
        server.Store.Change(Kind, "team", "theirs", e => e["metadata"]!["labels"] = new JsonObject { ["argo-rollouts.argoproj.io/controller-instance-id"] = "theirs" });
        await using var controller = await RunningController.StartAsync(server);

        // The last one's end shows that the others had their turn: keys are worked on in their order.
        Put("ours", null);
        await UntilPhaseAsync("ours", "Error");

        Assert.Equal("Successful", Find("ended")["status"]!["phase"]!.GetValue<string>());
        Assert.Null(Find("theirs")["status"]);
    }

    private void Put(string name, string? phase)
    {
        var experiment = JsonNode.Parse("""
            {"apiVersion": "argoproj.io/v1alpha1", "kind": "Experiment", "metadata": {"name": "NAME", "namespace": "team", "uid": "uid-NAME"},
             "spec": {"templates": [{"name": "a", "selector": {"matchLabels": {"app": "a"}}, "template": {"spec": {"containers": [{"name": "a", "image": "a:1"}]}}}]}}
            """.Replace("NAME", name, StringComparison.Ordinal))!.AsObject();
        if (phase is not null) experiment["status"] = new JsonObject { ["phase"] = phase };
        server.Store.Put(Kind, experiment);
    }

    private JsonObject Find(string name) => server.Store.Find(Kind, "team", name)!;

    private Task UntilPhaseAsync(string name, string phase) =>
        RunningController.UntilAsync(server, store => store.Find(Kind, "team", name)?["status"]?["phase"]?.GetValue<string>() == phase, $"{name} in phase {phase}");
}
