using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CanaryAnalyzer.Core.Templates.Selectors;
using CanaryAnalyzer.Testing.Prometheus;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Cli.Tests.Field;

/// <summary>Answers the instant queries of a comparison (a selector, with or without a range, and the count of a day's series) from samples in memory.</summary>
internal sealed partial class SampleServer : IAsyncDisposable
{
    private const long Lookback = 300_000;
    private const long Day = 86_400_000;

    private readonly WebApplication _app;
    private readonly IReadOnlyList<WrittenSeries> _series;

    private SampleServer(WebApplication app, IReadOnlyList<WrittenSeries> series) => (_app, _series) = (app, series);

    public Uri Address => new(_app.Urls.First());

    public static async Task<SampleServer> StartAsync(IEnumerable<WrittenSeries> series)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        var server = new SampleServer(builder.Build(), [.. series]);
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        var form = await context.Request.ReadFormAsync();
        var counted = CountOfDay().Match(form["query"].ToString());
        var match = Query().Match(counted.Success ? counted.Groups["selector"].Value : form["query"].ToString());
        var selector = SeriesSelector.TryParse(match.Groups["selector"].Value, out var error) ?? throw new InvalidOperationException($"{form["query"]}: {error}");
        var at = (long)(decimal.Parse(form["time"].ToString(), CultureInfo.InvariantCulture) * 1000);
        if (counted.Success)
        {
            await context.Response.WriteAsync(Answer("vector", Count(_series.Count(series => Selects(selector, series.Labels) && Matrix(series, at - Day, at) is not null), at)));
            return;
        }

        var range = match.Groups["range"] is { Success: true, Value: var text } ? long.Parse(text, CultureInfo.InvariantCulture) : (long?)null;
        var found = _series.Where(series => Selects(selector, series.Labels)).Select(series => range is { } span ? Matrix(series, at - span, at) : Vector(series, at)).OfType<JsonObject>();
        await context.Response.WriteAsync(Answer(range is null ? "vector" : "matrix", found));
    }

    private static string Answer(string kind, IEnumerable<JsonObject> result) => new JsonObject
    {
        ["status"] = "success",
        ["data"] = new JsonObject { ["resultType"] = kind, ["result"] = new JsonArray([.. result]) },
    }.ToJsonString();

    /// <summary>As PromQL's count: nothing where there is nothing.</summary>
    private static IEnumerable<JsonObject> Count(int number, long at) => number == 0 ? [] : [new JsonObject { ["metric"] = new JsonObject(), ["value"] = Pair(at, number) }];

    private static bool Selects(SeriesSelector selector, ImmutableSortedDictionary<string, string> labels) =>
        (selector.Name is null || labels["__name__"] == selector.Name) && selector.Matchers.All(matcher => Matches(matcher, labels.GetValueOrDefault(matcher.Label, "")));

    private static bool Matches(LabelMatcher matcher, string value) => matcher.Operator switch
    {
        MatchOperator.Equal => value == matcher.Value,
        MatchOperator.NotEqual => value != matcher.Value,
        MatchOperator.Matches => IsLike(value, matcher.Value),
        _ => !IsLike(value, matcher.Value),
    };

    private static bool IsLike(string value, string pattern) => Regex.IsMatch(value, $"^(?:{pattern})$", RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1));

    private static JsonObject? Matrix(WrittenSeries series, long after, long at)
    {
        var samples = series.Samples.Where(sample => sample.At > after && sample.At <= at && !double.IsNaN(sample.Value)).Select(sample => (JsonNode)Pair(sample.At, sample.Value)).ToArray();
        var histograms = series.Histograms.Where(histogram => histogram.At > after && histogram.At <= at).Select(histogram => (JsonNode)Pair(histogram)).ToArray();
        if (samples.Length + histograms.Length == 0) return null;
        var json = new JsonObject { ["metric"] = Labels(series) };
        if (samples.Length > 0) json["values"] = new JsonArray(samples);
        if (histograms.Length > 0) json["histograms"] = new JsonArray(histograms);
        return json;
    }

    private static JsonObject? Vector(WrittenSeries series, long at)
    {
        if (series.Histograms.LastOrDefault(histogram => histogram.At <= at) is { } last && last.At > at - Lookback)
            return new JsonObject { ["metric"] = Labels(series), ["histogram"] = Pair(last) };
        var sample = series.Samples.LastOrDefault(one => one.At <= at);
        return sample.At > at - Lookback && !double.IsNaN(sample.Value) ? new JsonObject { ["metric"] = Labels(series), ["value"] = Pair(sample.At, sample.Value) } : null;
    }

    private static JsonObject Labels(WrittenSeries series) => [.. series.Labels.Select(label => KeyValuePair.Create<string, JsonNode?>(label.Key, label.Value))];

    private static JsonArray Pair(long at, double value) => [at / 1000.0, Text(value)];

    private static JsonArray Pair(WrittenHistogram histogram)
    {
        var width = Math.Pow(2, Math.Pow(2, -histogram.Schema));
        var buckets = histogram.Counts.Select((count, i) => (count, Right: Math.Pow(width, histogram.FirstIndex + i))).Where(bucket => bucket.count > 0)
            .Select(bucket => (JsonNode)new JsonArray(0, Text(bucket.Right / width), Text(bucket.Right), Text(bucket.count)));
        return [histogram.At / 1000.0, new JsonObject { ["count"] = Text(histogram.Counts.Sum()), ["sum"] = "1", ["buckets"] = new JsonArray([.. buckets]) }];
    }

    /// <summary>Go writes a number without an exponent up to 10^21.</summary>
    private static string Text(double number) => number.ToString(Math.Abs(number) is >= 1e15 and < 1e21 ? "F0" : "R", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^count\(last_over_time\((?<selector>.+)\[1d\]\)\)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex CountOfDay();

    [GeneratedRegex(@"^(?<selector>.+?)(\[(?<range>[0-9]+)ms\])?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Query();
}
