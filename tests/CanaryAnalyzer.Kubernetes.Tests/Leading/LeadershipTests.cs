using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Leading;
using CanaryAnalyzer.Testing.ApiServer;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Kubernetes.Tests.Leading;

/// <summary>Who leads, or why nobody does, is known and said within seconds.</summary>
public sealed class LeadershipTests : IAsyncLifetime
{
    private const string Leases = "leases.coordination.k8s.io";
    private const string Lease = "canary-analyzer-lock";
    private readonly KeptLog<LeaderElection> _log = new();
    private readonly CancellationTokenSource _stopping = new();
    private InProcessApiServer _server = null!;
    private ClusterConnection _connection = null!;
    private Task _running = Task.CompletedTask;
    private int _begun;

    public async ValueTask InitializeAsync()
    {
        _server = await InProcessApiServer.StartAsync();
        _connection = _server.Connect();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("GET", "get", false)]
    [InlineData("POST", "create", false)]
    [InlineData("PATCH", "patch", true)]
    public async Task What_may_not_be_done_at_the_lease_is_named_and_who_must_grant_it(string method, string verb, bool exists)
    {
        if (exists) Put("", DateTime.UtcNow);
        _server.Inject(Fault.Answer(403, "Forbidden"), r => r.Plural == "leases" && r.Method == method, times: int.MaxValue);
        var election = Run();

        await TimeDriver.WaitUntilAsync(() => election.State is Leadership.Fails && Requests(method) > 3);

        var failure = Assert.IsType<Leadership.Fails>(election.State).Failure;
        Assert.Equal(verb, failure.Verb);
        string[] named = [$"cannot {verb} Lease system/{Lease}", "injected Forbidden", "get, create, update and patch", "leases.coordination.k8s.io in namespace system", "--lease-namespace"];
        Assert.All(named, words => Assert.Contains(words, failure.ToString(), StringComparison.Ordinal));
        var line = Assert.Single(_log.Lines, l => l.Level >= LogLevel.Warning);
        Assert.Equal($"Not leading, nothing is reconciled here: {failure}", line.Text);
        Assert.Equal(0, _begun);
    }

    [Fact]
    public async Task A_namespace_that_does_not_exist_is_named()
    {
        _server.Inject(Fault.Answer(404, "NotFound"), r => r is { Plural: "leases", Method: "POST" }, times: int.MaxValue);
        var election = Run();

        await TimeDriver.WaitUntilAsync(() => election.State is Leadership.Fails);

        Assert.Contains("; create namespace system, or name another namespace with --lease-namespace", Failure(election), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_is_named_and_leadership_comes_when_it_is_back()
    {
        var isAway = true;
        _server.Inject(Fault.Cut(""), r => isAway && r.Plural == "leases", times: int.MaxValue);
        var election = Run();

        await TimeDriver.WaitUntilAsync(() => election.State is Leadership.Fails);
        Assert.StartsWith($"cannot get Lease system/{Lease}: ", Failure(election), StringComparison.Ordinal);
        Assert.EndsWith("; will retry", Failure(election), StringComparison.Ordinal);

        isAway = false;
        await TimeDriver.WaitUntilAsync(() => election.IsLeader);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named()
    {
        _server.Inject(Fault.Hold(Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken)), r => r.Plural == "leases", times: int.MaxValue);
        var election = Run(renewDeadline: TimeSpan.FromMilliseconds(200));

        await TimeDriver.WaitUntilAsync(() => election.State is Leadership.Fails);

        Assert.Contains("no answer from the API server within 0.1s", Failure(election), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_leads_and_since_when_is_said_once()
    {
        Put("other_1", DateTime.UtcNow);
        var election = Run();

        await TimeDriver.WaitUntilAsync(() => Requests("GET") > 3);

        Assert.Equal(new Leadership.StandsBy("other_1", new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero)), election.State);
        Assert.Equal($"Standing by: other_1 leads since 2026-05-01 12:00:00Z (Lease {Lease})", Assert.Single(_log.Lines, l => l.Text.StartsWith("Standing", StringComparison.Ordinal)).Text);
    }

    [Fact]
    public async Task A_leader_whose_lease_is_taken_stops_at_once_and_leaves_the_lease_to_its_holder()
    {
        // Far sooner than the renew deadline, until which the library's elector would lead on.
        var election = Run(renewDeadline: TimeSpan.FromMinutes(10), lease: TimeSpan.FromMinutes(20));
        await TimeDriver.WaitUntilAsync(() => _begun == 1);

        Put("thief", DateTime.UtcNow);
        await TimeDriver.WaitUntilAsync(() => election.State is Leadership.StandsBy { Holder: "thief" });

        Assert.Equal("thief", _server.Store.Find(Leases, "system", Lease)!["spec"]!["holderIdentity"]!.GetValue<string>());
        Assert.Single(_log.Lines, l => l.Level == LogLevel.Warning && l.Text == $"Lost leadership: thief has taken Lease {Lease}");
    }

    [Fact]
    public async Task A_connection_that_breaks_once_costs_no_leadership()
    {
        var election = Run();
        await TimeDriver.WaitUntilAsync(() => _begun == 1);

        _server.Inject(Fault.Cut(""), r => r.Plural == "leases", times: 2);
        var before = Requests("PATCH");
        await TimeDriver.WaitUntilAsync(() => Requests("PATCH") > before + 2);

        Assert.True(election.IsLeader);
        Assert.Equal(1, _begun);
    }

    [Fact]
    public async Task A_lease_that_exists_without_a_holder_is_taken()
    {
        _server.Store.Put(Leases, new JsonObject { ["metadata"] = new JsonObject { ["name"] = Lease, ["namespace"] = "system" }, ["spec"] = new JsonObject() });
        var election = Run();

        await TimeDriver.WaitUntilAsync(() => election.IsLeader);
    }

    [Theory]
    [InlineData(null, "kube-system")]
    [InlineData("canary-analyzer", "canary-analyzer")]
    public async Task Outside_a_pod_the_lease_is_that_of_an_installation_never_in_the_namespace_of_a_context(string? exists, string expected)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("POD_NAMESPACE") is not null || File.Exists("/var/run/secrets/kubernetes.io/serviceaccount/namespace"), "this runs in a pod");
        if (exists is not null) _server.Store.Put("namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = exists } });
        var election = Run(inNamespace: null);

        await TimeDriver.WaitUntilAsync(() => election.IsLeader);

        Assert.Equal(expected, Assert.Single(_server.Store.All(Leases))["metadata"]!["namespace"]!.GetValue<string>());
    }

    private static string Failure(LeaderElection election) => Assert.IsType<Leadership.Fails>(election.State).Failure.ToString();

    private int Requests(string method) => _server.Requests.Count(r => r.Plural == "leases" && r.Method == method);

    private void Put(string holder, DateTime renewed) => _server.Store.Put(Leases, new JsonObject
    {
        ["apiVersion"] = "coordination.k8s.io/v1",
        ["kind"] = "Lease",
        ["metadata"] = new JsonObject { ["name"] = Lease, ["namespace"] = "system" },
        ["spec"] = new JsonObject
        {
            ["holderIdentity"] = holder, ["leaseDurationSeconds"] = 60, ["acquireTime"] = "2026-05-01T12:00:00.000000Z",
            ["renewTime"] = renewed.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
        },
    });

    private LeaderElection Run(string? inNamespace = "system", TimeSpan? renewDeadline = null, TimeSpan? lease = null)
    {
        var options = new LeaderOptions
        {
            Namespace = inNamespace,
            Identity = "one",
            LeaseDuration = lease ?? TimeSpan.FromSeconds(60),
            RenewDeadline = renewDeadline ?? TimeSpan.FromSeconds(40),
            RetryPeriod = TimeSpan.FromMilliseconds(20),
        };
        var election = new LeaderElection(_connection, options, _log);
        _running = election.RunAsync(
            token =>
            {
                Interlocked.Increment(ref _begun);
                return Task.Delay(Timeout.Infinite, token);
            },
            _stopping.Token);
        return election;
    }
}
