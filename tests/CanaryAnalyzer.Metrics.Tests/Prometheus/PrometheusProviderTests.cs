using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Metrics.Prometheus;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Metrics.Tests.Prometheus;

public sealed class PrometheusProviderTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 500, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Now);
    private readonly PrometheusClients _clients;

    public PrometheusProviderTests() => _clients = new PrometheusClients(_time);

    public void Dispose() => _clients.Dispose();

    [Theory]
    [InlineData("""{"resultType":"scalar","result":[1.5,"0.25"]}""", "0.25")]
    [InlineData("""{"resultType":"vector","result":[{"metric":{"a":"b"},"value":[1,"1"]},{"metric":{},"value":[1,"NaN"]},{"metric":{},"value":[1,"+Inf"]},{"metric":{},"value":[1,"-Inf"]}]}""", "[1,NaN,+Inf,-Inf]")]
    [InlineData("""{"resultType":"vector","result":[]}""", "[]")]
    [InlineData("""{"resultType":"matrix","result":[{"metric":{},"values":[[1,"1e-7"],[2,"1e21"]]},{"metric":{},"values":[[1,"3"]]}]}""", "[0.0000001,1000000000000000000000,3]")]
    public async Task Result_is_read_as_conditions_see_it(string data, string text)
    {
        await using var stub = await StubBackend.AnsweringAsync($$"""{"status":"success","data":{{data}}}""");

        Assert.Equal(text, Assert.IsType<ProviderAnswer.Answered>(await AskAsync(stub.Address)).Value.Text);
    }

    [Fact]
    public async Task Warnings_and_the_query_are_metadata()
    {
        await using var stub = await StubBackend.AnsweringAsync("""{"data":{"result":[1,"2"],"resultType":"scalar"},"warnings":["slow","old"],"status":"success","isPartial":false}""");

        var outcome = await AskAsync(stub.Address);

        Assert.Equal("up", outcome.MetricMetadata["ResolvedPrometheusQuery"]);
        Assert.Equal("slow; old", outcome.Metadata["warnings"]);
    }

    [Theory]
    [InlineData(200, "application/json", """{"status":"success","data":{"resultType":"string","result":[1,"a"]}}""", "The query's result is a string, which can't be measured: it must give numbers")]
    [InlineData(400, "application/json", """{"status":"error","errorType":"bad_data","error":"1:5: parse error"}""", "{0} refused the query (bad_data: 1:5: parse error)")]
    [InlineData(503, "application/json", """{"status":"error","errorType":"timeout","error":"query timed out"}""", "{0} refused the query (timeout: query timed out)")]
    [InlineData(200, "text/html", "<!doctype html><html>", "{0} answered with an HTML page: is the address that of a Prometheus?")]
    [InlineData(200, "text/plain", "hello\nthere", "{0} answered with something that is not Prometheus' JSON (text/plain): is the address that of a Prometheus?: hello there")]
    [InlineData(200, "application/json", """{"status":"success"}""", "{0} answered with something that is not Prometheus' JSON (application/json): is the address that of a Prometheus?: {{\"status\":\"success\"}}")]
    [InlineData(200, "application/json", """{"status":"success","data":{"resultType":"vector","result":[{"value":[1,"x"]}]}}""", "{0} answered with something that is not")]
    [InlineData(200, "application/json", """{"status":"success","data":{"resultTy""", "{0} answered with something that is not")]
    [InlineData(200, "application/json", "", "{0} answered with nothing: is the address that of a Prometheus?")]
    [InlineData(500, "text/plain", "out of memory", "{0} answered 500 Internal Server Error: out of memory")]
    [InlineData(502, "text/html", "<html>", "{0} answered 502 Bad Gateway")]
    [InlineData(401, "text/plain", "", "{0} refused the credentials (401 Unauthorized): set headers or authentication.basicAuth")]
    [InlineData(404, "text/plain", "404 page not found", "{0} has no query API there (404 Not Found): is the address that of a Prometheus?")]
    public async Task Bad_answer_has_a_cause(int status, string type, string body, string cause)
    {
        await using var stub = await StubBackend.AnsweringAsync(body, status, type);

        var expected = string.Format(CultureInfo.InvariantCulture, cause, $"Prometheus at {stub.Address.ToString().TrimEnd('/')}");
        Assert.StartsWith(expected, Assert.IsType<ProviderAnswer.Failed>(await AskAsync(stub.Address)).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_is_named_and_not_followed()
    {
        await using var stub = await StubBackend.StartAsync(context =>
        {
            context.Response.Redirect("https://elsewhere/login?secret=1");
            return Task.CompletedTask;
        });

        Assert.Contains("redirects (302 Found) to https://elsewhere/login, which is not followed: write that address", Cause(await AskAsync(stub.Address)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_connection_has_a_cause()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;

        Assert.Equal($"Prometheus at http://127.0.0.1:{port} refused the connection: is it running, and is the port right?", Cause(await AskAsync(new Uri($"http://user:secret@127.0.0.1:{port}"))));
    }

    [Fact]
    public async Task Hang_ends_at_the_timeout()
    {
        var asked = new TaskCompletionSource();
        await using var stub = await StubBackend.StartAsync(context =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        var outcome = AskAsync(stub.Address).AsTask();
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.EndsWith("did not answer within 30 s", Cause(await outcome), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_is_no_timeout()
    {
        var asked = new TaskCompletionSource();
        using var cancel = new CancellationTokenSource();
        await using var stub = await StubBackend.StartAsync(context =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        var outcome = Provider().MeasureAsync(Spec(new PrometheusConnection { Address = stub.Address }), Request, cancel.Token).AsTask();
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outcome);
    }

    [Fact]
    public async Task Answer_that_breaks_off_has_a_cause()
    {
        await using var stub = await StubBackend.StartAsync(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{\"status\":");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        Assert.StartsWith($"The connection to Prometheus at {stub.Address.ToString().TrimEnd('/')} broke: ", Cause(await AskAsync(stub.Address)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Huge_answer_is_refused(bool announced)
    {
        await using var stub = await StubBackend.StartAsync(async context =>
        {
            if (announced) context.Response.ContentLength = PrometheusBackend.LargestAnswer + 1;
            var part = new byte[1_000_000];
            for (var i = 0; i < 11 && !context.RequestAborted.IsCancellationRequested; i++) await context.Response.Body.WriteAsync(part.AsMemory(0, i < 10 ? part.Length : 1), context.RequestAborted);
        });

        Assert.EndsWith("answered with more than 10 MB, which is not read: select fewer series", Cause(await AskAsync(stub.Address)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_is_a_form_with_headers_and_credentials_under_the_addresss_path()
    {
        IFormCollection? form = null;
        var (tenant, credentials, path) = ("", "", "");
        await using var stub = await StubBackend.StartAsync(async context =>
        {
            form = await context.Request.ReadFormAsync();
            (tenant, credentials, path) = (context.Request.Headers["X-Scope-OrgID"].ToString(), context.Request.Headers.Authorization.ToString(), context.Request.Path.Value!);
            await context.Response.WriteAsync("""{"status":"success","data":{"resultType":"scalar","result":[1,"1"]}}""");
        });
        var connection = new PrometheusConnection { Address = new Uri(stub.Address, "/base/"), Headers = [new HttpHeader("X-Scope-OrgID", "a|b")], BasicAuth = new BasicCredentials("user", "pass:word") };

        await Provider().MeasureAsync(Spec(connection, "sum(a{b=\"c&d\"})"), Request, TestContext.Current.CancellationToken);

        Assert.Equal("/base/api/v1/query", path);
        Assert.Equal(("sum(a{b=\"c&d\"})", "1767323045.5"), (form!["query"].ToString(), form["time"].ToString()));
        Assert.Equal(("a|b", "Basic dXNlcjpwYXNzOndvcmQ="), (tenant, credentials));
    }

    [Fact]
    public async Task Range_is_asked_with_its_step()
    {
        IFormCollection? form = null;
        await using var stub = await StubBackend.StartAsync(async context =>
        {
            form = await context.Request.ReadFormAsync();
            await context.Response.WriteAsync("""{"status":"success","data":{"resultType":"matrix","result":[]}}""");
        });
        var spec = Spec(new PrometheusConnection { Address = stub.Address }) with { Range = new PrometheusRange("now() - duration(\"1h\")", "now()", TimeSpan.FromMinutes(1)) };

        var outcome = await Provider().MeasureAsync(spec, Request, TestContext.Current.CancellationToken);

        Assert.IsType<MetricValue.Empty>(Assert.IsType<ProviderAnswer.Answered>(outcome).Value);
        Assert.Equal(("1767319445.5", "1767323045.5", "60"), (form!["start"].ToString(), form["end"].ToString(), form["step"].ToString()));
    }

    [Theory]
    [InlineData("now()", "now() - duration(\"1h\")", "The range ends before it starts: check rangeQuery.start and rangeQuery.end")]
    [InlineData("now(", "now()", "rangeQuery.start: ")]
    [InlineData("now()", "5", "rangeQuery.end: ")]
    public async Task Range_that_is_none_is_no_query(string start, string end, string says)
    {
        await using var stub = await StubBackend.StartAsync(_ => throw new InvalidOperationException("queried"));
        var spec = Spec(new PrometheusConnection { Address = stub.Address }) with { Range = new PrometheusRange(start, end, TimeSpan.FromMinutes(1)) };
        Assert.StartsWith(says, Cause(await Provider().MeasureAsync(spec, Request, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_certificate_is_refused_unless_insecure()
    {
        using var key = ECDsa.Create();
        using var certificate = new CertificateRequest("CN=stub", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var stub = await StubBackend.StartAsync(context => context.Response.WriteAsync("""{"status":"success","data":{"resultType":"scalar","result":[1,"1"]}}"""), listen => listen.UseHttps(certificate));
        var address = new UriBuilder(stub.Address) { Scheme = "https" }.Uri;

        Assert.Contains("shows a certificate that can't be verified; set insecure: true", Cause(await AskAsync(address)), StringComparison.Ordinal);
        var insecure = await Provider().MeasureAsync(Spec(new PrometheusConnection { Address = address, Insecure = true }), Request, TestContext.Current.CancellationToken);
        Assert.IsType<ProviderAnswer.Answered>(insecure);
    }

    [Fact]
    public async Task No_address_at_all_has_a_cause() =>
        Assert.Equal("No Prometheus is named: write address, or start the controller with --prometheus", Cause(await Provider().MeasureAsync(Spec(new PrometheusConnection()), Request, TestContext.Current.CancellationToken)));

    [Fact]
    public async Task Clients_are_shared_by_equal_connections_and_closed_when_idle()
    {
        await using var stub = await StubBackend.AnsweringAsync("""{"status":"success","data":{"resultType":"scalar","result":[1,"1"]}}""");

        await AskAsync(stub.Address);
        await AskAsync(stub.Address);
        Assert.Equal(1, _clients.Count);

        _time.Advance(TimeSpan.FromMinutes(11));
        await Provider().MeasureAsync(Spec(new PrometheusConnection { Address = stub.Address, Timeout = TimeSpan.FromSeconds(5) }), Request, TestContext.Current.CancellationToken);
        Assert.Equal(1, _clients.Count);
    }

    private static MeasurementRequest Request => new() { Now = Now };

    private static string Cause(ProviderAnswer outcome) => Assert.IsType<ProviderAnswer.Failed>(outcome).Cause;

    private static PrometheusSpec Spec(PrometheusConnection connection, string query = "up") => new() { Connection = connection, Query = query };

    private PrometheusProvider Provider() => new(new PrometheusBackend(_clients, new PrometheusDefaults(null), _time), _time);

    private ValueTask<ProviderAnswer> AskAsync(Uri address) =>
        Provider().MeasureAsync(Spec(new PrometheusConnection { Address = address }), Request, TestContext.Current.CancellationToken);
}
