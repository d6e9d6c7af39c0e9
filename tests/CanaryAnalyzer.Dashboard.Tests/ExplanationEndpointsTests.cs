using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Dashboard.Authorisation;
using CanaryAnalyzer.Dashboard.Explanations;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Dashboard.Tests;

public sealed class ExplanationEndpointsTests : IAsyncDisposable
{
    private const string RunPath = "analysisruns/web-1/explanation";
    private readonly FakeCluster cluster = new();
    private readonly FakeTimeProvider time = new();
    private readonly HttpClient http = new();
    private WebApplication? app;

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (app is not null) await app.DisposeAsync();
    }

    [Fact]
    public async Task Looks_are_given_whole_to_whoever_may_read_the_namespaces_runs()
    {
        cluster.Allowed.Add(("anna", "shop"));
        await StartAsync();
        Look("errors", """{"queries": ["up{a=\"<b>\"}"]}""");
        Look("latency", "no JSON");

        var (status, body) = await GetAsync(RunPath, "token-of-anna");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"namespace":"shop","analysisRun":"web-1","metrics":[{"name":"errors","looks":[{"at":"1970-01-01T00:00:00Z","explanation":{"queries":["up{a=\"<b>\"}"]}}]},{"name":"latency","looks":[{"at":"1970-01-01T00:00:00Z","explanation":"no JSON"}]}]}""", body);
        Assert.DoesNotContain("errors", (await GetAsync($"{RunPath}?metric=latency", "token-of-anna")).Body, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, "NoSuchMetric"), await ReasonAsync($"{RunPath}?metric=other", "token-of-anna"));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "Unauthorized")]
    [InlineData("stolen", HttpStatusCode.Unauthorized, "Unauthorized")]
    [InlineData("token-of-bert", HttpStatusCode.Forbidden, "Forbidden")]
    public async Task Others_learn_nothing_not_even_what_there_is(string? token, HttpStatusCode expected, string reason)
    {
        cluster.Allowed.Add(("bert", "other"));
        await StartAsync();
        Look("errors", "{}");

        foreach (var path in (string[])[RunPath, "analysisruns/none/explanation", "rollouts/web/explanation"]) Assert.Equal((expected, reason), await ReasonAsync(path, token));
    }

    [Fact]
    public async Task Without_an_answer_of_the_API_server_nobody_gets_in()
    {
        cluster.IsDown = true;
        await StartAsync();
        Look("errors", "{}");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unavailable"), await ReasonAsync(RunPath, "token-of-anna"));
    }

    [Fact]
    public async Task The_API_server_is_asked_once_in_a_while_about_a_token_known_or_not()
    {
        cluster.Allowed.Add(("anna", "shop"));
        await StartAsync();
        Look("errors", "{}");

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(RunPath, "token-of-anna")).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(RunPath, "stolen")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(RunPath, "token-of-bert")).Status);
        }

        Assert.Equal(2 + 1 + 2, cluster.Asked);
        cluster.Allowed.Clear();
        time.Advance(AccessReviews.Holds);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(RunPath, "token-of-anna")).Status);
    }

    [Fact]
    public async Task Many_unknown_tokens_at_once_do_not_become_as_many_questions()
    {
        cluster.Hangs = new TaskCompletionSource();
        await StartAsync();

        var all = Enumerable.Range(0, 100).Select(i => GetAsync(RunPath, $"guess-{i}")).ToList();
        var refused = 100 - AccessReviews.MostAtOnce - AccessReviews.MostWaiting;
        for (var left = all.ToList(); refused > 0; refused--)
        {
            var first = await Task.WhenAny(left);
            left.Remove(first);
            Assert.Equal(HttpStatusCode.TooManyRequests, (await first).Status);
        }

        Assert.Equal(AccessReviews.MostAtOnce, cluster.Asked);
        cluster.Hangs.SetResult();
        Assert.Equal(AccessReviews.MostAtOnce + AccessReviews.MostWaiting, (await Task.WhenAll(all)).Count(a => a.Status == HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task On_loopback_everybody_gets_in_where_that_was_asked_for_but_a_wrong_token_is_still_wrong()
    {
        await StartAsync(new DashboardOptions(AllowsAnonymous: true));
        Look("errors", "{}");

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(RunPath, null)).Status);
        Assert.Equal((HttpStatusCode.Unauthorized, "Unauthorized"), await ReasonAsync(RunPath, "stolen"));
    }

    [Fact]
    public async Task After_a_restart_it_says_when_the_next_look_is()
    {
        cluster.Put(ResourceType.AnalysisRuns, "shop", "web-1", """
            {"status": {"phase": "Running", "metricResults": [{"name": "errors", "phase": "Running", "measurements": [{"phase": "Running", "resumeAt": "2026-01-01T00:00:30Z"}]}]}}
            """);
        await StartAsync(new DashboardOptions(AllowsAnonymous: true));

        var (status, body) = await GetAsync(RunPath, null);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal(("NotLookedYet", "2026-01-01T00:00:30Z"), (JsonNode.Parse(body)!["reason"]!.GetValue<string>(), JsonNode.Parse(body)!["nextLookAt"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_is_not_there_or_over_is_told_apart()
    {
        cluster.Put(ResourceType.AnalysisRuns, "shop", "web-1", """{"status": {"phase": "Failed"}}""");
        cluster.Put(ResourceType.Rollouts, "shop", "idle", """{"status": {"phase": "Healthy"}}""");
        await StartAsync(new DashboardOptions(AllowsAnonymous: true));

        Assert.Equal((HttpStatusCode.NotFound, "Forgotten"), await ReasonAsync(RunPath, null));
        Assert.Equal((HttpStatusCode.NotFound, "NotFound"), await ReasonAsync("analysisruns/none/explanation", null));
        Assert.Equal((HttpStatusCode.NotFound, "NotFound"), await ReasonAsync("rollouts/none/explanation", null));
        Assert.Equal((HttpStatusCode.NotFound, "NotJudged"), await ReasonAsync("rollouts/idle/explanation", null));
    }

    [Theory]
    [InlineData("""{"status": {"canary": {"currentStepAnalysisRunStatus": {"name": "web-1"}, "release": {"lastRun": "web-0"}}}}""")]
    [InlineData("""{"status": {"canary": {"release": {"analysisRun": {"name": "web-1"}, "lastRun": "web-1"}}}}""")]
    [InlineData("""{"status": {"canary": {"release": {"lastRun": "web-1"}}}}""")]
    public async Task A_rollouts_explanation_is_that_of_the_run_that_judges_it(string rollout)
    {
        cluster.Put(ResourceType.Rollouts, "shop", "web", rollout);
        await StartAsync(new DashboardOptions(AllowsAnonymous: true));
        Look("errors", "{}");

        var (status, body) = await GetAsync("rollouts/web/explanation", null);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("""{"namespace":"shop","analysisRun":"web-1","rollout":"web",""", body, StringComparison.Ordinal);
    }

    private async Task StartAsync(DashboardOptions? options = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IResourceClient>(cluster).AddSingleton<IClusterView>(cluster).AddSingleton<TimeProvider>(time).AddDashboard(options ?? new DashboardOptions(AllowsAnonymous: false));
        app = builder.Build();
        app.MapDashboard();
        await app.StartAsync(TestContext.Current.CancellationToken);
    }

    private void Look(string metric, string explanation) =>
        app!.Services.GetRequiredService<ExplanationStore>().Add(new ResourceKey("shop", "web-1"), "uid", metric, new KeptLook(DateTimeOffset.UnixEpoch, explanation));

    private async Task<(HttpStatusCode Status, string Body)> GetAsync(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{app!.Urls.First()}/api/v1/namespaces/shop/{path}");
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<(HttpStatusCode Status, string Reason)> ReasonAsync(string path, string? token)
    {
        var (status, body) = await GetAsync(path, token);
        return (status, JsonNode.Parse(body)!["reason"]!.GetValue<string>());
    }
}
