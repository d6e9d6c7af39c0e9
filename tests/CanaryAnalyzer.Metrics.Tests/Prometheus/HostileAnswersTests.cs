using System.Text;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Metrics.Prometheus;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Metrics.Tests.Prometheus;

/// <summary>Answers that want more memory, time or trust than they get.</summary>
public sealed class HostileAnswersTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly PrometheusClients _clients;

    public HostileAnswersTests() => _clients = new PrometheusClients(_time);

    public void Dispose() => _clients.Dispose();

    [Fact]
    public async Task Ten_million_series_are_not_read_to_the_end()
    {
        const int Series = 10_000_000, Most = 64_000_000;
        var one = Encoding.UTF8.GetBytes("""{"metric":{"__name__":"requests","id":"0123456789"},"values":[[1767323000.123,"1041"]]},""");
        long sent = 0;
        await using var stub = await StubBackend.StartAsync(async context =>
        {
            await context.Response.WriteAsync("""{"status":"success","data":{"resultType":"matrix","result":[""");
            for (var i = 0; i < Series && !context.RequestAborted.IsCancellationRequested; i++, sent += one.Length) await context.Response.Body.WriteAsync(one, context.RequestAborted);
        });

        var failed = Assert.IsType<PrometheusReply.Failed>(await AskAsync(stub.Address));

        Assert.Equal(ReplyFailure.TooLarge, failed.Kind);
        Assert.EndsWith("answered with more than 10 MB, which is not read: select fewer series", failed.Cause, StringComparison.Ordinal);
        Assert.InRange(sent, 0, Most);
    }

    [Fact]
    public async Task Answer_that_drips_ends_at_the_timeout()
    {
        var dripping = new TaskCompletionSource();
        await using var stub = await StubBackend.StartAsync(async context =>
        {
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            dripping.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        var asked = AskAsync(stub.Address).AsTask();
        await dripping.Task.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.EndsWith("did not answer within 30 s", Assert.IsType<PrometheusReply.Failed>(await asked).Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"data\":")]
    public async Task Answer_that_nests_deeply_is_none(string opening)
    {
        await using var stub = await StubBackend.AnsweringAsync("{\"status\":\"success\",\"other\":" + string.Concat(Enumerable.Repeat(opening, 100_000)));

        Assert.Contains("is the address that of a Prometheus?", Assert.IsType<PrometheusReply.Failed>(await AskAsync(stub.Address)).Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"metric":{"a":5},"values":[]}""")]
    [InlineData("""{"metric":{"a":"b"},"values":[[1]]}""")]
    [InlineData("""{"metric":{"a":"b"},"values":[["1","2"]]}""")]
    [InlineData("""{"metric":{"a":"b"},"values":[[1,"2",3]]}""")]
    [InlineData("""{"metric":{"a":"b"},"values":5}""")]
    [InlineData("""{"metric":[],"values":[]}""")]
    [InlineData("""{"metric":{"a":"b"},"histograms":[[1,{"count":"1","buckets":[[0,"1","x","2"]]}]]}""")]
    [InlineData("""{"metric":{"a":"b"},"histograms":[[1,{"count":"1","buckets":[[0,"1","2"]]}]]}""")]
    [InlineData("""{"metric":{"a":"b"},"histograms":[[1,"2"]]}""")]
    public async Task Series_of_another_shape_are_no_answer(string series)
    {
        await using var stub = await StubBackend.AnsweringAsync("""{"status":"success","data":{"resultType":"matrix","result":[""" + series + "]}}");

        Assert.IsType<PrometheusReply.Failed>(await AskAsync(stub.Address));
    }

    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"pod":"\ud800"},"values":[[1,"1"]]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"\udfff":"a"},"values":[[1,"1"]]}]}}""")]
    [InlineData("""{"status":"success","warnings":["\ud800"],"data":{"resultType":"matrix","result":[]}}""")]
    [InlineData("""{"status":"error","errorType":"execution","error":"\ud800"}""")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"pod":"\u00ff"},"values":[[1,"1"]]}]}}""", true)]
    public async Task Text_that_is_not_Unicode_is_no_answer(string body, bool inLatin1 = false)
    {
        await using var stub = await StubBackend.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(inLatin1 ? Encoding.Latin1.GetBytes(body.Replace("\\u00ff", "\u00ff", StringComparison.Ordinal)) : Encoding.UTF8.GetBytes(body));
        });

        var failed = Assert.IsType<PrometheusReply.Failed>(await AskAsync(stub.Address));

        Assert.Equal(ReplyFailure.Lasting, failed.Kind);
        Assert.Contains("is the address that of a Prometheus?", failed.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_type_alone_makes_no_answer_wrong()
    {
        await using var stub = await StubBackend.AnsweringAsync("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"a":"b"},"values":[[1,"2"]]}]}}""", type: "text/plain");

        Assert.Equal(2, Assert.Single(Assert.IsType<PrometheusReply.Answered>(await AskAsync(stub.Address)).Answer.Series).Samples[0].Value);
    }

    [Fact]
    public async Task Native_histograms_are_read()
    {
        await using var stub = await StubBackend.AnsweringAsync("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"a":"b"},"histograms":[[1.5,{"count":"12","sum":"3.5","buckets":[[3,"-0.001","0.001","2"],[0,"0.5","1","10"]]}]]}]}}""");

        var histogram = Assert.Single(Assert.Single(Assert.IsType<PrometheusReply.Answered>(await AskAsync(stub.Address)).Answer.Series).Histograms);

        Assert.Equal((1500, 12.0, 2), (histogram.At, histogram.Count, histogram.Buckets.Length));
        Assert.Equal((0.5, 1.0, 10.0), (histogram.Buckets[1].Left, histogram.Buckets[1].Right, histogram.Buckets[1].Count));
    }

    private ValueTask<PrometheusReply> AskAsync(Uri address) =>
        new PrometheusBackend(_clients, new PrometheusDefaults(null), _time).QueryAsync(new PrometheusConnection { Address = address }, "requests[1m]", _time.GetUtcNow(), mustBeWhole: true, TestContext.Current.CancellationToken);
}
