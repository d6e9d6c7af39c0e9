using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Tests.Analyzing;

/// <summary><c>analyze</c> over the past of a real Prometheus, and its complaints.</summary>
public sealed class AnalyzeCommandTests(TimeLapse lapse) : IAsyncLifetime, IDisposable
{
    private const string Template = """
        apiVersion: argoproj.io/v1alpha1
        kind: AnalysisTemplate
        metadata: {name: compare}
        spec:
          args: [{name: namespace, value: default}, {name: canary-pods}, {name: stable-pods}]
          metrics:
          - name: canary-vs-stable
            provider:
              plugin:
                canaryanalyzer/compare:
                  interval: 10s
                  minDuration: 30s
                  maxDuration: 4m
                  history: 2m
                  measures:
                  - name: errors
                    errorRate:
                      requests: http_requests_total{namespace="{{args.namespace}}"}
                      errors: http_requests_total{namespace="{{args.namespace}}",code=~"5.."}
          - name: plain
            successCondition: result[0] < 1
            provider: {prometheus: {query: vector(0)}}
        """;

    private readonly ManifestFolder _folder = new();
    private CliRun _cli = null!;

    public async ValueTask InitializeAsync() => _cli = await CliRun.StartAsync();

    public ValueTask DisposeAsync() => _cli.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rollout-canary-7cd9586c9-.*", 0, "✔ Promote")]
    [InlineData("bad-.*", 1, "✖ Roll back")]
    [InlineData("quiet-.*", 2, "? Inconclusive")]
    public async Task Verdict_is_the_exit_code(string canary, int code, string words)
    {
        Assert.Equal(code, await RunAsync("--address", lapse.Address.ToString(), "--canary", $"pod=~\"{canary}\"", "--stable", "pod=~\"rollout-canary-6574c569dd-.*\""));

        Assert.EndsWith(words + "\n", _cli.Out, StringComparison.Ordinal);
        Assert.Contains("asked:  http_requests_total{namespace=\"default\",pod=~", _cli.Out, StringComparison.Ordinal);
        Assert.Contains("Not looked at: plain", _cli.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[", _cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sides_may_come_as_arguments_and_the_answer_as_json()
    {
        var code = await RunAsync("--address", lapse.Address.ToString(), "--arg", "canary-pods=bad-.*", "--arg", "stable-pods=rollout-canary-6574c569dd-.*", "-o", "json");

        var json = JsonNode.Parse(_cli.Out);
        Assert.Equal(1, code);
        Assert.Equal("Rollback", json.Text("outcome"));
        var metric = Assert.Single(json.Items("metrics"));
        Assert.Equal("Rollback", metric.Text("verdict", "verdict"));
        Assert.Matches("^rolled back at look [0-9]+: errors 8(\\.[0-9])?% \\(", metric.Text("sentence"));
        Assert.DoesNotContain(" late", _cli.Out, StringComparison.Ordinal);
        Assert.Equal("plain", Assert.Single(json.Items("notLookedAt")).ToString());
    }

    [Fact]
    public async Task Bounds_that_are_asked_for_have_lines_of_their_own()
    {
        const string Asking = """- {name: latency, bounds: [80ms, 250ms, 30s], warmup: 0s, latency: {histogram: 'http_request_duration_seconds{namespace="{{args.namespace}}"}'}}""";
        var template = Template.Replace("- name: errors", $"{Asking}\n          - name: errors", StringComparison.Ordinal);

        await RunWithAsync(template, "--address", lapse.Address.ToString(), "--canary", "pod=~\"rollout-canary-7cd9586c9-.*\"", "--stable", "pod=~\"rollout-canary-6574c569dd-.*\"");

        Assert.Matches(@"\n  > 0\.1 s, for 0\.08 s +[0-9]+/[0-9]+ +4(\.0[0-9])? % +[0-9]+/[0-9]+ +", _cli.Out);
        Assert.Matches(@"\n  > 0\.25 s +[0-9]+/[0-9]+ +0\.[78][0-9]* % ", _cli.Out);
        Assert.Matches(@"\n  > 30 s +not watched *\n", _cli.Out);
        Assert.Contains("(above all bucket bounds and not watched: 30s)", _cli.Out.Replace("\n  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Past_longer_than_one_call_reads_is_read_to_its_end()
    {
        var end = DateTimeOffset.UtcNow.AddSeconds(-30);

        var code = await RunAsync(
            "--address", lapse.Address.ToString(), "--canary", "pod=~\"quiet-.*\"", "--stable", "pod=~\"rollout-canary-6574c569dd-.*\"",
            "--start", end.AddSeconds(-235).ToString("O"), "--until", end.ToString("O"), "-o", "json");

        Assert.Equal(2, code);
        Assert.Equal(23, JsonNode.Parse(_cli.Out).Items("metrics").Single().Whole("verdict", "look"));
    }

    [Fact]
    public async Task Follow_writes_a_line_a_look_and_ends_with_the_verdict()
    {
        var text = Template.Replace("10s", "2s", StringComparison.Ordinal).Replace("30s", "6s", StringComparison.Ordinal);

        var code = await RunWithAsync(text, "--follow", "--address", lapse.Address.ToString(), "--canary", "pod=~\"bad-.*\"", "--stable", "pod=~\"rollout-canary-6574c569dd-.*\"");

        Assert.Equal(1, code);
        Assert.Matches("Z canary-vs-stable: (collecting data|undecided at look)", _cli.Out);
        Assert.EndsWith("✖ Roll back\n", _cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("argument canary-pods has no value: give it with --arg canary-pods=…, or name the sides with --canary and --stable")]
    [InlineData("metric canary-vs-stable names no Prometheus: give one with --address", "--canary", "a=\"1\"", "--stable", "a=\"2\"")]
    [InlineData("--stable is needed where the other side is given", "--canary", "a=\"1\"")]
    [InlineData("--canary is no label matcher", "--canary", "a=1", "--stable", "a=\"2\"")]
    [InlineData("did you mean canary-vs-stable?", "--canary", "a=\"1\"", "--stable", "a=\"2\"", "--metric", "canary-vs-stabel")]
    [InlineData("--since must be a duration such as 30m, not x", "--canary", "a=\"1\"", "--stable", "a=\"2\"", "--since", "x")]
    [InlineData("lies ahead", "--canary", "a=\"1\"", "--stable", "a=\"2\"", "--until", "2999-01-01T00:00:00Z")]
    [InlineData("there is no look between", "--canary", "a=\"1\"", "--stable", "a=\"2\"", "--since", "3s")]
    [InlineData("--address must be an address", "--canary", "a=\"1\"", "--stable", "a=\"2\"", "--address", "prometheus")]
    [InlineData("--arg must be of the form name=value, not namespace", "--arg", "namespace")]
    [InlineData("--arg namespce: no template takes an argument of this name; did you mean namespace?", "--canary", "a=\"1\"", "--stable", "a=\"2\"", "--arg", "namespce=x")]
    [InlineData("Error: Prometheus at http://127.0.0.1:1 refused the connection", "--canary", "a=\"1\"", "--stable", "a=\"2\"", "--address", "http://127.0.0.1:1")]
    [InlineData("Error: Prometheus at http://127.0.0.1:1 refused the connection", "--follow", "--canary", "a=\"1\"", "--stable", "a=\"2\"", "--address", "http://127.0.0.1:1")]
    public async Task Wrong_arguments_are_exit_code_3_with_a_remedy(string says, params string[] arguments)
    {
        Assert.Equal(3, await RunAsync(arguments));

        Assert.Contains(says, _cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Promote", _cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_with_rate_is_refused_at_its_line()
    {
        var code = await RunWithAsync(Template.Replace("requests: http_requests_total{namespace=\"{{args.namespace}}\"}", "requests: rate(http_requests_total[1m])", StringComparison.Ordinal));

        Assert.Equal(3, code);
        Assert.Contains("template.yaml:18:15: ", _cli.Error, StringComparison.Ordinal);
        Assert.Contains("the judge reads counts", _cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--output", "xml")]
    public async Task Wrong_use_is_no_verdict_and_one_line(params string[] arguments)
    {
        Assert.Equal(3, await RunAsync(arguments));

        Assert.Empty(_cli.Out);
        Assert.InRange(_cli.Error.Trim().Split('\n').Length, 1, 3);
    }

    [Fact]
    public async Task File_that_is_not_there_is_exit_code_3()
    {
        Assert.Equal(3, await _cli.RunBareAsync("analyze", "-f", "nowhere.yaml"));
        Assert.Contains("nowhere.yaml:1:1: no such file or folder", _cli.Error, StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] arguments) => RunWithAsync(Template, arguments);

    private Task<int> RunWithAsync(string template, params string[] arguments)
    {
        _cli.Clock = TimeProvider.System;
        return _cli.RunBareAsync(["analyze", "-f", _folder.Write("template.yaml", template), .. arguments]);
    }
}
