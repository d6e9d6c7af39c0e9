using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Tests.Analyzing;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Cli.Tests.Checking;

/// <summary><c>check rollout</c>: each link of the chain broken once.</summary>
public sealed class CheckRolloutCommandTests(TimeLapse lapse) : IAsyncLifetime
{
    private CliRun _cli = null!;
    private JudgedRollout _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cli = await CliRun.StartAsync();
        _cli.Clock = TimeProvider.System;
        _cluster = new JudgedRollout(_cli.Server.Store);
        _cluster.Put(DateTimeOffset.UtcNow.AddSeconds(-3), "http://127.0.0.1:1");
    }

    public ValueTask DisposeAsync() => _cli.DisposeAsync();

    [Fact]
    public async Task Sound_chain_has_a_tick_at_every_link_and_tells_what_the_pause_can_find()
    {
        _cluster.Put(DateTimeOffset.UtcNow, lapse.Address.ToString());
        _cluster.Run("InBetween", "undecided");

        var code = await _cli.RunAsync("check", "rollout", "rollout-canary");

        Assert.True(code == 0, _cli.Out + _cli.Error);
        Assert.DoesNotContain("✖", _cli.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("  ! ", _cli.Out, StringComparison.Ordinal);
        Assert.Contains("canary-analyzer-0_1234 leads", _cli.Out, StringComparison.Ordinal);
        Assert.Contains("leads to both Services (canary 20, stable 80)", _cli.Out, StringComparison.Ordinal);
        Assert.Contains("Gateway default/gate is programmed", _cli.Out, StringComparison.Ordinal);
        Assert.Contains("PromotionPolicy automatic selects it", _cli.Out, StringComparison.Ordinal);
        var text = Unwrapped();
        Assert.Matches("errors, stable: 2 pods by rollouts_pod_template_hash=\"6574c569dd\", 4\\d{4}(\\.\\d)? requests a minute, a sample every 2s", text);
        Assert.Matches("errors, canary: 1 pod by rollouts_pod_template_hash=\"7cd9586c9\"", text);
        Assert.Matches("step 2 \\(20 % of the traffic\\), compare: finds harm from 1\\.\\d× on; a canary equal to stable is promoted in", text);
        Assert.All(_cli.Out.Split('\n'), line => Assert.True(line.Length <= 101, line));
    }

    [Theory]
    [InlineData("Service", "web-stable", "there is no Service web-stable in namespace default")]
    [InlineData("HTTPRoute", "web", "there is no HTTPRoute default/web")]
    [InlineData("Gateway", "gate", "there is no Gateway default/gate")]
    [InlineData("Pod", "rollout-canary-7cd9586c9-aaaaa", "Service web-canary selects no pods")]
    [InlineData("AnalysisTemplate", "errors", "AnalysisTemplate 'errors' not found")]
    [InlineData("Rollout", "rollout-canary", "\"rollout-canary\" not found in namespace default")]
    public async Task What_is_missing_is_named(string kind, string name, string says)
    {
        _cluster.Remove(kind, name);

        Assert.Equal(1, await _cli.RunAsync("check", "rollout", "rollout-canary"));

        Assert.Contains(Bad(), line => line.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_gateway_that_lags_behind_is_named()
    {
        _cluster.Change("HTTPRoute", "web", route => route["metadata"]!["generation"] = 2);

        Assert.Equal(1, await _cli.RunAsync("check", "rollout", "rollout-canary"));

        Assert.Contains("✖ HTTPRoute default/web: Gateway gate has not yet seen generation 2 (last seen: 1)", Unwrapped(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_named()
    {
        _cluster.Change("HTTPRoute", "web", route => route["spec"]!["rules"]![0]!["backendRefs"]!.AsArray().RemoveAt(0));
        _cluster.Change("Gateway", "gate", gateway => gateway["status"]!["conditions"]![0]!["status"] = "False");
        _cluster.Change("Service", "web-canary", service => service["spec"]!["selector"]!["rollouts-pod-template-hash"] = "6574c569dd");
        _cluster.Change("Rollout", "rollout-canary", rollout =>
        {
            rollout["status"]!["observedGeneration"] = "3";
            rollout["spec"]!["template"]!["metadata"]!["labels"]!["app"] = "other";
            rollout["spec"]!["strategy"]!["canary"]!["stepz"] = new JsonArray();
        });

        Assert.Equal(1, await _cli.RunAsync("check", "rollout", "rollout-canary"));

        var text = Unwrapped();
        Assert.Contains("✖ HTTPRoute default/web has no rule whose backendRefs name both Services", text, StringComparison.Ordinal);
        Assert.Contains("✖ Gateway default/gate is not programmed", text, StringComparison.Ordinal);
        Assert.Contains("! Service web-canary selects the hash 6574c569dd, not 7cd9586c9 as its role asks", text, StringComparison.Ordinal);
        Assert.Contains("✖ it has not seen the Rollout's present form: generation 4, observed 3", text, StringComparison.Ordinal);
        Assert.Contains("✖ the pod template lacks the label app=web of spec.selector", text, StringComparison.Ordinal);
        Assert.Contains("→ did you mean spec.strategy.canary.steps?", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Controller_that_is_gone_and_one_of_argo_are_named()
    {
        _cluster.Lease("canary-analyzer", "canary-analyzer-lock", "canary-analyzer-0_1234", DateTimeOffset.UtcNow.AddMinutes(-10));
        _cluster.Lease("argo-rollouts", "argo-rollouts-controller-lock", "argo-rollouts-0", DateTimeOffset.UtcNow);

        Assert.Equal(1, await _cli.RunAsync("check", "rollout", "rollout-canary"));

        Assert.Contains(Bad(), line => line.Contains("no controller is at work: the Lease canary-analyzer-lock was last renewed 10m ago", StringComparison.Ordinal));
        Assert.Contains(Bad(), line => line.Contains("an Argo Rollouts controller (argo-rollouts-0) holds the Lease", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rollout_of_another_instance_looks_for_that_ones_controller()
    {
        _cluster.Change("Rollout", "rollout-canary", rollout => rollout["metadata"]!["labels"]!["argo-rollouts.argoproj.io/controller-instance-id"] = "blue");

        Assert.Equal(1, await _cli.RunAsync("check", "rollout", "rollout-canary"));

        Assert.Contains("there is no Lease canary-analyzer-lock-blue in any namespace", Unwrapped(), StringComparison.Ordinal);
        Assert.Contains("start a controller with --instance-id blue", Unwrapped(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kinds_that_are_not_installed_are_named_before_all_else()
    {
        _cli.Server.Store.Remove("customresourcedefinitions.apiextensions.k8s.io", null, "promotionpolicies.canaryanalyzer.io");

        Assert.Equal(1, await _cli.RunAsync("check", "rollout", "rollout-canary"));

        Assert.Contains("✖ not installed: promotionpolicies.canaryanalyzer.io", _cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holds_and_doubts_about_the_policy_are_warnings()
    {
        _cluster.Put(DateTimeOffset.UtcNow, lapse.Address.ToString());
        _cluster.Change("PromotionPolicy", "automatic", policy => policy["spec"]!["suspend"] = true);
        _cli.Server.Store.Put("namespaces", new JsonObject
        {
            ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = "default", ["annotations"] = new JsonObject { ["canaryanalyzer.io/hold"] = "true" } },
        });

        Assert.Equal(0, await _cli.RunAsync("check", "rollout", "rollout-canary"));

        Assert.Contains("! PromotionPolicy automatic is suspended", Unwrapped(), StringComparison.Ordinal);
        Assert.Contains("! the namespace default holds its promotions", Unwrapped(), StringComparison.Ordinal);
        Assert.Contains("! the controller has not looked for this Rollout yet", Unwrapped(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prometheus_that_only_the_controller_reaches_is_a_warning_and_one_that_nobody_reaches_an_error()
    {
        _cluster.Run("InBetween", "undecided");
        Assert.Equal(0, await _cli.RunAsync("check", "rollout", "rollout-canary"));
        Assert.Contains("! compare: not reached from here, though from the controller", Unwrapped(), StringComparison.Ordinal);

        _cluster.Run("QueryError", "Prometheus at http://127.0.0.1:1 refused the connection");
        Assert.Equal(1, await _cli.RunAsync("check", "rollout", "rollout-canary"));
        Assert.Contains(Bad(), line => line.Contains("was not answered: Prometheus at http://127.0.0.1:1 refused the connection", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Prometheus_that_the_cluster_alone_knows_is_asked_for_through_the_api_server()
    {
        _cluster.Put(DateTimeOffset.UtcNow, "http://prometheus.nowhere:9090");
        _cli.Server.Inject(
            Fault.Text("Prometheus Server is Ready."),
            request => request is { Plural: "services", Namespace: "nowhere", Name: "prometheus:9090", Subresource: "proxy" });

        Assert.Equal(0, await _cli.RunAsync("check", "rollout", "rollout-canary"));

        Assert.Contains("! compare: the Prometheus answers within the cluster (asked through the API server), but not here", Unwrapped(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_release_the_stable_side_alone_is_looked_for()
    {
        _cluster.Put(DateTimeOffset.UtcNow, "http://127.0.0.1:1");
        _cluster.Change("Rollout", "rollout-canary", rollout => rollout["status"]!["currentPodHash"] = "6574c569dd");
        _cluster.Change("Service", "web-canary", service => service["spec"]!["selector"]!["rollouts-pod-template-hash"] = "6574c569dd");

        Assert.Equal(0, await _cli.RunAsync("check", "rollout", "rollout-canary", "--prometheus", lapse.Address.ToString()));

        Assert.Contains("errors, canary: no release is under way", Unwrapped(), StringComparison.Ordinal);
        Assert.Contains("errors, stable: 2 pods", Unwrapped(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Side_without_series_names_the_labels_that_would_do()
    {
        _cluster.Change("Rollout", "rollout-canary", rollout => rollout["status"]!["currentPodHash"] = "5555555555");

        Assert.Equal(1, await _cli.RunAsync("check", "rollout", "rollout-canary", "--prometheus", lapse.Address.ToString()));

        Assert.Contains("✖ errors, canary: no series", Unwrapped(), StringComparison.Ordinal);
        Assert.Contains("→ no series of http_requests_total{namespace=\"default\"} for canary", Unwrapped(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_not_be_read_is_said_and_the_rest_checked()
    {
        _cluster.Put(DateTimeOffset.UtcNow, lapse.Address.ToString());
        _cli.Server.Inject(Fault.Answer(403, "Forbidden"), request => request.QualifiedName is "leases.coordination.k8s.io" or "customresourcedefinitions.apiextensions.k8s.io", times: 100);

        Assert.Equal(0, await _cli.RunAsync("check", "rollout", "rollout-canary"));

        Assert.Contains("! you may not read CustomResourceDefinitions", Unwrapped(), StringComparison.Ordinal);
        Assert.Contains("! you may not list Leases in all namespaces", Unwrapped(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checks_as_json_have_state_and_remedy()
    {
        _cluster.Remove("HTTPRoute", "web");

        Assert.Equal(1, await _cli.RunAsync("check", "rollout", "rollout-canary", "-o", "json"));

        var json = JsonNode.Parse(_cli.Out);
        Assert.False(json.Flag("ok"));
        var route = json.Items("checks").Single(check => check.Text("text") == "there is no HTTPRoute default/web");
        Assert.Equal(("Bad", "Traffic"), (route.Text("state"), route.Text("topic")));
        Assert.StartsWith("create it", route.Text("remedy"), StringComparison.Ordinal);
    }

    private string Unwrapped() => System.Text.RegularExpressions.Regex.Replace(_cli.Out, "\n {4,}(?!→)(?=\\S)", " ", default, TimeSpan.FromSeconds(1));

    private IEnumerable<string> Bad() => Unwrapped().Split('\n').Where(line => line.Contains('✖', StringComparison.Ordinal));
}
