using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Leading;
using CanaryAnalyzer.Testing.ApiServer;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Kubernetes.Tests.Leading;

public sealed class ForeignLeaseTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private InProcessApiServer _server = null!;
    private ClusterConnection _connection = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await InProcessApiServer.StartAsync();
        _connection = _server.Connect(_time);
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("argo_1", "2026-05-01T11:59:50.000000Z", true)]
    [InlineData("argo_1", "2026-05-01T11:59:45.000000Z", false)]
    [InlineData("", "2026-05-01T11:59:59.000000Z", false)]
    [InlineData("argo_1", null, false)]
    public async Task Lease_counts_while_it_is_held_and_fresh(string holder, string? renewed, bool counts)
    {
        Put("argo-rollouts-controller-lock", holder, renewed);
        var foreign = new ForeignLease(_connection.Resources, _time);

        var everywhere = await foreign.FindAsync(null, null, Token);
        var there = await foreign.FindAsync(null, ["team", "argo-rollouts"], Token);

        Assert.Equal(counts ? ("argo-rollouts", holder) : null, everywhere is null ? null : ((string, string)?)(everywhere.Namespace, everywhere.Holder));
        Assert.Equal(everywhere, there);
    }

    [Fact]
    public async Task Lease_of_another_instance_or_elsewhere_does_not_count()
    {
        Put("argo-rollouts-controller-lock-blue", "argo_1", "2026-05-01T12:00:00.000000Z");
        var foreign = new ForeignLease(_connection.Resources, _time);

        Assert.Null(await foreign.FindAsync(null, null, Token));
        Assert.Null(await foreign.FindAsync("blue", ["team"], Token));
        Assert.NotNull(await foreign.FindAsync("blue", null, Token));
    }

    private void Put(string name, string holder, string? renewed) => _server.Store.Put("leases.coordination.k8s.io", new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "argo-rollouts" },
        ["spec"] = new JsonObject { ["holderIdentity"] = holder, ["renewTime"] = renewed, ["leaseDurationSeconds"] = 15 },
    });
}
