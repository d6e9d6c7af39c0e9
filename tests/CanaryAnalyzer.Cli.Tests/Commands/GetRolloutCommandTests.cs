using System.Text.Json.Nodes;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Cli.Tests.Commands;

public sealed class GetRolloutCommandTests : IAsyncLifetime
{
    private CliRun _cli = null!;

    public async ValueTask InitializeAsync() => _cli = await CliRun.StartAsync();

    public ValueTask DisposeAsync() => _cli.DisposeAsync();

    [Theory]
    [InlineData("at-rest")]
    [InlineData("paused")]
    [InlineData("aborted")]
    public async Task Rollout_looks_as_it_does_in_the_recordings(string moment)
    {
        var show = moment switch { "at-rest" => (Action)_cli.Story.AtRest, "paused" => _cli.Story.Paused, _ => _cli.Story.Aborted };
        show();

        Assert.Equal(0, await _cli.RunAsync("get", "rollout", "rollout-canary"));

        Golden.Check($"get-{moment}.txt", _cli.Out);
        Assert.Empty(_cli.Error);
    }

    [Fact]
    public async Task Rollout_on_a_terminal_has_colours_in_the_same_columns()
    {
        _cli.IsTerminal = true;
        _cli.Story.Paused();

        await _cli.RunAsync("get", "rollout", "rollout-canary");
        var coloured = _cli.Out;
        await _cli.RunAsync("get", "ro", "rollout-canary", "--no-color");

        var plain = _cli.Out[coloured.Length..];
        Assert.Contains("hello:1.23.2 (\e[33mcanary\e[0m)", coloured, StringComparison.Ordinal);
        Assert.Contains("\e[32mrollout-canary-6574c569dd\e[0m", coloured, StringComparison.Ordinal);
        Assert.Equal(plain, System.Text.RegularExpressions.Regex.Replace(coloured, "\e\\[\\d+m", "", default, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Judged_pause_has_its_gate_its_verdict_and_its_runs()
    {
        _cli.Story.Paused();
        _cli.Story.Change(rollout => rollout["status"]!["canaryAnalyzer"] = new JsonObject
        {
            ["policy"] = "web",
            ["look"] = 7,
            ["evidence"] = 0.4,
            ["threshold"] = 100,
            ["earliest"] = SeedStory.Time(-130),
            ["deadline"] = SeedStory.Time(-21 * 60),
            ["verdict"] = "no sign of harm: errors 0.20% on canary, 0.30% on stable",
        });
        var jobs = new JsonArray(new JsonObject { ["phase"] = "Running", ["startedAt"] = SeedStory.Time(20), ["metadata"] = new JsonObject { ["job-name"] = "run.load.1" } });
        _cli.Story.AnalysisRun("rollout-canary-7cd9586c9-2-1", 2, "Running", [
            new JsonObject { ["name"] = "errors", ["successful"] = 3, ["failed"] = 1 },
            new JsonObject { ["name"] = "load", ["inconclusive"] = 2, ["error"] = 4, ["measurements"] = jobs },
        ]);

        await _cli.RunAsync("get", "rollout", "rollout-canary");

        Golden.Check("get-judged.txt", _cli.Out);
    }

    [Fact]
    public async Task What_is_waited_for_has_a_row_unless_the_message_says_it()
    {
        _cli.Story.Paused();
        _cli.Story.Change(rollout => rollout["status"]!["conditions"] = new JsonArray(new JsonObject
        {
            ["type"] = "Waiting", ["status"] = "True", ["reason"] = "ManualPause", ["message"] = "Waiting for a user to promote step 2/3",
        }));

        await _cli.RunAsync("get", "rollout", "rollout-canary");
        Assert.Contains("\nMessage:         CanaryPauseStep\nWaiting for:     a user to promote step 2/3\nStrategy: ", _cli.Out, StringComparison.Ordinal);

        _cli.Story.Change(rollout => rollout["status"]!["message"] = "waiting for all steps to complete: waiting for a user to promote step 2/3");
        var shown = _cli.Out.Length;
        await _cli.RunAsync("get", "rollout", "rollout-canary");
        Assert.DoesNotContain("Waiting for:", _cli.Out[shown..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_says_for_what_a_human_is_waited()
    {
        _cli.Story.Paused();
        _cli.Story.Change(rollout => rollout["status"]!["canaryAnalyzer"] = new JsonObject
        {
            ["policy"] = "web", ["waitingReason"] = "tooLittleTraffic", ["waitingSince"] = SeedStory.Time(300),
        });

        await _cli.RunAsync("get", "rollout", "rollout-canary");

        Assert.Contains("\nGate:            policy/web, waits for a human: tooLittleTraffic (since 5m)\n", _cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("yaml")]
    public async Task Rollout_comes_as_an_object_too(string format)
    {
        _cli.Story.Paused();
        _cli.Story.Change(rollout =>
        {
            rollout["metadata"]!["resourceVersion"] = "1";
            rollout["metadata"]!["annotations"] = new JsonObject
            {
                ["empty"] = "", ["number"] = "1", ["truth"] = "yes", ["colon"] = "a: b", ["hash"] = "a #b", ["lines"] = "one\ntwo\n", ["star"] = "*x", ["url"] = "http://a/b?c=d",
            };
        });

        await _cli.RunAsync("get", "rollout", "rollout-canary", "-o", format);

        var read = format == "json" ? JsonNode.Parse(_cli.Out)! : YamlReading.ToJson(_cli.Out);
        var expected = _cli.Story.Rollout();
        Assert.True(JsonNode.DeepEquals(expected, read), $"{expected}\n{read}");
        Golden.Check($"get-object.{format}", _cli.Out.Replace(expected["metadata"]!["resourceVersion"]!.GetValue<string>(), "VERSION", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watch_without_a_terminal_writes_each_change_as_plain_text_and_ends_in_time()
    {
        _cli.Story.AtRest();
        var running = _cli.RunAsync("get", "rollout", "rollout-canary", "--watch", "--timeout-seconds", "60");
        await _cli.UntilWrittenAsync("Healthy");
        _cli.Story.Change(rollout => rollout["status"]!["phase"] = "Progressing");
        await _cli.UntilWrittenAsync("◌ Progressing");

        Assert.Equal(0, await _cli.UntilEndAsync(running));
        Assert.DoesNotContain("\e[", _cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_on_a_terminal_draws_over_what_was_there()
    {
        _cli.IsTerminal = true;
        _cli.Story.AtRest();
        var running = _cli.RunAsync("get", "rollout", "rollout-canary", "-w", "--timeout-seconds", "3");

        Assert.Equal(0, await _cli.UntilEndAsync(running));
        Assert.StartsWith("\e[2J\e[HName:            rollout-canary\e[K\n", _cli.Out, StringComparison.Ordinal);
        Assert.EndsWith("\e[J", _cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_name_is_an_error_with_a_name_that_looks_alike()
    {
        _cli.Story.AtRest();

        Assert.Equal(1, await _cli.RunAsync("get", "rollout", "rolout-canary"));

        Assert.Equal("Error: rollouts.argoproj.io \"rolout-canary\" not found in namespace default; did you mean \"rollout-canary\"?\n", _cli.Error);
        Assert.Empty(_cli.Out);
    }

    [Fact]
    public async Task Cluster_without_rollouts_says_what_is_missing()
    {
        _cli.Server.Uninstall("rollouts.argoproj.io");

        Assert.Equal(1, await _cli.RunAsync("get", "rollout", "web"));

        Assert.Contains("rollouts.argoproj.io isn't installed", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Being_forbidden_is_said_plainly()
    {
        _cli.Server.Inject(Fault.Answer(403, "Forbidden"), _ => true, times: 5);

        Assert.Equal(1, await _cli.RunAsync("get", "rollout", "web"));

        Assert.Equal("Error: you aren't allowed to do that: injected Forbidden\n", _cli.Error);
    }

    [Fact]
    public async Task Server_that_is_away_is_named()
    {
        await _cli.Server.DisposeAsync();
        var kubeconfig = Path.GetTempFileName();
        await File.WriteAllTextAsync(kubeconfig, $$"""
            current-context: gone
            clusters: [{name: gone, cluster: { server: "{{_cli.Server.Address}}" } }]
            contexts: [{name: gone, context: { cluster: gone, user: me } }]
            users: [{name: me, user: { token: x } }]
            """, TestContext.Current.CancellationToken);

        Assert.Equal(1, await _cli.RunBareAsync("get", "rollout", "web", "--kubeconfig", kubeconfig));

        Assert.StartsWith($"Error: The API server {_cli.Server.Address} can't be reached: ", _cli.Error, StringComparison.Ordinal);
        File.Delete(kubeconfig);
    }

    [Fact]
    public async Task Missing_kubeconfig_is_named()
    {
        Assert.Equal(1, await _cli.RunBareAsync("get", "rollout", "web", "--kubeconfig", "/nowhere/config"));

        Assert.Equal("Error: There is no kubeconfig at /nowhere/config.\n", _cli.Error);
    }
}
