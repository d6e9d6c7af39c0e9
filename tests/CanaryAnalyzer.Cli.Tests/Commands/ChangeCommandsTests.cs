using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Cli.Tests.Commands;

public sealed class ChangeCommandsTests : IAsyncLifetime
{
    private CliRun _cli = null!;

    public async ValueTask InitializeAsync() => _cli = await CliRun.StartAsync();

    public ValueTask DisposeAsync() => _cli.DisposeAsync();

    [Fact]
    public async Task Promote_ends_the_pause_on_the_condition_of_the_version_read()
    {
        _cli.Story.Paused();
        var version = _cli.Story.Rollout()["metadata"]!["resourceVersion"]!.GetValue<string>();

        Assert.Equal(0, await _cli.RunAsync("promote", "rollout-canary"));

        Assert.Equal("rollout 'rollout-canary' promoted\n", _cli.Out);
        var status = _cli.Story.Rollout()["status"]!;
        Assert.Null(status["pauseConditions"]);
        Assert.Equal(1, status["currentStepIndex"]!.GetValue<int>());
        var patch = _cli.Server.Requests.Single(request => request.Method == "PATCH");
        Assert.Equal($$$"""{"metadata":{"resourceVersion":"{{{version}}}"},"status":{"pauseConditions":null}}""", patch.Body);
    }

    [Fact]
    public async Task Second_promote_before_the_controller_went_on_skips_nothing()
    {
        _cli.Story.Paused();

        await _cli.RunAsync("promote", "rollout-canary");
        Assert.Equal(0, await _cli.RunAsync("promote", "rollout-canary"));

        Assert.Equal(1, _cli.Story.Rollout()["status"]!["currentStepIndex"]!.GetValue<int>());
        Assert.EndsWith("rollout 'rollout-canary' is being promoted already\n", _cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promote_that_another_person_came_before_does_nothing_and_says_so()
    {
        _cli.Story.Paused();
        BeforeThePatch(rollout => rollout["status"]!["pauseConditions"] = null);

        Assert.Equal(1, await _cli.RunAsync("promote", "rollout-canary"));

        Assert.Equal(1, _cli.Story.Rollout()["status"]!["currentStepIndex"]!.GetValue<int>());
        Assert.Contains("changed in the meantime", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promote_does_not_end_a_pause_that_began_in_between()
    {
        _cli.Story.Paused();
        BeforeThePatch(rollout =>
        {
            rollout["status"]!["currentStepIndex"] = 2;
            rollout["status"]!["pauseConditions"]![0]!["startTime"] = SeedStory.Time(0);
        });

        Assert.Equal(1, await _cli.RunAsync("promote", "rollout-canary"));

        Assert.NotNull(_cli.Story.Rollout()["status"]!["pauseConditions"]);
    }

    [Fact]
    public async Task Two_promotes_at_once_pass_one_pause()
    {
        _cli.Story.Paused();
        var (release, arrived) = (new TaskCompletionSource(), new TaskCompletionSource());
        _cli.Server.Inject(Fault.Hold(release.Task, arrived), request => request.Method == "GET", times: 1);
        var second = _cli.RunAsync("promote", "rollout-canary");
        await arrived.Task;
        Assert.Equal(0, await _cli.RunAsync("promote", "rollout-canary"));
        NextPause(SeedStory.Now.AddMilliseconds(40));
        release.SetResult();

        Assert.Equal(1, await second);

        Assert.NotNull(_cli.Story.Rollout()["status"]!["pauseConditions"]);
        Assert.Contains(
            "rollout 'rollout-canary' came to step 2 after this command was started; nothing was done. To promote that step too, run it again, or name the step, as where this machine's clock is behind the cluster's: --step 2",
            _cli.Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(0, "--step", "2")]
    public async Task Promote_that_is_meant_for_a_new_pause_ends_it(int later, params string[] arguments)
    {
        _cli.Story.Paused();
        NextPause(SeedStory.Now.AddMilliseconds(40));
        _cli.Time.Advance(TimeSpan.FromMilliseconds(later));

        Assert.Equal(0, await _cli.RunAsync(["promote", "rollout-canary", .. arguments]));

        Assert.Null(_cli.Story.Rollout()["status"]!["pauseConditions"]);
    }

    [Fact]
    public async Task Promote_of_a_step_that_is_named_ends_no_other()
    {
        _cli.Story.Paused();

        Assert.Equal(1, await _cli.RunAsync("promote", "rollout-canary", "--step", "0"));

        Assert.NotNull(_cli.Story.Rollout()["status"]!["pauseConditions"]);
        Assert.Contains("rollout 'rollout-canary' is at step 1, not at step 0; nothing was done", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promote_does_not_end_a_pause_of_another_controller_that_began_after_it_was_started()
    {
        _cli.Story.Paused();
        _cli.Story.Change(rollout => rollout["status"]!["pauseConditions"]![0]!["startTime"] = SeedStory.Time(-1));

        Assert.Equal(1, await _cli.RunAsync("promote", "rollout-canary"));

        Assert.NotNull(_cli.Story.Rollout()["status"]!["pauseConditions"]);
    }

    [Fact]
    public async Task Second_promote_of_a_running_step_skips_no_other()
    {
        _cli.Story.Paused();
        _cli.Story.Change(rollout =>
        {
            rollout["status"]!["pauseConditions"] = null;
            rollout["status"]!["controllerPause"] = false;
            rollout["status"]!["canary"]!["release"] = new JsonObject { ["step"] = 1, ["stepSince"] = SeedStory.Time(14) };
        });

        Assert.Equal(0, await _cli.RunAsync("promote", "rollout-canary"));
        Assert.Equal(0, await _cli.RunAsync("promote", "rollout-canary"));

        Assert.Equal(2, _cli.Story.Rollout()["status"]!["currentStepIndex"]!.GetValue<int>());
        Assert.EndsWith("rollout 'rollout-canary' is being promoted already\n", _cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promote_goes_on_when_something_else_changed_in_between()
    {
        _cli.Story.Paused();
        BeforeThePatch(rollout => rollout["status"]!["readyReplicas"] = 2, times: 3);

        Assert.Equal(0, await _cli.RunAsync("promote", "rollout-canary"));

        Assert.Null(_cli.Story.Rollout()["status"]!["pauseConditions"]);
        Assert.Equal(4, _cli.Server.Requests.Count(request => request.Method == "PATCH"));
    }

    [Fact]
    public async Task Change_that_always_comes_too_late_fails_in_the_end()
    {
        _cli.Story.Paused();
        var count = 0;
        BeforeThePatch(rollout => rollout["status"]!["readyReplicas"] = ++count, times: 100);

        Assert.Equal(1, await _cli.RunAsync("abort", "rollout-canary"));

        Assert.Equal(5, count);
        Assert.Contains("the object has been modified", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promote_of_an_undecided_analysis_takes_the_next_step()
    {
        _cli.Story.Paused();
        _cli.Story.Change(rollout => rollout["status"]!["pauseConditions"]![0]!["reason"] = "InconclusiveAnalysisRun");

        await _cli.RunAsync("promote", "rollout-canary");

        var status = _cli.Story.Rollout()["status"]!;
        Assert.Equal((2, false), (status["currentStepIndex"]!.GetValue<int>(), status["controllerPause"]!.GetValue<bool>()));
        Assert.Null(status["pauseConditions"]);
    }

    [Fact]
    public async Task Promote_of_a_running_step_skips_it_and_at_the_end_there_is_nothing_to_promote()
    {
        _cli.Story.Paused();
        _cli.Story.Change(rollout =>
        {
            rollout["status"]!["pauseConditions"] = null;
            rollout["status"]!["controllerPause"] = false;
            rollout["status"]!["currentStepIndex"] = 2;
        });

        await _cli.RunAsync("promote", "rollout-canary");
        Assert.Equal(3, _cli.Story.Rollout()["status"]!["currentStepIndex"]!.GetValue<int>());
        Assert.Equal(0, await _cli.RunAsync("promote", "rollout-canary"));

        Assert.EndsWith("rollout 'rollout-canary' has no step to promote\n", _cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promote_of_a_paused_spec_unpauses_it()
    {
        _cli.Story.Paused();
        _cli.Story.Change(rollout => rollout["spec"]!["paused"] = true);

        Assert.Equal(0, await _cli.RunAsync("promote", "rollout-canary"));

        Assert.False(_cli.Story.Rollout()["spec"]!["paused"]!.GetValue<bool>());
        Assert.Null(_cli.Story.Rollout()["status"]!["pauseConditions"]);

        // The controller hasn't gone on yet, but there is a pause to end again.
        _cli.Story.Change(rollout => rollout["spec"]!["paused"] = true);
        await _cli.RunAsync("promote", "rollout-canary");
        Assert.False(_cli.Story.Rollout()["spec"]!["paused"]!.GetValue<bool>());
        Assert.Equal("rollout 'rollout-canary' promoted\nrollout 'rollout-canary' promoted\n", _cli.Out);
    }

    [Fact]
    public async Task Full_promote_asks_for_it_while_there_is_something_new()
    {
        _cli.Story.Paused();

        Assert.Equal(0, await _cli.RunAsync("promote", "rollout-canary", "--full"));

        Assert.True(_cli.Story.Rollout()["status"]!["promoteFull"]!.GetValue<bool>());
        Assert.Equal("rollout 'rollout-canary' fully promoted\n", _cli.Out);
    }

    [Fact]
    public async Task Full_promote_of_a_version_that_the_controller_has_not_seen_is_refused()
    {
        _cli.Story.AtRest();
        _cli.Story.Change(rollout => rollout["metadata"]!["generation"] = 2);

        Assert.Equal(1, await _cli.RunAsync("promote", "rollout-canary", "--full"));

        Assert.Contains("hasn't seen yet", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Abort_retry_and_pause_write_what_the_controller_looks_for()
    {
        _cli.Story.Paused();

        await _cli.RunAsync("abort", "rollout-canary");
        Assert.True(_cli.Story.Rollout()["status"]!["abort"]!.GetValue<bool>());
        await _cli.RunAsync("retry", "rollout", "rollout-canary");
        Assert.False(_cli.Story.Rollout()["status"]!["abort"]!.GetValue<bool>());
        await _cli.RunAsync("pause", "rollout-canary");
        Assert.True(_cli.Story.Rollout()["spec"]!["paused"]!.GetValue<bool>());

        Assert.Equal("rollout 'rollout-canary' aborted\nrollout 'rollout-canary' retried\nrollout 'rollout-canary' paused\n", _cli.Out);
    }

    [Theory]
    [InlineData("rollout 'rollout-canary' has nothing to abort: no update is in progress", "abort", "rollout-canary")]
    [InlineData("rollout 'rollout-canary' has nothing to retry: it is not aborted", "retry", "rollout", "rollout-canary")]
    public async Task Command_that_would_do_nothing_says_so_and_writes_nothing(string says, params string[] command)
    {
        _cli.Story.AtRest();

        Assert.Equal(0, await _cli.RunAsync(command));

        Assert.Equal(says + "\n", _cli.Out);
        Assert.DoesNotContain(_cli.Server.Requests, request => request.Method == "PATCH");
    }

    [Fact]
    public async Task Command_given_twice_says_that_it_was_done_already()
    {
        _cli.Story.Paused();

        await _cli.RunAsync("abort", "rollout-canary");
        await _cli.RunAsync("abort", "rollout-canary");
        await _cli.RunAsync("retry", "rollout", "rollout-canary");
        await _cli.RunAsync("retry", "rollout", "rollout-canary");
        await _cli.RunAsync("pause", "rollout-canary");
        await _cli.RunAsync("pause", "rollout-canary");

        Assert.Equal(
            ["aborted", "is aborted already", "retried", "has nothing to retry: it is not aborted", "paused", "is paused already"],
            _cli.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line["rollout 'rollout-canary' ".Length..]));
        Assert.Equal(3, _cli.Server.Requests.Count(request => request.Method == "PATCH"));
    }

    [Fact]
    public async Task Abort_of_a_change_that_the_controller_has_not_seen_is_refused()
    {
        _cli.Story.AtRest();
        _cli.Story.Change(rollout => rollout["metadata"]!["generation"] = 2);

        Assert.Equal(1, await _cli.RunAsync("abort", "rollout-canary"));

        Assert.Contains("hasn't seen yet; abort it when", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Abort_of_a_version_that_another_replaced_in_between_is_not_made()
    {
        _cli.Story.Paused();
        BeforeThePatch(rollout => rollout["status"]!["currentPodHash"] = "newer");

        Assert.Equal(1, await _cli.RunAsync("abort", "rollout-canary"));

        Assert.Null(_cli.Story.Rollout()["status"]!["abort"]);
    }

    [Fact]
    public async Task Several_names_are_taken_in_order_up_to_the_first_failure()
    {
        _cli.Story.Paused();

        Assert.Equal(1, await _cli.RunAsync("abort", "rollout-canary", "missing", "never"));

        Assert.Equal("rollout 'rollout-canary' aborted\n", _cli.Out);
        Assert.Contains("\"missing\" not found", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_is_written_to_the_object_where_there_is_no_subresource()
    {
        _cli.Story.Paused();
        _cli.Server.Inject(Fault.Answer(404, "NotFound"), request => request.Subresource == "status");

        await _cli.RunAsync("abort", "rollout-canary");

        Assert.Equal([null, "status"], _cli.Server.Requests.Where(request => request.Method == "PATCH").Select(request => request.Subresource).Order());
    }

    private void NextPause(DateTimeOffset since) => _cli.Story.Change(rollout =>
    {
        var status = rollout["status"]!;
        status["currentStepIndex"] = 2;
        status["pauseConditions"] = new JsonArray(new JsonObject { ["reason"] = "CanaryPauseStep", ["startTime"] = SeedStory.Time(-1) });
        status["canary"]!["release"] = new JsonObject { ["step"] = 2, ["stepSince"] = since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture) };
    });

    private void BeforeThePatch(Action<JsonObject> change, int times = 1) =>
        _cli.Server.Inject(Fault.First(() => _cli.Story.Change(change)), request => request.Method == "PATCH", times);
}
