using System.Collections.Concurrent;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Metrics.Prometheus;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Metrics.Tests.Prometheus;

/// <summary>A Prometheus behind something that lets only some requests pass.</summary>
public sealed class PrometheusDoorTests : IDisposable
{
    private const string Vector = """{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"1"]}]}}""";
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 500, TimeSpan.Zero);
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly NotedTime _time = new(Now);
    private readonly PrometheusClients _clients;

    public PrometheusDoorTests() => _clients = new PrometheusClients(_time);

    public void Dispose() => _clients.Dispose();

    [Theory]
    [InlineData(405)]
    [InlineData(501)]
    [InlineData(403)]
    public async Task Door_that_refuses_post_is_asked_by_get_and_remembered(int status)
    {
        await using var stub = await StartAsync(request => request.Method == "POST" ? status : 200);

        Assert.Equal("[1]", Assert.IsType<ProviderAnswer.Answered>(await AskAsync(stub, "sum(up{a=\"b c&d\"}) + 1")).Value.Text);
        Assert.IsType<ProviderAnswer.Answered>(await AskAsync(stub));
        var range = await Backend().QueryRangeAsync(Connection(stub), "up", Now, Now.AddMinutes(1), TimeSpan.FromSeconds(30), mustBeWhole: true, TestContext.Current.CancellationToken);

        Assert.IsType<PrometheusReply.Answered>(range);
        Assert.Equal(["POST", "GET sum(up{a=\"b c&d\"}) + 1", "GET up", "GET up"], _asked);
    }

    [Fact]
    public async Task Server_that_takes_post_is_never_asked_by_get()
    {
        await using var stub = await StartAsync(_ => 200);

        await AskAsync(stub);
        await AskAsync(stub);

        Assert.Equal(["POST", "POST"], _asked);
    }

    [Fact]
    public async Task Door_that_opens_for_post_later_and_closes_for_get_is_asked_by_post_again()
    {
        var closed = "POST";
        await using var stub = await StartAsync(request => request.Method == closed ? 405 : 200);

        await AskAsync(stub);
        closed = "GET";
        await AskAsync(stub);
        await AskAsync(stub);

        Assert.Equal(["POST", "GET up", "GET up", "POST", "POST"], _asked);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(414)]
    [InlineData(502)]
    public async Task Get_that_is_not_answered_is_not_remembered(int get)
    {
        var closed = true;
        await using var stub = await StartAsync(request => !closed ? 200 : request.Method == "POST" ? 405 : get);

        await AskAsync(stub);
        closed = false;
        await AskAsync(stub);

        Assert.Equal(["POST", "GET up", "POST"], _asked);
    }

    [Fact]
    public async Task Query_that_is_too_long_for_get_is_tried_by_post()
    {
        var closed = true;
        await using var stub = await StartAsync(request => request.Method == "POST" ? (closed ? 405 : 200) : closed ? 200 : 414);

        await AskAsync(stub);
        closed = false;

        Assert.IsType<ProviderAnswer.Answered>(await AskAsync(stub));
        Assert.Equal(["POST", "GET up", "GET up", "POST"], _asked);
    }

    [Fact]
    public async Task Pause_is_kept_for_two_minutes_at_most()
    {
        await using var stub = await StartAsync(_ => 503, "3600");

        Assert.Equal(Now.AddMinutes(2), Assert.IsType<ProviderAnswer.Failed>(await AskAsync(stub)).RetryAt);
    }

    [Theory]
    [InlineData(403, 403, "refused the credentials (403 Forbidden)")]
    [InlineData(405, 405, "has no query API there (405 Method Not Allowed)")]
    [InlineData(405, 403, "refused the credentials (403 Forbidden)")]
    [InlineData(403, 405, "refused the credentials (403 Forbidden)")]
    [InlineData(405, 404, "has no query API there (404 Not Found)")]
    [InlineData(501, 501, "answered 501 Not Implemented")]
    [InlineData(405, 414, "refuses POST, and the query is too long for GET (414 URI Too Long): allow POST to /api/v1/query, or make the query shorter")]
    public async Task Door_that_refuses_both_is_told_by_the_answer_that_says_more(int post, int get, string says)
    {
        await using var stub = await StartAsync(request => request.Method == "POST" ? post : get);

        Assert.Contains(says, Assert.IsType<ProviderAnswer.Failed>(await AskAsync(stub)).Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(429, "0", 1)]
    [InlineData(503, "Fri, 02 Jan 2026 03:04:12 GMT", 6.5)]
    public async Task Server_that_asks_for_a_pause_is_asked_again_after_it_within_the_time_limit(int status, string retryAfter, double seconds)
    {
        await using var stub = await StartAsync(_ => _asked.Count == 1 ? status : 200, retryAfter);

        var outcome = AskAsync(stub);
        Assert.Equal(TimeSpan.FromSeconds(seconds), await _time.Waiting.WaitAsync(TestContext.Current.CancellationToken));
        Assert.Single(_asked);
        _time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.IsType<ProviderAnswer.Answered>(await outcome);
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task Pause_beyond_the_time_limit_is_said_and_kept_by_every_query_of_the_client()
    {
        await using var stub = await StartAsync(_ => _asked.Count == 1 ? 429 : 200, "90");

        var first = Assert.IsType<ProviderAnswer.Failed>(await AskAsync(stub));
        _time.Advance(TimeSpan.FromSeconds(20));
        var second = Assert.IsType<ProviderAnswer.Failed>(await AskAsync(stub));
        _time.Advance(TimeSpan.FromSeconds(70));
        var third = await AskAsync(stub);

        Assert.EndsWith("has too many requests (429 Too Many Requests) and asks for none within 90 s", first.Cause, StringComparison.Ordinal);
        Assert.EndsWith("has too many requests and asks for none within 70 s", second.Cause, StringComparison.Ordinal);
        Assert.Equal((Now.AddSeconds(90), Now.AddSeconds(90)), (first.RetryAt, second.RetryAt));
        Assert.IsType<ProviderAnswer.Answered>(third);
        Assert.Equal(2, _asked.Count);
    }

    [Theory]
    [InlineData(429, null, "answered 429 Too Many Requests")]
    [InlineData(400, "7", "answered 400 Bad Request")]
    public async Task Answer_that_asks_for_no_pause_is_no_reason_to_wait(int status, string? retryAfter, string says)
    {
        await using var stub = await StartAsync(_ => status, retryAfter);

        var failed = Assert.IsType<ProviderAnswer.Failed>(await AskAsync(stub));

        Assert.Contains(says, failed.Cause, StringComparison.Ordinal);
        Assert.Null(failed.RetryAt);
    }

    private static PrometheusConnection Connection(StubBackend stub) => new() { Address = stub.Address };

    private Task<StubBackend> StartAsync(Func<HttpRequest, int> status, string? retryAfter = null) => StubBackend.StartAsync(async context =>
    {
        _asked.Enqueue(context.Request.Method == "POST" ? "POST" : $"GET {context.Request.Query["query"]}");
        context.Response.StatusCode = status(context.Request);
        if (context.Response.StatusCode != 200 && retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
        await context.Response.WriteAsync(context.Response.StatusCode == 200 ? Vector : "");
    });

    private PrometheusBackend Backend() => new(_clients, new PrometheusDefaults(null), _time);

    private Task<ProviderAnswer> AskAsync(StubBackend stub, string query = "up") =>
        new PrometheusProvider(Backend(), _time).MeasureAsync(new PrometheusSpec { Connection = Connection(stub), Query = query }, new MeasurementRequest { Now = Now }, TestContext.Current.CancellationToken).AsTask();

    /// <summary>A clock that stands still and says when somebody begins to wait for less than a query's time limit.</summary>
    private sealed class NotedTime(DateTimeOffset now) : FakeTimeProvider(now)
    {
        private readonly TaskCompletionSource<TimeSpan> _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<TimeSpan> Waiting => _waiting.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime > TimeSpan.Zero && dueTime < PrometheusConnection.DefaultTimeout) _waiting.TrySetResult(dueTime);
            return timer;
        }
    }
}
