using CanaryAnalyzer.EndToEnd.Tests.Stages;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Testing.Dashboards;
using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.EndToEnd.Tests.Dashboards;

/// <summary>Every query of the dashboards against a real Prometheus, while a version is judged.</summary>
public sealed class DashboardQueryTests(Theatre theatre)
{
    /// <summary>What has nothing to show as long as no person is waited for.</summary>
    private static readonly string[] EmptyWithoutHuman = ["Waiting for a human", "Waiting time"];

    private const string Undecided = """
        {interval: 1s, minDuration: 3m, maxDuration: 4m, promote: WhenSafe, measures: [
          {name: errors, errorRate: {
            requests: 'http_requests_received_total{namespace="{{args.namespace}}"}', errors: 'http_requests_received_total{namespace="{{args.namespace}}",code=~"5.."}'}}]}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_panel_has_data_while_a_version_is_judged_and_the_others_once_a_person_is_waited_for()
    {
        var stage = await theatre.StageAsync();
        var port = PrometheusServer.FreePort();
        await using var prometheus = await PrometheusServer.StartAsync(Stage.Prometheus!, Stage.Configuration(stage.Cluster, port), Token);
        await using var app = await App.DeliverFirstAsync(stage, "dashboards", prometheus: prometheus.Address, options: ["--metrics-port", $"{port}"]);
        app.Apply(Manifests.Template(app.Namespace, "undecided", Undecided));
        app.Apply(Manifests.Policy(app.Namespace, template: "undecided"));
        app.Use(100);
        // With many errors on both sides the ratio has an upper end soon.
        foreach (var pod in await app.AllAsync(ResourceType.Pods))
            await app.PatchAsync(ResourceType.Pods, App.Text(pod, "metadata", "name"), """{"metadata": {"annotations": {"canaryanalyzer.io/behaviour": "errors=15%"}}}""");
        await app.DeliverToPauseAsync(Versions.Good, "errors=15%");
        await app.UntilAsync(r => App.At(r, "status", "canaryAnalyzer", "look")?.GetValue<int>() > 2, "three looks");
        var queries = DashboardQueries.All(new Dictionary<string, string>(StringComparer.Ordinal) { ["namespace"] = app.Namespace, ["rollout"] = "app" });
        Assert.NotEmpty(queries);

        var empty = await EmptyAsync(prometheus, queries.Where(q => !EmptyWithoutHuman.Contains(q.Place, StringComparer.Ordinal)));
        Assert.Empty(empty);

        // Without the policy the pause waits for a person.
        await stage.Resources.DeleteAsync(ResourceType.PromotionPolicies, new(app.Namespace, "automatic"), new(), Token);
        Assert.Empty(await EmptyAsync(prometheus, queries.Where(q => EmptyWithoutHuman.Contains(q.Place, StringComparer.Ordinal))));
    }

    private static async Task<List<DashboardQuery>> EmptyAsync(PrometheusServer prometheus, IEnumerable<DashboardQuery> queries)
    {
        var empty = new List<DashboardQuery>();
        foreach (var query in queries)
        {
            if (!await prometheus.BecomesAsync(token => prometheus.FindsAsync(query.Expression, token), TimeSpan.FromSeconds(20), Token)) empty.Add(query);
        }

        return empty;
    }
}
