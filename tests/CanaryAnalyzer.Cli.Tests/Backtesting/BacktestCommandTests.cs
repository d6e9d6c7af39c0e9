using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Testing.Histories;

namespace CanaryAnalyzer.Cli.Tests.Backtesting;

public sealed class BacktestCommandTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Good_service_holds_its_risk_and_the_report_says_so()
    {
        await using var stage = await BacktestStage.StartAsync(BacktestStage.Pods(5, 8));
        Assert.Equal(0, await stage.RunAsync(8));
        Assert.Matches("replays without any change were rolled back", stage.Out);
        Assert.Matches("(?m)^errors ×10 +yes +100 %", stage.Out);
        Assert.Matches("(?m)^canary-sized ", stage.Out);
        Assert.Contains("reading history", stage.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Same_seed_gives_the_same_report_from_the_cache_and_another_seed_another()
    {
        await using var stage = await BacktestStage.StartAsync(BacktestStage.Pods(4, 5));
        string[] json = ["-o", "json", "--cache", stage.Folder + "/cache", "--splits", "2"];
        Assert.Equal(0, await stage.RunAsync(5, json));
        var (first, asked) = (stage.Out, stage.Server.Asked);
        Assert.Equal(0, await stage.RunAsync(5, json));
        Assert.Equal(first, stage.Out[first.Length..]);
        Assert.Equal(asked, stage.Server.Asked);
        Assert.Equal(0, await stage.RunAsync(5, [.. json, "--seed", "2"]));
        Assert.NotEqual(Power(first), Power(stage.Out[(2 * first.Length)..]));
    }

    [Fact]
    public async Task Json_keeps_its_schema()
    {
        SimulatedPod[] pods = [.. BacktestStage.Pods(4, 5), .. Enumerable.Range(0, 3).Select(i => new SimulatedPod($"web-7f8b5c4d9f-bbbb{i}", BacktestStage.Start + (4 * BacktestStage.Hour), BacktestStage.Start + (5 * BacktestStage.Hour)) { Warmup = 3 * BacktestStage.Minute })];
        await using var stage = await BacktestStage.StartAsync(pods);
        Assert.Equal(0, await stage.RunAsync(5, "-o", "json"));
        Golden.Check("backtest-schema.txt", Shape(JsonNode.Parse(stage.Out)!, ""));
    }

    [Fact]
    public async Task Service_whose_pods_differ_breaks_its_risk_which_is_exit_code_2()
    {
        var pods = BacktestStage.Pods(4, 30).Select((pod, i) => i == 0 ? pod with { ErrorShare = 0.06 } : pod);
        await using var stage = await BacktestStage.StartAsync(pods);
        Assert.Equal(2, await stage.RunAsync(30));
        Assert.Contains("The stated risk of 1 % is not held", stage.Out, StringComparison.Ordinal);
        Assert.Contains("risk.falseRollback", stage.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Single_pod_is_refused_with_what_to_do()
    {
        await using var stage = await BacktestStage.StartAsync(BacktestStage.Pods(1, 3));
        Assert.Equal(3, await stage.RunAsync(3));
        Assert.Contains("only one pod at a time", stage.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Range_too_short_to_replay_still_tells_its_releases_and_why_there_is_no_false_alarm_rate()
    {
        var next = new SimulatedPod("web-7f8b5c4d9f-bbbbb", BacktestStage.Start + (10 * BacktestStage.Minute), BacktestStage.Start + (20 * BacktestStage.Minute));
        await using var stage = await BacktestStage.StartAsync([.. BacktestStage.Pods(2, 1).Select(pod => pod with { To = next.To }), next]);
        Assert.Equal(0, await stage.RunAsync(1));
        Assert.Contains("could not be measured: the history with counts is shorter", stage.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("No setting needs a change", stage.Out, StringComparison.Ordinal);
        Assert.Matches("(?m)^  7f8b5c4d9f: ", stage.Out);
        Assert.DoesNotContain(stage.Out.Split('\n'), line => line.Length > 100);
    }

    [Fact]
    public async Task Limit_is_replayed_beside_a_comparison_and_its_harm_is_found()
    {
        var template = BacktestStage.DefaultTemplate.TrimEnd() + "\n          - name: slo\n            limit: {requests: requests_total, errors: 'requests_total{code=~\"5..\"}', max: 3%}\n";
        await using var stage = await BacktestStage.StartAsync(BacktestStage.Pods(5, 6), template);
        Assert.Equal(0, await stage.RunAsync(6, "--splits", "2", "-o", "json"));
        var json = JsonNode.Parse(stage.Out)!;
        Assert.Equal("Limit", json["measures"]!.AsArray().Single(measure => measure!["name"]!.ToString() == "slo")!["kind"]!.ToString());
        Assert.Contains(json["power"]!.AsArray(), effect => effect!["effect"]!.ToString() == "errors ×10" && effect["found"]!["rate"]!.GetValue<double>() > 0.95);
        Assert.Equal(0, json["falseAlarms"]!["all"]!["rolledBack"]!["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task Bounds_that_are_asked_for_are_replayed_and_told_with_what_they_come_to()
    {
        var template = BacktestStage.DefaultTemplate.Replace("- name: latency", "- name: latency\n            bounds: [60ms, 1m]", StringComparison.Ordinal);
        await using var stage = await BacktestStage.StartAsync(BacktestStage.Pods(5, 6), template);
        Assert.Equal(0, await stage.RunAsync(6, "--splits", "2", "-o", "json"));
        var json = JsonNode.Parse(stage.Out)!;
        var bounds = json["measures"]!.AsArray().Single(measure => measure!["name"]!.ToString() == "latency")!["bounds"]!.AsArray();
        Assert.Equal([0.06, 60], bounds.Select(bound => bound!["asked"]!.GetValue<double>()));
        Assert.True(bounds[0]!["bound"]!.GetValue<double>() >= 0.06);
        Assert.InRange(bounds[0]!["share"]!.GetValue<double>(), 0.01, 0.99);
        Assert.Null(bounds[1]!["bound"]);
        Assert.Contains(json["recommendations"]!.AsArray(), one => one!["reason"]!.ToString() == "latency: 60 s lies above all bounds of the histogram's buckets and isn't watched: write a lower bound, or give the histogram one there");
        Assert.Equal(0, json["falseAlarms"]!["all"]!["rolledBack"]!["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task Command_line_that_can_not_be_parsed_is_exit_code_3_and_nothing_on_stdout()
    {
        await using var stage = await BacktestStage.StartAsync([]);
        Assert.Equal(3, await stage.RunAsync(3, "--splits", "many"));
        Assert.Contains("--splits", stage.Error, StringComparison.Ordinal);
        Assert.Empty(stage.Out);
    }

    [Fact]
    public async Task Prometheus_that_is_away_for_a_while_is_told_once_and_waited_for()
    {
        await using var stage = await BacktestStage.StartAsync(BacktestStage.Pods(4, 2));
        stage.Server.Trouble = (number, _) => number <= 4 ? (503, "starting") : null;
        var running = Task.Run(() => stage.RunAsync(2));
        var watch = Stopwatch.StartNew();
        while (!running.IsCompleted)
        {
            Assert.True(watch.Elapsed < Limit, $"the command does not end; it wrote: {stage.Error}");
            await Task.WhenAny(running, Task.Delay(5, TestContext.Current.CancellationToken));
            stage.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(0, await running);
        Assert.Contains("503", Assert.Single(stage.Error.Split(Environment.NewLine), line => line.Contains("asking again", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Range_without_data_is_refused_and_names_the_series()
    {
        await using var stage = await BacktestStage.StartAsync(BacktestStage.Pods(3, 2));
        Assert.Equal(3, await stage.RunAsync(3, "--stable", "pod=~\"shop-.*\""));
        Assert.Contains("no series matches requests_total{pod=~\"shop-.*\"}", stage.Error, StringComparison.Ordinal);
        Assert.Empty(stage.Out);
    }

    [Fact]
    public async Task Retention_shorter_than_asked_and_series_that_end_are_notes()
    {
        await using var stage = await BacktestStage.StartAsync(BacktestStage.Pods(4, 6).Select(pod => pod with { From = pod.From + (2 * BacktestStage.Hour) }));
        Assert.Equal(0, await stage.RunAsync(8));
        Assert.Contains("Prometheus may keep no older data", stage.Out, StringComparison.Ordinal);
        Assert.Contains("may have been renamed", stage.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Past_release_with_harm_is_told_with_its_sentence()
    {
        var bad = new SimulatedPod("web-7f8b5c4d9f-bbbbb", BacktestStage.Start + (3 * BacktestStage.Hour), BacktestStage.Start + (3 * BacktestStage.Hour) + (12 * BacktestStage.Minute)) { ErrorShare = 0.15 };
        await using var stage = await BacktestStage.StartAsync([.. BacktestStage.Pods(4, 6), bad]);
        Assert.Equal(0, await stage.RunAsync(6));
        Assert.Matches("7f8b5c4d9f +6bd9c7d7d8 .* no +Rollback after ", stage.Out);
        Assert.Matches("(?m)^  7f8b5c4d9f: rolled back at look [0-9]+: errors [0-9.]+% ", stage.Out);
    }

    [Theory]
    [InlineData("maxDuration: \"{{args.duration}}\"", "maxDuraton: 5m", "did you mean maxDuration?")]
    [InlineData("metrics:", "dryrun: []\n  metrics:", "spec.dryrun: is not a known field; did you mean dryRun?")]
    [InlineData("name: canary-pods", "name: canary-pod", "--arg canary-pod=")]
    [InlineData("kind: AnalysisTemplate", "kind: ConfigMap", "has no AnalysisTemplate")]
    [InlineData("spec:", "spec: [", "line ")]
    [InlineData("canaryanalyzer/compare:", "canaryanalyzer/other:", "provider")]
    public async Task Bad_template_is_refused_with_the_place(string right, string wrong, string expected)
    {
        await using var stage = await BacktestStage.StartAsync([], BacktestStage.DefaultTemplate.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Equal(3, await stage.RunAsync(3));
        Assert.Contains(expected, stage.Error, StringComparison.Ordinal);
        Assert.Equal(0, stage.Server.Asked);
    }

    [Theory]
    [InlineData("--last", "7 days")]
    [InlineData("--share", "80%")]
    [InlineData("--arg", "novalue")]
    [InlineData("--arg", "nothing=1")]
    [InlineData("--metric", "other")]
    [InlineData("--stable", "pod~web")]
    [InlineData("--splits", "0")]
    [InlineData("--pods", "0")]
    [InlineData("--from", "2027-01-01")]
    public async Task Option_that_makes_no_sense_is_exit_code_3_and_named(string option, string value)
    {
        await using var stage = await BacktestStage.StartAsync([]);
        var arguments = option == "--last" ? new[] { "backtest", "-f", stage.Template, "--address", "http://127.0.0.1:1", "--stable", "pod=\"a\"", option, value } : [];
        Assert.Equal(3, arguments.Length > 0 ? await stage.RunBareAsync(arguments) : await stage.RunAsync(3, option, value));
        Assert.Contains(option == "--arg" && value == "nothing=1" ? "nothing" : option == "--metric" ? "other" : option, stage.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_report_needs_nothing_else_and_is_well_formed()
    {
        await using var stage = await BacktestStage.StartAsync(BacktestStage.Pods(5, 6));
        var path = Path.Combine(stage.Folder, "report.html");
        Assert.Equal(0, await stage.RunAsync(6, "--html", path));
        var html = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", html, StringComparison.Ordinal);
        foreach (var picture in html.Split("<figure>").Skip(1).Select(part => "<figure>" + part[..(part.IndexOf("</figure>", StringComparison.Ordinal) + 9)]))
            Assert.NotEmpty(System.Xml.Linq.XElement.Parse(picture).Descendants("title"));
        Assert.True(html.Split("<figure>").Length >= 5, "pictures are missing");
    }

    private static string Power(string json) => JsonDocument.Parse(json).RootElement.GetProperty("power").GetRawText();

    /// <summary>The fields and their types, one a line; of a list its first item.</summary>
    private static string Shape(JsonNode? node, string path) => node switch
    {
        JsonObject map when path.EndsWith(".reasons", StringComparison.Ordinal) => $"{path}: map\n",
        JsonObject map => string.Concat(map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => Shape(entry.Value, $"{path}.{entry.Key}"))),
        JsonArray list => list.Count == 0 ? $"{path}[]\n" : Shape(list[0], path + "[]"),
        null => $"{path}: null\n",
        _ => $"{path}: {node.GetValueKind()}\n".Replace("True", "Boolean", StringComparison.Ordinal).Replace("False", "Boolean", StringComparison.Ordinal),
    };
}
