using System.IO.Compression;
using System.Text;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Metrics.Prometheus;
using CanaryAnalyzer.Testing.Files;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Metrics.Tests.Prometheus;

/// <summary>What other backends, and proxies before them, answer, modelled on their documented formats and messages, not recorded: each file has a line of status and type, one of encoding, and the body.</summary>
public sealed class ModelledAnswersTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Now);
    private readonly PrometheusClients _clients;

    public ModelledAnswersTests() => _clients = new PrometheusClients(_time);

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.http").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public void Dispose() => _clients.Dispose();

    [Fact]
    public async Task Compressed_matrix_with_statistics_is_read()
    {
        var answer = Assert.IsType<PrometheusReply.Answered>(await AskAsync("mimir-matrix-with-stats")).Answer;

        Assert.Equal([3, 2], answer.Series.Select(series => series.Samples.Length));
        Assert.Equal((1767323002871, 9321700.0), (answer.Series[1].Samples[0].At, answer.Series[1].Samples[0].Value));
        Assert.Equal("web-6f7d-x2k8p", answer.Series[0].Label("pod"));
        Assert.StartsWith("PromQL info", Assert.Single(answer.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mimir-too-many-series", "TooLarge", "refused the query (execution: the query exceeded the maximum number of series (limit: 100000 series)")]
    [InlineData("mimir-too-many-requests", "Passing", "refused the query (too_many_requests: too many outstanding requests)")]
    [InlineData("mimir-no-tenant", "Lasting", "refused the credentials (401 Unauthorized): set headers or authentication.basicAuth")]
    [InlineData("mimir-query-too-long", "TooLarge", "refused the query (bad_data: the query time range exceeds the limit")]
    [InlineData("mimir-querier-gone", "Passing", "refused the query (internal: rpc error")]
    [InlineData("thanos-partial", "Passing", "answered in part only, as some of its stores were not in reach: counts of a part can't be compared")]
    [InlineData("thanos-store-away", "Passing", "refused the query (execution: expanding series")]
    [InlineData("thanos-overloaded", "Passing", "refused the query (timeout: query timed out in expression evaluation)")]
    [InlineData("victoriametrics-partial", "Passing", "answered in part only")]
    [InlineData("victoriametrics-limit", "TooLarge", "refused the query (422: error when executing")]
    [InlineData("prometheus-too-many-samples", "TooLarge", "refused the query (execution: query processing would load too many samples")]
    [InlineData("prometheus-3-truncated", "TooLarge", "has more than 50000 series for this, which are not read: select fewer series")]
    [InlineData("proxy-bad-gateway", "Passing", "answered 502 Bad Gateway")]
    [InlineData("proxy-login-page", "Lasting", "answered with an HTML page: is the address that of a Prometheus?")]
    public async Task Answer_that_is_none_has_a_cause_of_its_kind(string file, string kind, string cause)
    {
        var failed = Assert.IsType<PrometheusReply.Failed>(await AskAsync(file));

        Assert.Equal(kind, failed.Kind.ToString());
        Assert.Contains(cause, failed.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Answer_that_breaks_off_anywhere_is_no_exception_and_no_answer(string file)
    {
        var (status, type, _, body) = Read(file);
        foreach (var length in new[] { 0, 1, body.Length / 3, body.Length / 2, body.Length - 3 })
        {
            await using var stub = await StubBackend.AnsweringAsync(Encoding.UTF8.GetString(body, 0, length), status, type);

            Assert.IsType<PrometheusReply.Failed>(await AskAsync(stub.Address));
        }
    }

    private static string Folder => Repository.PathOf("tests/CanaryAnalyzer.Metrics.Tests/Prometheus/Modelled");

    private async Task<PrometheusReply> AskAsync(string file)
    {
        var (status, type, compressed, body) = Read(file);
        await using var stub = await StubBackend.StartAsync(async context =>
        {
            (context.Response.StatusCode, context.Response.ContentType) = (status, type);
            if (!compressed)
            {
                await context.Response.Body.WriteAsync(body);
                return;
            }

            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(body);
        });
        return await AskAsync(stub.Address);
    }

    private ValueTask<PrometheusReply> AskAsync(Uri address) =>
        new PrometheusBackend(_clients, new PrometheusDefaults(null), _time).QueryAsync(new PrometheusConnection { Address = address }, "up[1m]", Now, mustBeWhole: true, TestContext.Current.CancellationToken);

    private static (int Status, string Type, bool Compressed, byte[] Body) Read(string file)
    {
        var parts = File.ReadAllText(Path.Combine(Folder, file + ".http")).Split('\n', 3);
        var head = parts[0].Split(' ', 2);
        return (int.Parse(head[0], System.Globalization.CultureInfo.InvariantCulture), head[1], parts[1] == "gzip", Encoding.UTF8.GetBytes(parts[2]));
    }
}
