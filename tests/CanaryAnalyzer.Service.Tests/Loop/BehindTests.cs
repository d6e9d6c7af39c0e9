using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Applying;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Queue;
using CanaryAnalyzer.Kubernetes.Watching;
using CanaryAnalyzer.Service.Hosting;
using CanaryAnalyzer.Service.Loop;
using CanaryAnalyzer.Service.Observability;
using CanaryAnalyzer.Service.Options;
using CanaryAnalyzer.Service.Reconciling.AnalysisRuns;
using CanaryAnalyzer.Service.Reconciling.Experiments;
using CanaryAnalyzer.Service.Reconciling.Policies;
using CanaryAnalyzer.Service.Reconciling.Rollouts;
using CanaryAnalyzer.Service.Reconciling.Services;
using CanaryAnalyzer.Testing.ApiServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Service.Tests.Loop;

/// <summary>What the loop does with an object whose caches are older than what was written last.</summary>
public sealed class BehindTests : IAsyncLifetime
{
    private static readonly ResourceKey Web = new("team", "web");
    private static readonly ResourceKey Route = new("team", "route");
    private static readonly ResourceKey End = new("team", "end");
    private readonly FakeTimeProvider time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly CancellationTokenSource stopping = new();
    private readonly ControllerMetrics metrics = new(Prometheus.Metrics.NewCustomRegistry());
    private InProcessApiServer server = null!;
    private ClusterConnection connection = null!;
    private ClusterCaches caches = null!;
    private OwnWrites writes = null!;
    private WorkQueue<ResourceKey> queue = null!;
    private Task watching = Task.CompletedTask;
    private Task working = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        server = await InProcessApiServer.StartAsync();
        connection = server.Connect(time);
        caches = new ClusterCaches(connection.Resources, null, time, NullLogger<ResourceCache>.Instance);
        writes = new OwnWrites(caches);
        queue = new WorkQueue<ResourceKey>(time, NullLogger<WorkQueue<ResourceKey>>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(watching, working);
        queue.Dispose();
        connection.Dispose();
        await server.DisposeAsync();
        stopping.Dispose();
    }

    [Fact]
    public async Task Key_is_set_aside_until_the_caches_show_what_it_wrote_and_reconciled_once_then()
    {
        Write(ResourceType.Rollouts, "rollouts.argoproj.io", Web);
        Write(ResourceType.HttpRoutes, "httproutes.gateway.networking.k8s.io", Route);
        writes.Keep(Web, [new WrittenObject(ResourceType.Rollouts, Web), new WrittenObject(ResourceType.HttpRoutes, Route)]);
        Work();
        queue.Add(Web);
        await EndAsync();

        // Neither time nor changes of other objects make it anybody's turn.
        queue.Add(Web);
        for (var second = 0; second < 100; second++) time.Advance(TimeSpan.FromSeconds(1));
        await EndAsync();
        Assert.Equal((1, 0), (Passes("Behind"), Passes("Settled", Web)));

        watching = caches.RunAsync(stopping.Token);
        await UntilAsync(() => Passes("Settled", Web) > 0);
        await EndAsync();
        Assert.Equal((1, 1), (Passes("Behind"), Passes("Settled", Web)));
    }

    [Fact]
    public async Task Key_whose_writes_were_seen_before_it_was_set_aside_is_reconciled_at_once()
    {
        Write(ResourceType.Rollouts, "rollouts.argoproj.io", Web);
        watching = caches.RunAsync(stopping.Token);
        await caches.Of(ResourceType.Rollouts).Synced;
        Assert.False(caches.Of(ResourceType.Rollouts).IsBehind(Web));

        Work(first: new PassOutcome.Behind([new WrittenObject(ResourceType.Rollouts, Web)]));
        queue.Add(Web);

        await UntilAsync(() => Passes("Settled", Web) == 1);
        Assert.Equal(1, Passes("Behind"));
    }

    [Fact]
    public async Task Every_reconciler_says_what_it_waits_for()
    {
        await using var app = ServiceHost.Build(new ServiceOptions { Kubeconfig = server.Kubeconfig, Address = "127.0.0.1", MetricsPort = 0, HealthPort = 0, LogLevel = "error" });
        caches = app.Services.GetRequiredService<ClusterCaches>();
        (IReconciler Reconciler, ResourceType Type)[] all =
        [
            (app.Services.GetRequiredService<RolloutReconciler>(), ResourceType.Rollouts),
            (app.Services.GetRequiredService<AnalysisRunReconciler>(), ResourceType.AnalysisRuns),
            (app.Services.GetRequiredService<PolicyReconciler>(), ResourceType.PromotionPolicies),
            (app.Services.GetRequiredService<ServiceReconciler>(), ResourceType.Services),
            (app.Services.GetRequiredService<ExperimentReconciler>(), ResourceType.Experiments),
        ];
        foreach (var (reconciler, type) in all)
        {
            Write(type, type.QualifiedName, Web);
            app.Services.GetRequiredService<OwnWrites>().Keep(Web, [new WrittenObject(type, Web)]);

            var outcome = await reconciler.ReconcileAsync(Web, TestContext.Current.CancellationToken);

            Assert.Equal([new WrittenObject(type, Web)], Assert.IsType<PassOutcome.Behind>(outcome).Writes);
        }
    }

    private void Write(ResourceType type, string plural, ResourceKey key) => caches.Of(type).NoteWrite(server.Store.Put(plural, new()
    {
        ["apiVersion"] = type.ApiVersion, ["kind"] = type.Kind, ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["namespace"] = key.Namespace, ["name"] = key.Name },
    }));

    private void Work(PassOutcome? first = null)
    {
        var loop = new ReconcileLoop(queue, new Reconciler(writes, metrics, first), writes, metrics, NullLogger<ReconcileLoop>.Instance);
        working = loop.RunAsync(1, stopping.Token);
    }

    // One worker takes the keys in their order: when it has had this one, it has had all before.
    private async Task EndAsync()
    {
        var before = Passes("Settled", End);
        queue.Add(End);
        await UntilAsync(() => Passes("Settled", End) > before);
    }

    private int Passes(string outcome) => (int)metrics.Passes.WithLabels("Test", outcome).Value;

    private int Passes(string outcome, ResourceKey key) => (int)metrics.Passes.WithLabels(key.Name, outcome).Value;

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!isSo()) await Task.Delay(5, limit.Token);
    }

    private sealed class Reconciler(OwnWrites writes, ControllerMetrics metrics, PassOutcome? first) : IReconciler
    {
        private PassOutcome? next = first;

        public string Kind => "Test";

        public Task<PassOutcome> ReconcileAsync(ResourceKey key, CancellationToken cancellationToken)
        {
            if (Interlocked.Exchange(ref next, null) is { } given) return Task.FromResult(given);
            if (writes.Unseen(key) is { Count: > 0 } unseen) return Task.FromResult<PassOutcome>(new PassOutcome.Behind(unseen));
            metrics.Passes.WithLabels(key.Name, "Settled").Inc();
            return Task.FromResult<PassOutcome>(new PassOutcome.Settled());
        }
    }
}
