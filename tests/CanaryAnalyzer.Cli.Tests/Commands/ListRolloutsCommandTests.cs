namespace CanaryAnalyzer.Cli.Tests.Commands;

public sealed class ListRolloutsCommandTests : IAsyncLifetime
{
    private CliRun _cli = null!;

    public async ValueTask InitializeAsync() => _cli = await CliRun.StartAsync();

    public ValueTask DisposeAsync() => _cli.DisposeAsync();

    [Fact]
    public async Task List_shows_a_line_a_rollout()
    {
        _cli.Story.Paused();
        var blueGreen = _cli.Story.Rollout();
        blueGreen["metadata"]!["name"] = "api";
        blueGreen["metadata"]!["namespace"] = "other";
        blueGreen["spec"]!["strategy"] = new System.Text.Json.Nodes.JsonObject { ["blueGreen"] = new System.Text.Json.Nodes.JsonObject() };
        _cli.Server.Store.Put("rollouts.argoproj.io", blueGreen);

        await _cli.RunAsync("list", "rollouts");
        await _cli.RunAsync("list", "rollouts", "-A", "--timestamps");
        await _cli.RunAsync("list", "ro", "-A", "--name", "api");

        Golden.Check("list.txt", _cli.Out);
    }

    [Fact]
    public async Task Empty_list_says_so_beside_the_output()
    {
        Assert.Equal(0, await _cli.RunAsync("list", "rollouts"));

        Assert.Equal(("", "No resources found.\n"), (_cli.Out, _cli.Error));
    }

    [Fact]
    public async Task Watch_adds_a_line_when_something_shown_changes()
    {
        _cli.Story.AtRest();
        var running = _cli.RunAsync("list", "rollouts", "--watch");
        await _cli.UntilWrittenAsync("Healthy");
        _cli.Story.Change(rollout => rollout["metadata"]!["annotations"] = new System.Text.Json.Nodes.JsonObject { ["unseen"] = "1" });
        _cli.Story.Change(rollout => rollout["status"]!["phase"] = "Degraded");
        await _cli.UntilWrittenAsync("Degraded");

        Assert.Equal(3, _cli.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.False(running.IsCompleted);
    }
}
