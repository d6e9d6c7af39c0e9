using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CanaryAnalyzer.Core.Analysis.Counting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Testing.Histories;

/// <summary>Answers a Prometheus' instant queries of the form <c>name{…}[1000ms]</c> from a simulated service.</summary>
public sealed partial class HistoryServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SimulatedService _service;
    private int _asked;

    private HistoryServer(WebApplication app, SimulatedService service) => (_app, _service) = (app, service);

    public Uri Address => new(_app.Urls.First());

    /// <summary>How many queries were asked so far.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>What stands in the way of an answer: a status and a body, by the query's number from 1 and its range in milliseconds; null answers.</summary>
    public Func<int, long, (int Status, string Body)?> Trouble { get; set; } = (_, _) => null;

    public static async Task<HistoryServer> StartAsync(SimulatedService service)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        var app = builder.Build();
        var server = new HistoryServer(app, service);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var number = Interlocked.Increment(ref _asked);
        var match = Query().Match(form["query"].ToString());
        var range = match.Success ? long.Parse(match.Groups["range"].Value, CultureInfo.InvariantCulture) : 0;
        context.Response.ContentType = "application/json";
        if (Trouble(number, range) is { } trouble)
        {
            context.Response.StatusCode = trouble.Status;
            await context.Response.WriteAsync(trouble.Body);
            return;
        }

        var at = (long)(decimal.Parse(form["time"].ToString(), CultureInfo.InvariantCulture) * 1000);
        var found = _service.Within(match.Groups["name"].Value, at - range - 1, at, match.Groups["matchers"].Value.Contains("code=~", StringComparison.Ordinal));
        var pods = Pods().Match(match.Groups["matchers"].Value);
        var pattern = new Regex($"^(?:{(pods.Success ? pods.Groups["pattern"].Value : ".*")})$", RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1));
        await context.Response.WriteAsync(Json(found.Where(series => pattern.IsMatch(series.Label("pod")))));
    }

    private static string Json(IEnumerable<RawSeries> all)
    {
        var text = new StringBuilder("""{"status":"success","data":{"resultType":"matrix","result":[""");
        var separator = "";
        foreach (var series in all)
        {
            text.Append(separator).Append("{\"metric\":{").AppendJoin(',', series.Labels.Select(label => $"\"{label.Key}\":\"{label.Value}\"")).Append("},\"values\":[")
                .AppendJoin(',', series.Samples.Select(sample => string.Create(CultureInfo.InvariantCulture, $"[{sample.At / 1000m},\"{sample.Value}\"]"))).Append("]}");
            separator = ",";
        }

        return text.Append("]}}").ToString();
    }

    [GeneratedRegex(@"^(?<name>[a-z_]+)(\{(?<matchers>.*)\})?\[(?<range>[0-9]+)ms\]$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Query();

    [GeneratedRegex("pod=~\"(?<pattern>[^\"]*)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pods();
}
