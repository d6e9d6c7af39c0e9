namespace CanaryAnalyzer.Cli.Tests.Commands;

public sealed class StatusCommandTests : IAsyncLifetime
{
    private CliRun _cli = null!;

    public async ValueTask InitializeAsync() => _cli = await CliRun.StartAsync();

    public ValueTask DisposeAsync() => _cli.DisposeAsync();

    [Fact]
    public async Task Healthy_rollout_is_exit_code_0()
    {
        _cli.Story.AtRest();

        Assert.Equal(0, await _cli.RunAsync("status", "rollout-canary"));
        Assert.Equal("Healthy\n", _cli.Out);
    }

    [Fact]
    public async Task Degraded_rollout_is_exit_code_1_with_the_message()
    {
        _cli.Story.Aborted();

        Assert.Equal(1, await _cli.RunAsync("status", "rollout-canary"));
        Assert.Equal("Degraded - RolloutAborted: Rollout aborted update to revision 3\n", _cli.Out);
        Assert.Equal("Error: The rollout is in a degraded state with message: RolloutAborted: Rollout aborted update to revision 3\n", _cli.Error);
    }

    [Fact]
    public async Task Status_waits_and_tells_each_phase_once()
    {
        _cli.Story.Paused();
        var running = _cli.RunAsync("status", "rollout-canary");
        await _cli.UntilWrittenAsync("Paused - CanaryPauseStep");
        _cli.Story.Change(rollout => rollout["status"]!["pauseConditions"] = null);
        await _cli.UntilWrittenAsync("Progressing - waiting for rollout to unpause");
        _cli.Story.Change(rollout =>
        {
            rollout["status"]!["controllerPause"] = false;
            rollout["status"]!["phase"] = "Healthy";
            rollout["status"]!["message"] = "";
        });

        Assert.Equal(0, await _cli.UntilEndAsync(running));
        Assert.Equal("Paused - CanaryPauseStep\nProgressing - waiting for rollout to unpause\nHealthy\n", _cli.Out);
    }

    [Fact]
    public async Task Status_gives_up_after_its_time()
    {
        _cli.Story.Paused();

        Assert.Equal(1, await _cli.UntilEndAsync(_cli.RunAsync("status", "rollout-canary", "-t", "1m30s")));
        Assert.Equal("Error: Rollout status watch exceeded timeout\n", _cli.Error);
        Assert.True(_cli.Time.GetUtcNow() - SeedStory.Now >= TimeSpan.FromSeconds(90));
    }

    [Theory]
    [InlineData("--watch=false")]
    [InlineData("-w=false")]
    public async Task Status_without_watch_tells_once(string option)
    {
        _cli.Story.Aborted();

        Assert.Equal(0, await _cli.RunAsync("status", "rollout-canary", option));
        Assert.Equal("Degraded - RolloutAborted: Rollout aborted update to revision 3\n", _cli.Out);
    }

    [Fact]
    public async Task Status_of_a_spec_that_nobody_has_seen_is_progressing()
    {
        _cli.Story.AtRest();
        _cli.Story.Change(rollout => rollout["metadata"]!["generation"] = 2);

        await _cli.RunAsync("status", "rollout-canary", "--watch=false");

        Assert.Equal("Progressing - waiting for rollout spec update to be observed\n", _cli.Out);
    }

    [Fact]
    public async Task Status_of_a_rollout_that_is_deleted_ends()
    {
        _cli.Story.Paused();
        var running = _cli.RunAsync("status", "rollout-canary");
        await _cli.UntilWrittenAsync("Paused");
        _cli.Server.Store.Remove("rollouts.argoproj.io", SeedStory.Namespace, SeedStory.Name);

        Assert.Equal(1, await _cli.UntilEndAsync(running));
        Assert.Equal("Error: rollout 'rollout-canary' was deleted\n", _cli.Error);
    }

    [Fact]
    public async Task Time_that_is_no_duration_is_refused()
    {
        Assert.Equal(1, await _cli.RunAsync("status", "rollout-canary", "-t", "soon"));
        Assert.Contains("'soon' is no duration", _cli.Error, StringComparison.Ordinal);
    }
}
