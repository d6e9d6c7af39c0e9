using System.Text.Json.Nodes;
using CanaryAnalyzer.Service.Reconciling.Experiments;
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
        await using var controller = await RunningController.StartAsync(server);

        await UntilPhaseAsync("new", "Error");
        await RunningController.UntilAsync(
            server, store => store.All("events").Any(e => e["reason"]!.GetValue<string>() == "ExperimentNotSupported" && e["message"]!.GetValue<string>() == ExperimentReconciler.Message), "an event");

        Assert.Equal(ExperimentReconciler.Message, Find("new")["status"]!["message"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("Pending")]
    [InlineData("Running")]
    public async Task One_that_another_controller_began_is_left_to_it_and_told_of_once(string phase)
    {
        Put("begun", phase);
        await using var controller = await RunningController.StartAsync(server);
        await RunningController.UntilAsync(server, store => Told(store, "begun") == 1, "an event");

        // What its controller writes when it is back is no new story.
        server.Store.Change(Kind, "team", "begun", e => e["status"]!["message"] = "at work");
        Put("new", null);
        await UntilPhaseAsync("new", "Error");
        await RunningController.UntilAsync(server, store => Told(store, "new") == 1, "the other's event");

        Assert.Equal((phase, "at work"), (Find("begun")["status"]!["phase"]!.GetValue<string>(), Find("begun")["status"]!["message"]!.GetValue<string>()));
        Assert.Equal(1, Told(server.Store, "begun"));
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

    private static int Told(ObjectStore store, string name) => store.All("events")
        .Where(e => e["reason"]!.GetValue<string>() == "ExperimentNotSupported" && e["involvedObject"]!["name"]!.GetValue<string>() == name).Sum(e => e["count"]?.GetValue<int>() ?? 1);

    private JsonObject Find(string name) => server.Store.Find(Kind, "team", name)!;

    private Task UntilPhaseAsync(string name, string phase) =>
        RunningController.UntilAsync(server, store => store.Find(Kind, "team", name)?["status"]?["phase"]?.GetValue<string>() == phase, $"{name} in phase {phase}");
}
