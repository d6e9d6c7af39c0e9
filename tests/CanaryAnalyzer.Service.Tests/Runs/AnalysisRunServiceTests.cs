using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Service.Hosting;
using CanaryAnalyzer.Service.Options;
using CanaryAnalyzer.Service.Storage;
using CanaryAnalyzer.Testing.ApiServer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace CanaryAnalyzer.Service.Tests.Runs;

/// <summary>The whole controller against an API server and a metric backend on loopback, in real time.</summary>
public sealed class AnalysisRunServiceTests : IAsyncLifetime
{
    private const string Runs = "analysisruns.argoproj.io";
    private const string Answer = """{"status": "success", "data": {"resultType": "vector", "result": [{"metric": {}, "value": [1715938200, "0.97"]}]}}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<string> _authorizations = [];
    private InProcessApiServer _server = null!;
    private WebApplication _prometheus = null!;
    private WebApplication _controller = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await InProcessApiServer.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _prometheus = builder.Build();
        _prometheus.MapFallback(async context =>
        {
            lock (_authorizations) _authorizations.Add(context.Request.Headers.Authorization.ToString());
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(Answer, context.RequestAborted);
        });
        await _prometheus.StartAsync(Token);
        _controller = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _controller.StopAsync(CancellationToken.None);
        await _controller.DisposeAsync();
        await _prometheus.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Run_with_a_secret_is_measured_and_its_status_is_written_to_the_object_itself()
    {
        _server.Store.Put("secrets", JsonNode.Parse($$"""
            {"apiVersion": "v1", "kind": "Secret", "metadata": {"namespace": "shop", "name": "prom"}, "data": {"token": "{{Convert.ToBase64String(Encoding.UTF8.GetBytes("hush-hush"))}}"} }
            """)!.AsObject());
        Put("web-1", """
            {"metrics": [{"name": "rate", "interval": "1s", "count": 2, "successCondition": "result[0] > {{args.least}}",
               "provider": {"prometheus": {"query": "up", "headers": [{"key": "Authorization", "value": "Bearer {{args.token}}"}]}}}],
             "args": [{"name": "least", "value": "0.95"}, {"name": "token", "valueFrom": {"secretKeyRef": {"name": "prom", "key": "token"}}}]}
            """);
        var run = await EndedAsync("web-1");
        Assert.Equal(AnalysisPhase.Successful, run.Status.Phase);
        Assert.True(run.ProvesSuccess);
        Assert.Equal(["[0.97]", "[0.97]"], run.Status.Result("rate")!.Measurements.Select(one => one.Value));
        Assert.Equal(["Bearer hush-hush", "Bearer hush-hush"], _authorizations);
        Assert.DoesNotContain(_server.Requests, request => request.Body.Contains("hush-hush", StringComparison.Ordinal));
        Assert.All(_server.Requests.Where(request => request is { Method: "PATCH", Plural: "analysisruns" }), request =>
        {
            Assert.Null(request.Subresource);
            Assert.Equal("application/merge-patch+json", request.ContentType.Split(';')[0]);
            using var body = JsonDocument.Parse(request.Body);
            Assert.NotEmpty(body.RootElement.GetProperty("metadata").GetProperty("resourceVersion").GetString()!);
        }, throwIfEmpty: true);
    }

    [Fact]
    public async Task Controller_that_starts_again_goes_on_where_the_status_stands()
    {
        Put("web-2", """{"metrics": [{"name": "rate", "interval": "1s", "count": 3, "provider": {"prometheus": {"query": "up"}}}]}""");
        await UntilAsync("web-2", run => run.Status.Result("rate") is { Count: 1 });
        await _controller.StopAsync(Token);
        await _controller.DisposeAsync();
        _controller = await StartAsync();
        var run = await EndedAsync("web-2");
        Assert.Equal((AnalysisPhase.Successful, 3, 3), (run.Status.Phase, run.Status.Result("rate")!.Count, run.Status.Result("rate")!.Measurements.Length));
    }

    [Fact]
    public async Task Run_that_we_wrote_ourselves_is_not_read_again()
    {
        Put("web-3", """{"metrics": [{"name": "rate", "interval": "1s", "count": 100, "provider": {"prometheus": {"query": "up"}}}]}""");
        var store = _controller.Services.GetRequiredService<IAnalysisRunStore>();
        await UntilAsync("web-3", run => run.Status.Result("rate") is { Count: 1 });
        var spec = store.Read(new ResourceKey("shop", "web-3"))!.Run.Spec;

        // Between a write and its return by the watch the cache has the version before: it is asked at each change until it has the one that was written.
        await UntilAsync("web-3", run => run.Status.Result("rate") is { Count: > 1 } && ReferenceEquals(spec, store.Read(new ResourceKey("shop", "web-3"))!.Run.Spec));
    }

    [Fact]
    public void The_scheduler_outlives_the_passes_that_use_it()
    {
        var stopped = _controller.Services.GetServices<IHostedService>().Reverse().Select(service => service.GetType()).ToList();
        Assert.InRange(stopped.IndexOf(typeof(Controller)), 0, stopped.IndexOf(typeof(QuartzHostedService)) - 1);
    }

    private async Task<WebApplication> StartAsync()
    {
        var app = ServiceHost.Build(new ServiceOptions
        {
            Kubeconfig = _server.Kubeconfig, Address = "127.0.0.1", MetricsPort = 0, HealthPort = 0, LeaderElect = false, Prometheus = _prometheus.Urls.First(), LogLevel = "error",
        });
        await app.StartAsync(Token);
        return app;
    }

    private void Put(string name, string spec) => _server.Store.Put(Runs, JsonNode.Parse(
        $$$"""{"apiVersion": "argoproj.io/v1alpha1", "kind": "AnalysisRun", "metadata": {"namespace": "shop", "name": "{{{name}}}", "uid": "{{{name}}}-uid"}, "spec": {{{spec}}} }""")!.AsObject());

    private Task<AnalysisRun> EndedAsync(string name) => UntilAsync(name, run => run.Status.Phase.IsCompleted());

    private async Task<AnalysisRun> UntilAsync(string name, Func<AnalysisRun, bool> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(Patience);
        while (true)
        {
            var changed = _server.Store.Changed;
            var json = _server.Store.Find(Runs, "shop", name)!;
            Assert.True(AnalysisRunJson.TryRead(JsonSerializer.SerializeToElement(json), out var run));
            if (holds(run)) return run;
            await changed.WaitAsync(patience.Token);
        }
    }
}
