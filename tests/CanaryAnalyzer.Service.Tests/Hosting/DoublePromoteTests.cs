using CanaryAnalyzer.Client.Commands;
using CanaryAnalyzer.Core.Rollouts.Commands;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Service.Tests.Hosting;

/// <summary>Two promotes at once, meant for one pause, against what a controller writes of its steps.</summary>
public sealed class DoublePromoteTests : IAsyncLifetime
{
    private const string Rollouts = "rollouts.argoproj.io";
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
    public async Task The_second_one_is_refused_however_soon_the_next_pause_began()
    {
        StoryObjects.Create(server, """[{"setWeight": 50}, {"pause": {}}, {"pause": {}}]""");
        await using var controller = await RunningController.StartAsync(server);
        await UntilAsync("Healthy", null);
        StoryObjects.SetImage(server, "hello:2");
        await UntilAsync("Paused", 1);

        var both = new SeenStep(null, DateTimeOffset.UtcNow);
        Assert.True(Assert.IsType<CommandOutcome.Change>(Promote(both)).Status!.ClearsPauses);
        server.Store.Change(Rollouts, "team", "web", r => r["status"]!["pauseConditions"] = null);
        await UntilAsync("Paused", 2);

        var refusal = Assert.IsType<CommandOutcome.Refused>(Promote(both));
        Assert.Contains("came to step 2 after this command was started", refusal.Message, StringComparison.Ordinal);
        Assert.IsType<CommandOutcome.Change>(Promote(new SeenStep(null, DateTimeOffset.UtcNow)));
    }

    private CommandOutcome Promote(SeenStep seen) => Promotion.Next(CommandStateReader.Read(server.Store.Find(Rollouts, "team", "web")!), seen);

    private Task UntilAsync(string phase, int? step) => RunningController.UntilAsync(
        server,
        _ => RunningController.Status(server) is { } status && status["phase"]?.GetValue<string>() == phase
            && (step is null || (status["currentStepIndex"]?.GetValue<int>() == step && status["pauseConditions"]?.AsArray().Count > 0)),
        $"phase {phase} at step {step}");
}
