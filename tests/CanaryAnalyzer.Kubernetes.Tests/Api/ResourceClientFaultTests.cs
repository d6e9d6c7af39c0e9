using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Testing.ApiServer;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Kubernetes.Tests.Api;

public sealed class ResourceClientFaultTests : IAsyncLifetime
{
    private static readonly ResourceKey Web = new("team", "web");
    private readonly FakeTimeProvider _time = new();
    private InProcessApiServer _server = null!;
    private ClusterConnection _connection = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IResourceClient Client => _connection.Resources;

    public async ValueTask InitializeAsync()
    {
        _server = await InProcessApiServer.StartAsync();
        _connection = _server.Connect(_time);
        _server.Store.Put(Samples.Rollouts, Samples.Rollout());
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(429, "TooManyRequests")]
    [InlineData(503, "ServiceUnavailable")]
    public async Task Request_that_is_told_to_come_back_does_so_after_that_time(int code, string reason)
    {
        _server.Inject(Fault.Answer(code, reason, TimeSpan.FromSeconds(7)), _ => true);

        var patching = Client.MergePatchAsync(ResourceType.Rollouts, Web, new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 3 } }, null, Token);
        await TimeDriver.AdvanceUntilAsync(_time, TimeSpan.FromSeconds(1), patching);

        Assert.Equal(2, _server.Requests.Count);
        Assert.Equal(3, (await patching)["spec"]!["replicas"]!.GetValue<int>());
        Assert.True(_time.GetUtcNow() - _time.Start >= TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task Request_that_always_gets_told_to_come_back_fails_in_the_end()
    {
        _server.Inject(Fault.Answer(429, "TooManyRequests", TimeSpan.FromSeconds(1)), _ => true, times: 100);

        var getting = Client.GetAsync(ResourceType.Rollouts, Web, Token);
        await TimeDriver.AdvanceUntilAsync(_time, TimeSpan.FromSeconds(1), getting);

        var failure = await Assert.ThrowsAsync<ResourceException>(() => getting);
        Assert.True(failure.IsTooManyRequests);
        Assert.Equal(TimeSpan.FromSeconds(1), failure.RetryAfter);
        Assert.Equal(5, _server.Requests.Count);
    }

    [Theory]
    [InlineData(500, "InternalError")]
    [InlineData(503, "ServiceUnavailable")]
    [InlineData(403, "Forbidden")]
    public async Task Request_that_fails_without_a_time_to_come_back_is_sent_once(int code, string reason)
    {
        _server.Inject(Fault.Answer(code, reason), _ => true);

        var failure = await Assert.ThrowsAsync<ResourceException>(() => Client.GetAsync(ResourceType.Rollouts, Web, Token));

        Assert.Equal((code, reason), ((int)failure.Status!, failure.Reason));
        Assert.Equal(code == 403, failure.IsForbidden);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData("<html>login</html>")]
    [InlineData("[]")]
    [InlineData("""{"a": 1, "a": 2}""")]
    [InlineData("")]
    public async Task Answer_that_is_no_object_is_broken(string text)
    {
        _server.Inject(Fault.Text(text), _ => true);

        var failure = await Assert.ThrowsAsync<ResourceException>(() => Client.GetAsync(ResourceType.Rollouts, Web, Token));

        Assert.Equal(ResourceException.BrokenAnswer, failure.Reason);
    }

    [Fact]
    public async Task Answer_that_is_cut_is_broken()
    {
        _server.Inject(Fault.Cut("""{"apiVersion": "v1", "meta"""), _ => true);

        var failure = await Assert.ThrowsAsync<ResourceException>(() => Client.GetAsync(ResourceType.Rollouts, Web, Token));

        // Depending on which came first to this side: the beginning of the answer, or the reset.
        Assert.Contains(failure.Reason, new[] { ResourceException.BrokenAnswer, ResourceException.Unreachable });
    }

    [Fact]
    public async Task Answer_that_is_huge_and_deep_is_read()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200);
        _server.Inject(Fault.Text($$"""{"metadata": {"name": "web"}, "text": "{{new string('x', 5_000_000)}}", "deep": {{deep}}}"""), _ => true);

        var found = await Client.GetAsync(ResourceType.Rollouts, Web, Token);

        Assert.Equal(5_000_000, found!["text"]!.GetValue<string>().Length);
    }

    [Fact]
    public async Task Server_that_does_not_answer_is_given_up()
    {
        var arrived = new TaskCompletionSource();
        _server.Inject(Fault.Hold(Task.Delay(Timeout.Infinite, Token), arrived), _ => true);

        var getting = Client.GetAsync(ResourceType.Rollouts, Web, Token);
        await arrived.Task.WaitAsync(Token);
        _time.Advance(TimeSpan.FromMinutes(2));

        var failure = await Assert.ThrowsAsync<ResourceException>(() => getting);
        Assert.Equal(ResourceException.NoAnswerInTime, failure.Reason);
        Assert.True(failure.IsUnreachable);
    }

    [Fact]
    public async Task Server_that_is_away_is_unreachable_and_named()
    {
        await _server.DisposeAsync();

        var failure = await Assert.ThrowsAsync<ResourceException>(() => Client.GetAsync(ResourceType.Rollouts, Web, Token));

        Assert.Equal(ResourceException.Unreachable, failure.Reason);
        Assert.Contains(_server.Address, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_a_request_is_no_failure_of_the_server()
    {
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var arrived = new TaskCompletionSource();
        _server.Inject(Fault.Hold(Task.Delay(Timeout.Infinite, Token), arrived), _ => true);

        var getting = Client.GetAsync(ResourceType.Rollouts, Web, cancelling.Token);
        await arrived.Task.WaitAsync(Token);
        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => getting);
    }
}
