using System.Net;
using CanaryAnalyzer.Service.Options;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Service.Tests.Hosting;

/// <summary>A replica that can do nothing is not ready, and says why.</summary>
public sealed class ReadinessTests : IAsyncLifetime
{
    private InProcessApiServer server = null!;
    private ReadyPods pods = null!;

    public async ValueTask InitializeAsync()
    {
        server = await InProcessApiServer.StartAsync();
        pods = new ReadyPods(server.Store);
        StoryObjects.Create(server);
    }

    public async ValueTask DisposeAsync()
    {
        await pods.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task One_that_may_not_create_its_lease_says_so_and_is_ready_once_it_may()
    {
        var isForbidden = true;
        server.Inject(Fault.Answer(403, "Forbidden"), r => isForbidden && r is { Plural: "leases", Method: "POST" }, times: int.MaxValue);
        await using var controller = await RunningController.StartAsync(server, Electing);

        var text = await controller.ReadinessUntilAsync(HttpStatusCode.ServiceUnavailable, "not leading: cannot create Lease system/canary-analyzer-lock");
        Assert.Contains("grant this user the verbs", text, StringComparison.Ordinal);
        Assert.Contains("canaryanalyzer_leading 0\n", await controller.MetricsUntilAsync(_ => true, "the metrics"), StringComparison.Ordinal);
        Assert.Null(RunningController.Status(server));

        isForbidden = false;
        await controller.ReadinessUntilAsync(HttpStatusCode.OK, "ok");
        await RunningController.UntilAsync(server, _ => RunningController.Status(server) is not null, "the first reconcile");
    }

    [Fact]
    public async Task A_standby_is_ready()
    {
        StoryObjects.ForeignLease(server, "canary-analyzer-lock", "system", "the-leader");
        await using var controller = await RunningController.StartAsync(server, Electing);

        await controller.ReadinessUntilAsync(HttpStatusCode.OK, "ok");

        Assert.Null(RunningController.Status(server));
    }

    [Fact]
    public async Task One_that_may_not_see_whether_another_controller_is_at_work_says_so()
    {
        var isForbidden = true;
        server.Inject(Fault.Answer(403, "Forbidden"), r => isForbidden && r is { Plural: "leases", Name: null, Method: "GET" }, times: int.MaxValue);
        await using var controller = await RunningController.StartAsync(server);

        var text = await controller.ReadinessUntilAsync(HttpStatusCode.ServiceUnavailable, "observing only, nothing is reconciled");
        Assert.Contains("grant this user the verbs get and list on leases.coordination.k8s.io", text, StringComparison.Ordinal);
        Assert.Null(RunningController.Status(server));

        isForbidden = false;
        await controller.ReadinessUntilAsync(HttpStatusCode.OK, "ok");
    }

    [Fact]
    public async Task One_that_may_not_watch_a_kind_names_it()
    {
        server.Inject(Fault.Answer(403, "Forbidden"), r => r is { Plural: "replicasets", Method: "GET" }, times: int.MaxValue);
        await using var controller = await RunningController.StartAsync(server);

        await controller.ReadinessUntilAsync(HttpStatusCode.ServiceUnavailable, "caches are not synced: replicasets.apps: ");
    }

    private static ServiceOptions Electing(ServiceOptions options) => options with { LeaderElect = true, LeaseNamespace = "system" };
}
