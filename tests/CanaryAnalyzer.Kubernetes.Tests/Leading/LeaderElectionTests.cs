using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Leading;
using CanaryAnalyzer.Testing.ApiServer;
using Microsoft.Extensions.Logging.Abstractions;

namespace CanaryAnalyzer.Kubernetes.Tests.Leading;

public sealed class LeaderElectionTests : IAsyncLifetime
{
    private InProcessApiServer _server = null!;
    private ClusterConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await InProcessApiServer.StartAsync();
        _connection = _server.Connect();
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task One_leads_and_the_other_follows_at_once_when_the_first_stops()
    {
        using var stopFirst = new CancellationTokenSource();
        using var stopSecond = new CancellationTokenSource();
        var (first, second) = (Election("one", TimeSpan.FromSeconds(60)), Election("two", TimeSpan.FromSeconds(60)));
        var running = first.RunAsync(ForeverAsync, stopFirst.Token);
        await TimeDriver.WaitUntilAsync(() => first.IsLeader);
        var waiting = second.RunAsync(ForeverAsync, stopSecond.Token);
        await TimeDriver.WaitUntilAsync(() => second.State is Leadership.StandsBy { Holder: "one" });
        Assert.False(second.IsLeader);

        await stopFirst.CancelAsync();
        await running;
        Assert.False(first.IsLeader);

        // Far sooner than the lease of a minute would end.
        await TimeDriver.WaitUntilAsync(() => second.IsLeader);
        await stopSecond.CancelAsync();
        await waiting;
        Assert.Equal("", _server.Store.Find("leases.coordination.k8s.io", "system", "canary-analyzer-lock-blue")!["spec"]!["holderIdentity"]!.GetValue<string>());
    }

    [Fact]
    public async Task Leader_stops_its_work_when_it_cannot_renew_and_leads_again_when_it_can()
    {
        using var stopping = new CancellationTokenSource();
        var (begun, ended) = (0, 0);
        var election = Election("one", TimeSpan.FromSeconds(1));
        var running = election.RunAsync(async token =>
        {
            Interlocked.Increment(ref begun);
            await ForeverAsync(token).ContinueWith(_ => Interlocked.Increment(ref ended), TaskScheduler.Default);
        }, stopping.Token);
        await TimeDriver.WaitUntilAsync(() => begun == 1);

        var isAway = true;
        _server.Inject(Fault.Answer(500, "InternalError"), _ => isAway, times: int.MaxValue);
        await TimeDriver.WaitUntilAsync(() => ended == 1);
        Assert.False(election.IsLeader);

        isAway = false;
        await TimeDriver.WaitUntilAsync(() => begun == 2);
        await stopping.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Lease_is_given_back_only_after_the_work_has_ended()
    {
        using var stopping = new CancellationTokenSource();
        var finish = new TaskCompletionSource();
        var election = Election("one", TimeSpan.FromSeconds(60));
        var running = election.RunAsync(_ => finish.Task, stopping.Token);
        await TimeDriver.WaitUntilAsync(() => election.IsLeader);

        await stopping.CancelAsync();
        Assert.Equal("one", Holder());
        finish.SetResult();
        await running;

        Assert.Equal("", Holder());
    }

    [Fact]
    public async Task Work_that_fails_is_begun_again()
    {
        using var stopping = new CancellationTokenSource();
        var begun = 0;
        var running = Election("one", TimeSpan.FromSeconds(60)).RunAsync(
            token => Interlocked.Increment(ref begun) == 1 ? throw new InvalidOperationException("on purpose") : ForeverAsync(token), stopping.Token);

        await TimeDriver.WaitUntilAsync(() => begun == 2);
        await stopping.CancelAsync();
        await running;
    }

    private static Task ForeverAsync(CancellationToken token) => Task.Delay(Timeout.Infinite, token);

    private string Holder() =>
        _server.Store.Find("leases.coordination.k8s.io", "system", "canary-analyzer-lock-blue")!["spec"]!["holderIdentity"]!.GetValue<string>();

    private LeaderElection Election(string identity, TimeSpan lease) => new(
        _connection,
        new LeaderOptions
        {
            Namespace = "system",
            InstanceId = "blue",
            Identity = identity,
            LeaseDuration = lease,
            RenewDeadline = lease * 0.6,
            RetryPeriod = TimeSpan.FromMilliseconds(50),
        },
        NullLogger<LeaderElection>.Instance);
}
