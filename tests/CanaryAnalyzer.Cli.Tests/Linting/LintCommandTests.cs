using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.Cli.Tests.Linting;

public sealed class LintCommandTests : IAsyncLifetime, IDisposable
{
    private const string Rollout = """
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata: {name: web, labels: {delivery: automatic}}
        spec:
          selector: {matchLabels: {app: web}}
          template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web:1}]}}
          strategy:
            canary:
              canaryService: web-canary
              stableService: web-stable
              trafficRouting: {plugins: {argoproj-labs/gatewayAPI: {httpRoute: web, namespace: default}}}
              steps:
              - setWeight: 10
              - pause: {}
              - setWeight: 50
              - pause: {duration: 10m}
        """;

    private const string Policy = """
        apiVersion: canaryanalyzer.io/v1alpha1
        kind: PromotionPolicy
        metadata: {name: automatic}
        spec:
          selector: {matchLabels: {delivery: automatic}}
          templates: [{templateName: errors}]
        """;

    private const string Template = ErrorsTemplate.Text;

    private const string Latency = """

                  - {name: latency, latency: {histogram: http_request_duration_seconds}}
        """;

    private readonly ManifestFolder _folder = new();
    private CliRun _cli = null!;

    public async ValueTask InitializeAsync() => _cli = await CliRun.StartAsync();

    public ValueTask DisposeAsync() => _cli.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("analysis-templates")]
    [InlineData("deploy/demo/manifests")]
    public async Task Shipped_manifests_are_sound(string folder)
    {
        Assert.Equal(0, await _cli.RunBareAsync("lint", "-f", Repository.PathOf(folder)));
        Assert.Contains("✔ 0 errors, 0 warnings in", _cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("setWeight: 10", "setWeight: 120", 13, 9, "SetWeight needs to be between 0 and 100")]
    [InlineData("duration: 10m", "duration: 10x", 16, 17, "expected seconds such as 30, or a duration such as 5m")]
    [InlineData("canaryService: web-canary", "canaryService: web-stable", 10, 7, "two different services are required")]
    [InlineData("kind: Rollout", "kind: Rolout", 2, 1, "Rolout is no kind of argoproj.io; did you mean Rollout?")]
    [InlineData("argoproj.io/v1alpha1\nkind: Rollout", "argoproj.io/v1\nkind: Rollout", 1, 1, "must be argoproj.io/v1alpha1 for a Rollout, not argoproj.io/v1")]
    [InlineData("templateName: errors", "templateName: error", 23, 16, "AnalysisTemplate 'error' is in none of the files; did you mean errors?")]
    [InlineData("templateName: errors", "templateName: errors, clusterScope: true", 23, 16, "there is an AnalysisTemplate of that name: leave out clusterScope")]
    [InlineData("templates: [{templateName: errors}]", "templates: [{templateName: errors}]\n  onInconclusive: Promote", 24, 3, "Promote is refused for noData")]
    [InlineData("errors: http_requests_total{namespace=\"{{args.namespace}}\",", "errors: http_requests_total{namespace=\"{{args.namespac}}\",", 39, 15, "did you mean {{args.namespace}}?")]
    [InlineData("requests: http_requests_total{namespace=\"{{args.namespace}}\"}", "requests: rate(http_requests_total[5m])", 38, 15, "write the counter itself, without rate()")]
    [InlineData("measures:", "intervall: 5s\n          measures:", 35, 11, "did you mean")]
    [InlineData("  - setWeight: 50", "  - analysis: {templates: [{templateName: other}]}", 15, 33, "AnalysisTemplate 'other' is in none of the files")]
    public async Task Mistake_is_named_at_its_place(string sound, string wrong, int line, int column, string says)
    {
        var file = _folder.Write("all.yaml", $"{Rollout}\n---\n{Policy}\n---\n{Template}\n".Replace(sound, wrong, StringComparison.Ordinal));

        Assert.Equal(1, await _cli.RunBareAsync("lint", "-f", file));

        Assert.Contains(_cli.Out.Split('\n'), one => one.StartsWith($"{file}:{line}:{column}: error: ", StringComparison.Ordinal) && one.Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("canaryService: web-canary", "canaryService: web-canary\n      stepz: []", "did you mean steps?")]
    [InlineData("delivery: automatic}}\n  templates", "delivery: manual}}\n  templates", "selects none of the Rollouts in these files (web)")]
    [InlineData("args: [{name: namespace}", "args: [{name: zone, value: a}, {name: namespace}", "argument zone is used nowhere")]
    public async Task Doubt_is_a_warning_and_no_failure(string sound, string doubtful, string says)
    {
        var file = _folder.Write("all.yaml", $"{Rollout}\n---\n{Policy}\n---\n{Template}\n".Replace(sound, doubtful, StringComparison.Ordinal));

        Assert.Equal(0, await _cli.RunBareAsync("lint", "-f", file));

        Assert.Contains(_cli.Out.Split('\n'), one => one.Contains(": warning: ", StringComparison.Ordinal) && one.Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("yes", "true")]
    [InlineData("No", "false")]
    [InlineData("on", "true")]
    [InlineData("OFF", "false")]
    [InlineData("y", "true")]
    [InlineData("N", "false")]
    [InlineData("True", "true")]
    [InlineData("0644", "the number 420")]
    [InlineData("0o644", "the number 420")]
    [InlineData("0x1F", "the number 31")]
    [InlineData("0b11", "the number 3")]
    [InlineData("1_000", "the number 1000")]
    [InlineData("09", "the number 9")]
    [InlineData("-0x1F", "the number -31")]
    [InlineData("1.50", "the number 1.5")]
    [InlineData("1e3", "the number 1000")]
    [InlineData("+12", "the number 12")]
    public async Task Value_that_yaml_reads_as_no_string_is_an_error_where_a_string_must_be(string value, string read)
    {
        var file = _folder.Write("all.yaml", Template.Replace("args: [{name: namespace}", $"args: [{{name: namespace, value: {value}}}", StringComparison.Ordinal));

        Assert.Equal(1, await _cli.RunBareAsync("lint", "-f", file));

        Assert.Equal($"{file}:5:28: error: AnalysisTemplate errors: spec.args[0].value must be a string, and YAML reads {value} as {read}; put it in quotes: \"{value}\"", _cli.Out.Split('\n')[0]);
    }

    [Theory]
    [InlineData("12:30:45")]
    [InlineData("2024-05-17")]
    [InlineData("1.5.2")]
    [InlineData("tRUE")]
    [InlineData("0x")]
    [InlineData("NaN")]
    [InlineData("1e3x")]
    [InlineData("!!str 5")]
    [InlineData("! yes")]
    [InlineData("'yes'")]
    [InlineData("\"0644\"")]
    [InlineData("=")]
    public async Task Value_that_kubectl_reads_as_a_string_is_one(string value)
    {
        var file = _folder.Write("all.yaml", Template.Replace("args: [{name: namespace}", $"args: [{{name: namespace, value: {value}}}", StringComparison.Ordinal));

        Assert.Equal(0, await _cli.RunBareAsync("lint", "-f", file));
    }

    [Theory]
    [InlineData("labels: {delivery: automatic}", "labels: {delivery: automatic, on: yes}", "metadata.labels.true must be a string, and YAML reads yes as true")]
    [InlineData("labels: {app: web}}, spec", "labels: {app: web, tier: 0644}}, spec", "spec.template.metadata.labels.tier must be a string, and YAML reads 0644 as the number 420")]
    [InlineData("image: web:1", "image: web:1, env: [{name: FLAG, value: on}]", "spec.template.spec.containers[0].env[0].value must be a string, and YAML reads on as true")]
    [InlineData("image: web:1", "image: web:1, args: [--port, 8080]", "spec.template.spec.containers[0].args[1] must be a string, and YAML reads 8080 as the number 8080")]
    [InlineData("matchLabels: {app: web}", "matchLabels: {app: web, y: n}", "spec.selector.matchLabels.true must be a string, and YAML reads n as false")]
    [InlineData("canaryService: web-canary", "canaryService: off", "spec.strategy.canary.canaryService must be a string, and YAML reads off as false")]
    [InlineData("metadata: {name: automatic}", "metadata: {name: 1_000}", "metadata.name must be a string, and YAML reads 1_000 as the number 1000")]
    public async Task Strings_of_rollouts_policies_and_pod_templates_are_looked_at_too(string sound, string wrong, string says)
    {
        var file = _folder.Write("all.yaml", $"{Rollout}\n---\n{Policy}\n---\n{Template}\n".Replace(sound, wrong, StringComparison.Ordinal));

        Assert.Equal(1, await _cli.RunBareAsync("lint", "-f", file));

        Assert.Contains(says, _cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".inf")]
    [InlineData("-.Inf")]
    [InlineData(".nan")]
    public async Task Number_that_json_does_not_have_is_refused(string value)
    {
        var file = _folder.Write("all.yaml", Template.Replace("args: [{name: namespace}", $"args: [{{name: namespace, value: {value}}}", StringComparison.Ordinal));

        Assert.Equal(1, await _cli.RunBareAsync("lint", "-f", file));

        Assert.Contains($"{value} is a number that JSON doesn't have; put it in quotes", _cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  - &base {name: base, interval: 1m, count: 2, successCondition: 'result[0] > 0', provider: {prometheus: {query: up}}}\n  - {<<: *base, name: other}", "")]
    [InlineData("  - &base {name: base, interval: 1m, count: 2, provider: {prometheus: {query: up}}}\n  - {<<: [{name: a, count: 3}, *base]}", "")]
    [InlineData("  - &base {name: base, interval: 1m, count: 2, provider: {prometheus: {query: up}}}\n  - {name: other, <<: *base}", "duplicate name 'base'")]
    [InlineData("  - &base {name: base, intervall: 1m, provider: {prometheus: {query: up}}}\n  - {<<: *base, name: other}", "did you mean interval?")]
    [InlineData("  - {<<: text, name: other, provider: {prometheus: {query: up}}}", "<< merges an object or a list of objects")]
    [InlineData("  - {\"<<\": {}, name: other, provider: {prometheus: {query: up}}}", "is not a known field")]
    public async Task Merge_keys_are_merged_as_kubectl_does_it(string metrics, string says)
    {
        var file = _folder.Write("all.yaml", $"apiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate\nmetadata: {{name: a}}\nspec:\n  metrics:\n{metrics}\n");

        Assert.Equal(says.Length == 0 ? 0 : 1, await _cli.RunBareAsync("lint", "-f", file));

        Assert.Contains(says, _cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("succesCondition: result[0] > 0", "spec.metrics[0].succesCondition is not a known field; did you mean successCondition?")]
    [InlineData("successCondition: result == 1", "spec.metrics[0].successCondition column 8: == can't compare array with int; result is an array: write result[0] or len(result)")]
    public async Task Run_made_by_hand_is_checked_as_the_controller_does(string condition, string says)
    {
        var file = _folder.Write("run.yaml", $"apiVersion: argoproj.io/v1alpha1\nkind: AnalysisRun\nmetadata: {{name: a}}\nspec:\n  metrics:\n  - name: up\n    {condition}\n    provider: {{prometheus: {{query: up}}}}\n");

        Assert.Equal(1, await _cli.RunBareAsync("lint", "-f", file));

        Assert.Contains($"{file}:7:5: error: AnalysisRun a: {says}\n", _cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_policies_on_one_rollout_and_objects_that_stand_twice_are_errors()
    {
        _folder.Write("a.yaml", $"{Rollout}\n---\n{Policy}\n---\n{Policy.Replace("name: automatic}", "name: other}", StringComparison.Ordinal)}\n---\n{Template}");
        _folder.Write("b.yaml", Template);

        Assert.Equal(1, await _cli.RunBareAsync("lint", "-f", _folder.Path));

        Assert.Contains("is selected by the PromotionPolicies automatic and other: none applies until only one does", _cli.Out, StringComparison.Ordinal);
        Assert.Contains("stands twice: the other is in", _cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: [1,\nb: 2\n", ":1:6: error: is no YAML")]
    [InlineData("a: \"open\nb: 1", ":")]
    [InlineData("kind: Rollout\nkind: Rollout\n", ":2:1: error: is no YAML")]
    [InlineData("a: &a [*a]", ":1:")]
    [InlineData("a: b: c", ":1:")]
    public async Task Text_that_is_no_manifest_is_an_error_with_a_place(string text, string place)
    {
        var file = _folder.Write("bad.yaml", text);

        Assert.Equal(1, await _cli.RunBareAsync("lint", "-f", file));

        Assert.Contains(file + place, _cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aliases_that_stand_for_millions_are_refused()
    {
        var levels = Enumerable.Range(1, 9).Select(i => $"l{i}: &l{i} [{string.Join(',', Enumerable.Repeat($"*l{i - 1}", 9))}]");
        var file = _folder.Write("bomb.yaml", "l0: &l0 x\n" + string.Join('\n', levels));

        Assert.Equal(1, await _cli.RunBareAsync("lint", "-f", file));

        Assert.Contains("is larger or deeper than an object of Kubernetes can be", _cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_files_and_foreign_ones_are_errors()
    {
        Assert.Equal(1, await _cli.RunBareAsync("lint", "-f", "nowhere.yaml"));
        Assert.Contains("nowhere.yaml:1:1: error: no such file or folder", _cli.Out, StringComparison.Ordinal);

        Assert.Equal(1, await _cli.RunBareAsync("lint", "-f", _folder.Write("service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n")));
        Assert.Contains("no Rollout, AnalysisTemplate, ClusterAnalysisTemplate or PromotionPolicy is in", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_that_lives_elsewhere_may_be_allowed()
    {
        var file = _folder.Write("policy.yaml", Policy);

        Assert.Equal(1, await _cli.RunBareAsync("lint", "-f", file));
        Assert.Equal(0, await _cli.RunBareAsync("lint", "-f", file, "--allow-missing"));
    }

    [Fact]
    public async Task Findings_as_json_have_place_and_severity()
    {
        var file = _folder.Write("all.yaml", Rollout.Replace("setWeight: 10", "setWeight: 120", StringComparison.Ordinal));

        Assert.Equal(1, await _cli.RunBareAsync("lint", "-f", file, "-o", "json"));

        var finding = Assert.Single(JsonNode.Parse(_cli.Out).Items("findings"));
        Assert.Equal(("error", 13, "spec.strategy.canary.steps[0].setWeight", "Rollout web"), (finding.Text("severity"), finding.Whole("line"), finding.Text("path"), finding.Text("resource")));
    }

    [Fact]
    public async Task Plan_shows_the_gates_and_what_each_can_decide()
    {
        var file = _folder.Write("all.yaml", $"{Rollout}\n---\n{Policy}\n---\n{Template}\n");

        Assert.Equal(0, await _cli.RunBareAsync("lint", "-f", file, "--plan", "--rps", "200", "--error-rate", "1%"));

        Assert.Matches("\n1 +setWeight: 10 +10 % +- +- +-\n2 +pause +10 % +policy/automatic +30m0s +WhenSafe, from 5m0s\n", _cli.Out);
        Assert.Matches("\n4 +pause: 10m0s +50 % +policy/automatic +10m0s +AtEnd, from 5m0s\n", _cli.Out);
        Assert.Contains("Step 2: 10 % of 200 requests a second, 1 % of them failing\n", _cli.Out, StringComparison.Ordinal);
        Assert.Matches("✔ a canary equal to stable is promoted in \\d+ % of cases, typically after ", _cli.Out);
        Assert.Matches("  MEASURE +REQUESTS +SMALLEST FOUND +1.5× AFTER +2× AFTER +5× AFTER +10× AFTER\n  errors +36000 +1\\.\\d× ", _cli.Out);
        Assert.All(_cli.Out.Split('\n'), line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public async Task Plan_as_json_has_the_last_pause_promote_at_its_end_and_the_others_when_safe()
    {
        var file = _folder.Write("all.yaml", $"{Rollout}\n---\n{Policy}\n---\n{Template}\n");

        await _cli.RunBareAsync("lint", "-f", file, "--plan", "--rps", "500", "-o", "json");

        var steps = Assert.Single(JsonNode.Parse(_cli.Out).Items("plans")).Items("steps").ToList();
        Assert.Equal(["WhenSafe, from 5m0s", "AtEnd, from 5m0s"], steps.Where(step => step.Items("forecasts").Any()).Select(step => step.Text("promotes")));
        Assert.Equal([1800.0, 600.0], steps.Where(step => step.Items("forecasts").Any()).Select(step => step.Real("deadlineSeconds")!.Value));
        Assert.All(steps.SelectMany(step => step.Items("forecasts")), forecast => Assert.True(forecast.Real("promoted") > 0.9, forecast.ToJsonString()));
    }

    [Fact]
    public async Task Plan_without_a_policy_waits_for_a_human()
    {
        await _cli.RunBareAsync("lint", "-f", _folder.Write("rollout.yaml", Rollout), "--plan");

        Assert.Matches("2 +pause +10 % +a human", _cli.Out);
        Assert.Contains("no PromotionPolicy selects it", _cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buckets_too_coarse_for_the_margin_are_named()
    {
        var file = _folder.Write("all.yaml", $"{Rollout}\n---\n{Policy}\n---\n{Template}{Latency}\n");

        await _cli.RunBareAsync("lint", "-f", file, "--plan", "--rps", "200", "--buckets", "1,10", "--median", "100ms");

        Assert.Contains("latency: the bound 1 s leaves only", _cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bounds_that_the_buckets_do_not_have_are_named_with_what_is_watched_in_their_place()
    {
        var asking = Latency.Replace("{name: latency,", "{name: latency, bounds: [200ms, 1s, 30s],", StringComparison.Ordinal);
        var file = _folder.Write("all.yaml", $"{Rollout}\n---\n{Policy}\n---\n{Template}{asking}\n");

        Assert.Equal(0, await _cli.RunBareAsync("lint", "-f", file, "--plan", "--rps", "200", "--buckets", "0.1,0.25,1", "-o", "json"));

        var coarse = Assert.Single(JsonNode.Parse(_cli.Out).Items("plans")).Items("steps").SelectMany(step => step.Items("forecasts")).First().Items("tooCoarse").Select(text => text.ToString());
        Assert.Equal(
            ["latency: 0.2 s is no bound of these buckets: requests over 0.25 s are watched in its place", "latency: 30 s lies above all bounds of these buckets and can't be watched: write a lower bound, or give the histogram one there"],
            coarse);
    }

    [Theory]
    [InlineData("[250ms, \"{{args.slo}}\"]", 0, "0 errors")]
    [InlineData("[\"{{args.slo}}\", 0s]", 1, "must be a duration above 0s and up to 24h such as 250ms, not \"0s\"")]
    [InlineData("[0.25]", 1, "0.25")]
    public async Task Bounds_may_wait_for_an_argument_and_are_judged_without_it(string bounds, int code, string says)
    {
        var asking = Latency.Replace("{name: latency,", $"{{name: latency, bounds: {bounds},", StringComparison.Ordinal);
        var template = Template.Replace("args: [", "args: [{name: slo}, ", StringComparison.Ordinal);

        Assert.Equal(code, await _cli.RunBareAsync("lint", "-f", _folder.Write("template.yaml", $"{template}{asking}\n")));

        Assert.Contains(says, _cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--rps must be a number above 0", "--rps", "0")]
    [InlineData("--error-rate must be a share below 100 %", "--error-rate", "120%")]
    [InlineData("--canary-share must be a share", "--canary-share", "x")]
    [InlineData("--buckets must be seconds above 0 in ascending order", "--buckets", "1,0.5")]
    [InlineData("--median must be a duration such as 80ms", "--median", "80")]
    public async Task Wrong_assumption_is_refused_with_an_example(string says, params string[] arguments)
    {
        Assert.Equal(1, await _cli.RunBareAsync(["lint", "-f", _folder.Write("rollout.yaml", Rollout), "--plan", .. arguments]));
        Assert.Contains(says, _cli.Error, StringComparison.Ordinal);
    }
}
